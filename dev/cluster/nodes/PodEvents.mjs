import { randomBytes } from 'node:crypto';
import { toSeconds } from './instants.mjs';

/** Writes the events of pods, as `kubectl describe pod` shows them. */
export class PodEvents {
  #api;

  constructor(api) {
    this.#api = api;
  }

  normal(pod, reason, message, container) {
    return this.#write('Normal', pod, reason, message, container);
  }

  warning(pod, reason, message, container) {
    return this.#write('Warning', pod, reason, message, container);
  }

  async #write(type, pod, reason, message, container) {
    const { namespace, name, uid } = pod.metadata;
    const at = toSeconds(new Date());
    try {
      await this.#api.create(`/api/v1/namespaces/${namespace}/events`, {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${name}.${randomBytes(8).toString('hex')}` },
        involvedObject: {
          apiVersion: 'v1',
          kind: 'Pod',
          namespace,
          name,
          uid,
          ...(container
            ? { fieldPath: `spec.containers{${container.name}}` }
            : {}),
        },
        type,
        reason,
        message,
        count: 1,
        firstTimestamp: at,
        lastTimestamp: at,
        reportingComponent: 'kubelet',
        source: { component: 'kubelet', host: pod.spec.nodeName },
      });
    } catch (error) {
      // An event that is lost harms nobody; the pod must go on.
      console.error(
        `event ${reason} of ${namespace}/${name}: ${error.message}`,
      );
    }
  }
}
