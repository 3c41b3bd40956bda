import { containerEnvironment } from './containerEnvironment.mjs';

const RESOURCES = { ConfigMap: 'configmaps', Secret: 'secrets' };

/** Reads from the cluster what containers get from ConfigMaps and Secrets. */
export class ContainerEnvironments {
  #api;

  constructor(api) {
    this.#api = api;
  }

  /** The environment of a container as a map; empty when something it needs is missing. */
  async of(pod, container) {
    const { values } = await containerEnvironment(pod, container, this.#read);
    return values ?? new Map();
  }

  /** A map from the names of the containers that cannot start to the reason. */
  async missingFor(pod) {
    const missing = new Map();
    for (const container of pod.spec.containers) {
      const environment = await containerEnvironment(
        pod,
        container,
        this.#read,
      );
      if (environment.missing) missing.set(container.name, environment.missing);
    }
    return missing;
  }

  /** The files of mounted ConfigMaps and Secrets as a map from path to text. */
  async mountedFiles(pod, container) {
    const files = new Map();
    for (const mount of container.volumeMounts ?? []) {
      const volume = (pod.spec.volumes ?? []).find(
        ({ name }) => name === mount.name,
      );
      for (const [name, text] of Object.entries(
        await this.#dataOf(volume, pod.metadata.namespace),
      )) {
        if (mount.subPath === undefined)
          files.set(`${mount.mountPath.replace(/\/$/, '')}/${name}`, text);
        else if (mount.subPath === name) files.set(mount.mountPath, text);
      }
    }
    return files;
  }

  async #dataOf(volume, namespace) {
    if (volume?.configMap)
      return pick(
        await this.#read('ConfigMap', namespace, volume.configMap.name),
        volume.configMap.items,
      );
    if (volume?.secret)
      return pick(
        await this.#read('Secret', namespace, volume.secret.secretName),
        volume.secret.items,
      );
    return {};
  }

  #read = async (kind, namespace, name) => {
    const { status, body } = await this.#api.get(
      `/api/v1/namespaces/${namespace}/${RESOURCES[kind]}/${name}`,
    );
    if (status !== 200) return undefined;
    if (kind === 'ConfigMap') return body.data ?? {};
    return Object.fromEntries(
      Object.entries(body.data ?? {}).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString('utf8'),
      ]),
    );
  };
}

function pick(data = {}, items) {
  if (!items) return data;
  return Object.fromEntries(
    items
      .filter(({ key }) => key in data)
      .map(({ key, path }) => [path, data[key]]),
  );
}
