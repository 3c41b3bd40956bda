import { setTimeout as delay } from 'node:timers/promises';
import { behaviourOf } from '../behaviour.mjs';
import { fillIn } from '../answers/fillIn.mjs';
import { containerTarget } from '../containerTarget.mjs';
import {
  formatEntry,
  printedLog,
  logEntries,
  selectEntries,
  usualLog,
} from './logEntries.mjs';

const LOOK_AGAIN_MS = 250;

/** Answers `kubectl logs` for one container, following it until it ends where that is asked. */
export async function serveLogs({
  life,
  containerName,
  query,
  answers,
  environments,
  jobWork,
  response,
}) {
  const target = await containerTarget(life, containerName, environments);
  if (!target)
    return refuse(
      response,
      404,
      `container ${containerName} is not valid for pod ${life.pod.metadata.name}`,
    );
  const status = life.pod.status?.containerStatuses?.find(
    ({ name }) => name === containerName,
  );
  const options = readOptions(query);
  const period = options.previous
    ? previousPeriod(status)
    : currentPeriod(status);
  if (!period) return refuse(response, 400, whyNoLog(target, status, options));

  const rule =
    answers.for('logs', target)[0] ??
    printedLog(jobWork.logOf(life, containerName)) ??
    usualLog(target.image, {
      ends: (life.pod.spec.restartPolicy ?? 'Always') !== 'Always',
    });
  response.writeHead(200, { 'content-type': 'text/plain' });
  if (options.previous && rule.previous) {
    response.end(
      rule.previous
        .map((text, n) => `${fillIn(text, target, { n })}\n`)
        .join(''),
    );
    return undefined;
  }
  const until = period.finishedAtMs ?? Date.now();
  const entries = selectEntries(
    logEntries(rule, target, period.startedAtMs, until),
    options,
  );
  response.write(
    limit(
      entries.map(entry => formatEntry(entry, options)).join(''),
      options.limitBytes,
    ),
  );
  if (options.follow && period.finishedAtMs === undefined)
    await follow({ life, rule, target, period, until, options, response });
  response.end();
  return undefined;
}

async function follow({
  life,
  rule,
  target,
  period,
  until,
  options,
  response,
}) {
  let writtenUntil = until;
  while (!life.ending && !response.destroyed) {
    await delay(LOOK_AGAIN_MS, undefined, { signal: life.signal }).catch(
      () => {},
    );
    const now = Date.now();
    const fresh = logEntries(rule, target, period.startedAtMs, now).filter(
      entry => entry.at > writtenUntil && entry.at <= now,
    );
    if (fresh.length > 0)
      response.write(fresh.map(entry => formatEntry(entry, options)).join(''));
    writtenUntil = now;
  }
}

function readOptions(query) {
  const number = name =>
    query.has(name) ? Number(query.get(name)) : undefined;
  const since = query.get('sinceTime');
  const sinceSeconds = number('sinceSeconds');
  return {
    previous: query.get('previous') === 'true',
    follow: query.get('follow') === 'true',
    timestamps: query.get('timestamps') === 'true',
    tail: number('tailLines'),
    limitBytes: number('limitBytes'),
    ...(since ? { sinceMs: Date.parse(since) } : {}),
    ...(sinceSeconds === undefined
      ? {}
      : { sinceMs: Date.now() - sinceSeconds * 1000 }),
  };
}

/** From when to when the container that runs now, or ran last, has been writing. */
function currentPeriod(status) {
  const { running, terminated } = status?.state ?? {};
  if (running) return { startedAtMs: Date.parse(running.startedAt) };
  return periodOf(terminated ?? status?.lastState?.terminated);
}

function previousPeriod(status) {
  return periodOf(status?.lastState?.terminated);
}

function periodOf(terminated) {
  if (!terminated) return undefined;
  return {
    startedAtMs: Date.parse(terminated.startedAt),
    finishedAtMs: Date.parse(terminated.finishedAt),
  };
}

function whyNoLog(target, status, { previous }) {
  if (previous)
    return `previous terminated container "${target.container}" in pod "${target.pod}" not found`;
  const reason =
    behaviourOf(target.image) === 'broken'
      ? 'trying and failing to pull image'
      : status?.state?.waiting?.reason ?? 'ContainerCreating';
  return `container "${target.container}" in pod "${target.pod}" is waiting to start: ${reason}`;
}

function limit(text, bytes = Infinity) {
  return bytes === Infinity ? text : Buffer.from(text).subarray(0, bytes);
}

function refuse(response, status, message) {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(message);
}
