import { setTimeout as delay } from 'node:timers/promises';
import { behaviourOf, endOf } from './behaviour.mjs';
import { toSeconds } from './instants.mjs';
import { containerStatus, podStatus } from './podStatus.mjs';

const START_MS = 400;
const SLOW_START_MS = 20_000;
const JOB_MS = 1500;
const UP_BEFORE_CRASH_MS = 1000;
const LOOK_AGAIN_MS = 2000;
const FIRST_BACK_OFF_MS = 5000;
const LONGEST_BACK_OFF_MS = 60_000;

/**
 * One pod from its arrival on a node to its end: what a kubelet would report,
 * without anything being run.
 */
export class PodLife {
  /** The pod as the cluster last told about it. */
  pod;
  ip;
  startedAt;
  /** True from the moment the pod is asked to go. */
  ending = false;
  phase;

  #api;
  #events;
  #environments;
  #jobWork;
  #aborter = new AbortController();
  /** Counted on, when this process is started again and finds the pod as it was. */
  #restartsBefore;

  constructor({ pod, ip, startedAt, api, events, environments, jobWork }) {
    this.pod = pod;
    this.ip = ip;
    this.startedAt = startedAt;
    this.phase = pod.status?.phase;
    this.#restartsBefore = Math.max(
      0,
      ...(pod.status?.containerStatuses ?? []).map(
        status => status.restartCount,
      ),
    );
    this.#api = api;
    this.#events = events;
    this.#environments = environments;
    this.#jobWork = jobWork;
  }

  /** Aborted when the pod is asked to go; logs and exec that are under way end then. */
  get signal() {
    return this.#aborter.signal;
  }

  end() {
    this.ending = true;
    this.#aborter.abort();
  }

  async run() {
    try {
      await this.#start();
      const behaviours = this.#containers.map(({ image }) =>
        behaviourOf(image),
      );
      if (behaviours.includes('broken')) await this.#neverPull();
      else if (behaviours.some(isCrash)) await this.#crashForEver();
      else if (!this.#runsForEver)
        await this.#finish(behaviours.includes('fail'));
      else await this.#serve(behaviours.includes('slow'));
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  }

  get #containers() {
    return this.pod.spec.containers;
  }

  get #runsForEver() {
    return (this.pod.spec.restartPolicy ?? 'Always') === 'Always';
  }

  async #start() {
    await this.#report('Pending', container =>
      containerStatus(container, { waiting: { reason: 'ContainerCreating' } }),
    );
    await this.#wait(START_MS);
    await this.#waitForConfiguration();
    for (const container of this.#containers) {
      this.#events.normal(
        this.pod,
        'Pulling',
        `Pulling image "${container.image}"`,
        container,
      );
      if (behaviourOf(container.image) === 'broken') continue;
      this.#events.normal(
        this.pod,
        'Pulled',
        `Successfully pulled image "${container.image}"`,
        container,
      );
      this.#events.normal(
        this.pod,
        'Created',
        `Created container: ${container.name}`,
        container,
      );
      this.#events.normal(
        this.pod,
        'Started',
        `Started container ${container.name}`,
        container,
      );
    }
  }

  /** A container whose ConfigMap or Secret does not exist waits until it does. */
  async #waitForConfiguration() {
    for (let told = false; ; ) {
      const missing = await this.#environments.missingFor(this.pod);
      if (missing.size === 0) return;
      await this.#report('Pending', container =>
        containerStatus(container, {
          waiting: missing.has(container.name)
            ? {
                reason: 'CreateContainerConfigError',
                message: missing.get(container.name),
              }
            : { reason: 'ContainerCreating' },
        }),
      );
      if (!told) {
        told = true;
        for (const container of this.#containers.filter(({ name }) =>
          missing.has(name),
        )) {
          this.#events.warning(
            this.pod,
            'Failed',
            `Error: ${missing.get(container.name)}`,
            container,
          );
        }
      }
      await this.#wait(LOOK_AGAIN_MS);
    }
  }

  async #serve(isSlow) {
    const startedAt = now();
    const up = readyNow =>
      this.#report('Running', container =>
        this.#running(container, startedAt, readyNow),
      );
    if (isSlow) {
      await up(false);
      await this.#wait(SLOW_START_MS);
    }
    await up(true);
  }

  async #finish(fails) {
    const startedAt = now();
    await this.#report('Running', container =>
      this.#running(container, startedAt, true),
    );
    const exitCodes = new Map();
    for (const container of this.#containers) {
      const code = fails ? 1 : await this.#jobWork.run(this, container);
      exitCodes.set(container.name, code);
    }
    await this.#wait(JOB_MS);
    const failed = [...exitCodes.values()].some(code => code !== 0);
    await this.#report(failed ? 'Failed' : 'Succeeded', container => {
      const exitCode = exitCodes.get(container.name);
      const reason = exitCode === 0 ? 'Completed' : 'Error';
      return containerStatus(container, {
        terminated: { exitCode, reason, startedAt, finishedAt: now() },
      });
    });
  }

  async #neverPull() {
    const startedAt = now();
    for (let attempt = 0; ; attempt += 1) {
      await this.#report('Pending', container =>
        behaviourOf(container.image) === 'broken'
          ? containerStatus(container, {
              waiting: pullTrouble(container.image, attempt),
            })
          : this.#running(container, startedAt, true),
      );
      for (const container of this.#containers.filter(
        ({ image }) => behaviourOf(image) === 'broken',
      )) {
        this.#events.warning(
          this.pod,
          'Failed',
          attempt === 0 ? notFound(container.image) : 'Error: ImagePullBackOff',
          container,
        );
      }
      await this.#wait(
        attempt === 0 ? UP_BEFORE_CRASH_MS : LONGEST_BACK_OFF_MS,
      );
    }
  }

  async #crashForEver() {
    for (let restarts = this.#restartsBefore; ; restarts += 1) {
      const startedAt = now();
      await this.#report('Running', container =>
        this.#running(
          container,
          startedAt,
          !isCrash(behaviourOf(container.image)),
          restarts,
        ),
      );
      await this.#wait(UP_BEFORE_CRASH_MS);
      const backOffMs = Math.min(
        FIRST_BACK_OFF_MS * 2 ** Math.min(restarts, 10),
        LONGEST_BACK_OFF_MS,
      );
      await this.#report('Running', container =>
        this.#crashed(container, startedAt, restarts, backOffMs),
      );
      for (const container of this.#containers.filter(({ image }) =>
        isCrash(behaviourOf(image)),
      )) {
        this.#events.warning(
          this.pod,
          'BackOff',
          `Back-off restarting failed container ${container.name} in pod ${this.pod.metadata.name}`,
          container,
        );
      }
      await this.#wait(backOffMs);
    }
  }

  #running(container, startedAt, readyNow, restarts = 0) {
    const behaviour = behaviourOf(container.image);
    return containerStatus(
      container,
      { running: { startedAt } },
      {
        ready: readyNow && behaviour !== 'unready',
        restartCount: isCrash(behaviour) ? restarts : 0,
        lastState: this.#lastState(container),
      },
    );
  }

  #crashed(container, startedAt, restarts, backOffMs) {
    const behaviour = behaviourOf(container.image);
    if (!isCrash(behaviour)) return this.#running(container, startedAt, true);
    const message = `back-off ${Math.round(
      backOffMs / 1000,
    )}s restarting failed container=${container.name} pod=${
      this.pod.metadata.name
    }_${this.pod.metadata.namespace}`;
    return containerStatus(
      container,
      { waiting: { reason: 'CrashLoopBackOff', message } },
      {
        restartCount: restarts + 1,
        lastState: {
          terminated: { ...endOf(behaviour), startedAt, finishedAt: now() },
        },
      },
    );
  }

  #lastState(container) {
    return this.pod.status?.containerStatuses?.find(
      ({ name }) => name === container.name,
    )?.lastState;
  }

  async #report(phase, statusOf) {
    const { namespace, name, uid } = this.pod.metadata;
    this.phase = phase;
    const status = podStatus({
      pod: this.pod,
      ip: this.ip,
      startedAt: this.startedAt,
      phase,
      containers: this.#containers.map(statusOf),
      at: now(),
    });
    const answer = await this.#api.merge(
      `/api/v1/namespaces/${namespace}/pods/${name}/status`,
      { metadata: { uid }, status },
    );
    const gone = answer.status === 404 || answer.status === 409;
    if (answer.status > 299 && !gone)
      console.error(
        `status of ${namespace}/${name}: ${answer.status} ${answer.body.message}`,
      );
  }

  #wait(ms) {
    return delay(ms, undefined, { signal: this.signal });
  }
}

function isCrash(behaviour) {
  return behaviour === 'crash' || behaviour === 'oom';
}

function pullTrouble(image, attempt) {
  return attempt === 0
    ? { reason: 'ErrImagePull', message: notFound(image) }
    : {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}": ${notFound(image)}`,
      };
}

function notFound(image) {
  return `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": not found`;
}

function now() {
  return toSeconds(new Date());
}
