/**
 * What in a configuration below `runbooks` is no option, or has a value of another type: one sentence each.
 *
 * @param options what `readConfigOptions` gives
 */
export function configFaults(value, options) {
  const types = new Map(options.map(({ key, type }) => [key, type]));
  return faultsAt('runbooks', value, types);
}

function faultsAt(key, value, types) {
  const type = types.get(key);
  if (type === undefined && !hasBelow(key, types)) {
    return [`there is no option ${key}`];
  }
  if (type === 'object[]') {
    if (!Array.isArray(value)) return [`${key} is no list`];
    return value.flatMap(one => belowOf(`${key}[]`, one, types));
  }
  if (hasBelow(key, types)) return belowOf(key, value, types);
  return isOfType(value, type)
    ? []
    : [`${key} is ${JSON.stringify(value)}; expected ${type}`];
}

function belowOf(key, value, types) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${key} has no keys`];
  }
  return Object.entries(value).flatMap(([name, below]) => {
    const chosen = hasBelow(`${key}.NAME`, types) ? 'NAME' : name;
    return faultsAt(`${key}.${chosen}`, below, types);
  });
}

function hasBelow(key, types) {
  return [...types.keys()].some(
    one => one.startsWith(`${key}.`) || one.startsWith(`${key}[].`),
  );
}

function isOfType(value, type) {
  // Comes from the environment when the backend reads it.
  if (typeof value === 'string' && value.includes('${')) return true;
  if (type.endsWith('[]')) {
    return (
      Array.isArray(value) &&
      value.every(one => isOfType(one, type.slice(0, -2)))
    );
  }
  if (type === 'object') return typeof value === 'object' && value !== null;
  if (type.includes("'")) return type.includes(`'${value}'`);
  return typeof value === type;
}
