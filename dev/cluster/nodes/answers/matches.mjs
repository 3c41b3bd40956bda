/**
 * Whether a rule is for a container.
 *
 * @param match the keys of the rule, each of which may be absent
 * @param target `{ namespace, pod, labels, container, image, env }`, `env` a map
 */
export function matches(match, target) {
  return (
    isSame(match.namespace, target.namespace) &&
    isSame(match.container, target.container) &&
    isLike(match.pod, target.pod) &&
    isLike(match.image, target.image) &&
    Object.entries(match.labels ?? {}).every(
      ([name, value]) => target.labels[name] === value,
    ) &&
    Object.entries(match.env ?? {}).every(
      ([name, value]) => target.env.get(name) === value,
    )
  );
}

function isSame(wanted, value) {
  return wanted === undefined || wanted === value;
}

/** `*` stands for any characters, also for none. */
function isLike(wanted, value) {
  if (wanted === undefined) return true;
  const pattern = wanted
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 's').test(value);
}
