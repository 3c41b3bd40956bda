import { isTree } from '../gateway/trees';
import type { DryRunWrite } from './DryRunWrite';
import { unreadAnswer } from './unreadAnswer';

/** Answers of something in front of the API server, which did not get to see the write. */
const AWAY = new Set([502, 503, 504]);

type Refusal = {
  outcome: 'refused' | 'not-possible' | 'failed';
  because: string;
};

/**
 * Why the writes of a dry run make no preview: the first that was not answered well, or else one of which the answer
 * could not be read. Undefined where all were answered well, if need be at another try.
 */
export function refusalOf(writes: readonly DryRunWrite[]): Refusal | undefined {
  const done = new Map<string, number>();
  writes.forEach((write, index) => {
    if (!isRefused(write)) done.set(tryOf(write), index);
  });
  const created = new Set<string>();
  const written = new Set<string>();
  let unread: string | undefined;
  for (const [index, write] of writes.entries()) {
    if (!isRefused(write)) {
      if (isCreate(write)) created.add(objectKey(write));
      written.add(objectKey(write));
      unread ??= unreadAnswer(write);
      continue;
    }
    const isTriedAgain = (done.get(tryOf(write)) ?? -1) > index;
    if (isTriedAgain || isOwnConflict(write, written)) continue;
    return refused(write, created);
  }
  return unread === undefined
    ? undefined
    : { outcome: 'not-possible', because: unread };
}

/** An object by what does not change: its kind as RBAC names it, its place and its name. */
export function objectKey(
  write: Pick<DryRunWrite, 'group' | 'resource' | 'namespace' | 'name'>,
): string {
  const { group, resource, namespace, name } = write;
  return JSON.stringify([group, resource, namespace, name]);
}

function refused(write: DryRunWrite, created: ReadonlySet<string>): Refusal {
  const { status, body } = write.answer;
  const message = messageOf(body) ?? `HTTP ${status}`;
  if (status === 404 && isAboutCreated(write, created)) {
    return {
      outcome: 'not-possible',
      because: `it changes what it creates itself: ${message}`,
    };
  }
  return { outcome: AWAY.has(status) ? 'failed' : 'refused', because: message };
}

/** The object itself, or the namespace that it would be in. */
function isAboutCreated(
  write: DryRunWrite,
  created: ReadonlySet<string>,
): boolean {
  const { namespace: name } = write;
  const namespace = { group: '', resource: 'namespaces', name };
  // Requests about a namespace have it as their namespace, too.
  return [write, ...['', name].map(one => ({ ...namespace, namespace: one }))]
    .map(objectKey)
    .some(key => created.has(key));
}

/**
 * A conflict with what an earlier write of the step would have changed: it would not be there, had that one been made.
 *
 *   kubectl apply --server-side --force-conflicts -f web.yaml
 *                 ^ writes twice, where another manager had applied it before
 */
function isOwnConflict(
  write: DryRunWrite,
  written: ReadonlySet<string>,
): boolean {
  return write.answer.status === 409 && written.has(objectKey(write));
}

function messageOf(body: unknown): string | undefined {
  if (!isTree(body) || typeof body.message !== 'string') return undefined;
  return body.message.trim() === '' ? undefined : body.message;
}

function isRefused({ answer }: DryRunWrite): boolean {
  return answer.status >= 400;
}

function isCreate({ verb, subresource, before }: DryRunWrite): boolean {
  const mayCreate = verb === 'create' || verb === 'patch' || verb === 'update';
  return mayCreate && subresource === '' && before === undefined;
}

function tryOf(write: DryRunWrite): string {
  return `${write.verb} ${write.subresource} ${objectKey(write)}`;
}
