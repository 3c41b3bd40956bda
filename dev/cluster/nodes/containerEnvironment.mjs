/**
 * The environment that a container is started with: `envFrom`, then `env`, with
 * ConfigMaps, Secrets, fields of the pod and $(NAME) resolved.
 *
 * @param read `(kind, namespace, name)` returns the `data` as texts, or undefined when there is no such object
 * @returns `{ values }`, or `{ missing }`: what a container waits for, as a kubelet says it
 */
export async function containerEnvironment(pod, container, read) {
  const { namespace } = pod.metadata;
  const values = new Map([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', pod.metadata.name],
    ['HOME', '/root'],
    ['KUBERNETES_SERVICE_HOST', '10.96.0.1'],
    ['KUBERNETES_SERVICE_PORT', '443'],
  ]);
  for (const source of container.envFrom ?? []) {
    const [kind, reference] = source.configMapRef
      ? ['ConfigMap', source.configMapRef]
      : ['Secret', source.secretRef];
    const data = await read(kind, namespace, reference.name);
    if (!data && !reference.optional)
      return { missing: notFound(kind, reference.name) };
    for (const [name, value] of Object.entries(data ?? {}))
      values.set(`${source.prefix ?? ''}${name}`, value);
  }
  for (const variable of container.env ?? []) {
    const { value, missing } = await valueOf(variable, pod, values, read);
    if (missing) return { missing };
    if (value !== undefined) values.set(variable.name, value);
  }
  return { values };
}

async function valueOf({ value, valueFrom }, pod, values, read) {
  if (!valueFrom) return { value: expand(value ?? '', values) };
  if (valueFrom.fieldRef)
    return { value: fieldOf(pod, valueFrom.fieldRef.fieldPath) };
  const [kind, reference] = valueFrom.configMapKeyRef
    ? ['ConfigMap', valueFrom.configMapKeyRef]
    : ['Secret', valueFrom.secretKeyRef];
  if (!reference) return { value: '' };
  const data = await read(kind, pod.metadata.namespace, reference.name);
  if (data && reference.key in data) return { value: data[reference.key] };
  if (reference.optional) return {};
  return {
    missing: data
      ? `couldn't find key ${reference.key} in ${kind} ${pod.metadata.namespace}/${reference.name}`
      : notFound(kind, reference.name),
  };
}

/** Replaces $(NAME) by values that came before; $$(NAME) stays $(NAME). */
function expand(text, values) {
  return text.replace(
    /\$(\$\([^)]*\))|\$\(([^)]*)\)/g,
    (whole, escaped, name) => escaped ?? values.get(name) ?? whole,
  );
}

function fieldOf(pod, path) {
  const inBrackets = /^(metadata\.(?:labels|annotations))\['([^']+)'\]$/.exec(
    path,
  );
  const steps = inBrackets
    ? [...inBrackets[1].split('.'), inBrackets[2]]
    : path.split('.');
  return String(steps.reduce((value, step) => value?.[step], pod) ?? '');
}

function notFound(kind, name) {
  return `${kind.toLowerCase()} "${name}" not found`;
}
