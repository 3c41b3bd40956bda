/** What rules are matched with and answers are filled from: a container and all that is known about it. */
export async function containerTarget(life, containerName, environments) {
  const { pod } = life;
  const container = pod.spec.containers.find(
    ({ name }) => name === containerName,
  );
  if (!container) return undefined;
  return {
    namespace: pod.metadata.namespace,
    pod: pod.metadata.name,
    uid: pod.metadata.uid,
    labels: pod.metadata.labels ?? {},
    node: pod.spec.nodeName,
    ip: life.ip,
    container: container.name,
    image: container.image,
    ports: (container.ports ?? []).map(({ containerPort }) => containerPort),
    startedAt: life.startedAt,
    env: await environments.of(pod, container),
    mounted: await environments.mountedFiles(pod, container),
  };
}
