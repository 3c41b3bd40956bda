import { setTimeout as delay } from 'node:timers/promises';
import { behaviourOf } from './behaviour.mjs';
import { NODE_NAMES } from './registerNodes.mjs';
import { PodLife } from './PodLife.mjs';
import { toSeconds } from './instants.mjs';

const END_MS = 300;
const FIRST_HOST = 2;
const HOSTS_PER_NODE = 250;

/**
 * The pods on the simulated nodes, as the cluster last told about them.
 *
 * Each gets a `PodLife` when it is scheduled; one that was running already when
 * this process started is taken over as it is, unless it was still on its way.
 */
export class Pods {
  #api;
  #events;
  #environments;
  #jobWork;
  #lives = new Map();
  #counter = 0;

  constructor({ api, events, environments, jobWork }) {
    this.#api = api;
    this.#events = events;
    this.#environments = environments;
    this.#jobWork = jobWork;
  }

  /** Takes one change of a pod as the watch reports it. */
  take(type, pod) {
    const { uid } = pod.metadata;
    if (type === 'DELETED') {
      this.#lives.get(uid)?.end();
      this.#lives.delete(uid);
      return;
    }
    if (!NODE_NAMES.includes(pod.spec.nodeName)) return;
    const life = this.#lives.get(uid) ?? this.#begin(pod);
    life.pod = pod;
    if (pod.metadata.deletionTimestamp && !life.ending) this.#remove(life);
  }

  /** The pod of that name, or undefined. */
  find(namespace, name) {
    return this.all().find(
      ({ pod }) =>
        pod.metadata.namespace === namespace && pod.metadata.name === name,
    );
  }

  all() {
    return [...this.#lives.values()];
  }

  #begin(pod) {
    const life = new PodLife({
      pod,
      ip: pod.status?.podIP ?? this.#nextAddress(pod.spec.nodeName),
      startedAt: pod.status?.startTime ?? toSeconds(new Date()),
      api: this.#api,
      events: this.#events,
      environments: this.#environments,
      jobWork: this.#jobWork,
    });
    this.#lives.set(pod.metadata.uid, life);
    if (!pod.metadata.deletionTimestamp && !isSettled(pod)) {
      life
        .run()
        .catch(error =>
          console.error(
            `pod ${pod.metadata.namespace}/${pod.metadata.name}: ${error.stack}`,
          ),
        );
    }
    return life;
  }

  async #remove(life) {
    life.end();
    const { pod } = life;
    for (const container of pod.spec.containers) {
      this.#events.normal(
        pod,
        'Killing',
        `Stopping container ${container.name}`,
        container,
      );
    }
    const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
    await delay(Math.min(END_MS, graceMs));
    await this.#api
      .delete(
        `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`,
        {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          gracePeriodSeconds: 0,
          preconditions: { uid: pod.metadata.uid },
        },
      )
      .catch(error =>
        console.error(`removing pod ${pod.metadata.name}: ${error.message}`),
      );
  }

  #nextAddress(nodeName) {
    this.#counter += 1;
    return `10.244.${NODE_NAMES.indexOf(nodeName)}.${
      (this.#counter % HOSTS_PER_NODE) + FIRST_HOST
    }`;
  }
}

/** Nothing more will happen to this pod by itself. */
function isSettled(pod) {
  const { phase, conditions } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed') return true;
  const ready = conditions?.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  const quiet = pod.spec.containers.every(({ image }) =>
    ['fine', 'slow'].includes(behaviourOf(image)),
  );
  const forEver = (pod.spec.restartPolicy ?? 'Always') === 'Always';
  return phase === 'Running' && ready && quiet && forEver;
}
