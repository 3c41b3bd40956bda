/** What a container would reach: itself, and the Services of the cluster that have ready endpoints. */
export class ClusterNetwork {
  #api;

  constructor(api) {
    this.#api = api;
  }

  /** The view of one container. */
  from(target) {
    return {
      find: (host, port) => this.#find(target, host, port),
      addresses: host => this.#addresses(target, host),
    };
  }

  /** 'open' when something answers there, 'refused' when the host is known, else 'unknown'. */
  async #find(target, host, port) {
    if (isItself(target, host)) {
      return target.ports.length === 0 || target.ports.includes(port)
        ? 'open'
        : 'refused';
    }
    const service = await this.#service(target, host);
    if (!service) return 'unknown';
    const offered = (service.spec.ports ?? []).some(
      offer => offer.port === port,
    );
    const ready = await this.#readyAddresses(service);
    return offered && ready.length > 0 ? 'open' : 'refused';
  }

  async #addresses(target, host) {
    if (isItself(target, host)) return [target.ip];
    const service = await this.#service(target, host);
    if (!service) return [];
    return service.spec.clusterIP === 'None'
      ? this.#readyAddresses(service)
      : [service.spec.clusterIP];
  }

  async #service(target, host) {
    const [name, namespace = target.namespace, ...rest] = host
      .replace(/\.$/, '')
      .split('.');
    if (rest.length > 0 && rest[0] !== 'svc') return undefined;
    const { status, body } = await this.#api.get(
      `/api/v1/namespaces/${encodeURIComponent(
        namespace,
      )}/services/${encodeURIComponent(name)}`,
    );
    return status === 200 ? body : undefined;
  }

  async #readyAddresses({ metadata: { namespace, name } }) {
    const selector = encodeURIComponent(`kubernetes.io/service-name=${name}`);
    const { body } = await this.#api.get(
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=${selector}`,
    );
    return (body.items ?? [])
      .flatMap(slice => slice.endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready)
      .flatMap(({ addresses }) => addresses);
  }
}

function isItself(target, host) {
  return ['localhost', '127.0.0.1', '0.0.0.0', target.ip, target.pod].includes(
    host,
  );
}
