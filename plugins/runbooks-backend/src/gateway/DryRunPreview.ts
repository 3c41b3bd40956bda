import {
  isWrite,
  type RequestBody,
  type RequestInfo,
  type ResourceRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StatusAnswer } from './statusAnswer';

/** Nothing carries this label: a list for it is empty. */
const NOTHING = 'backstage-runbooks.io/preview=deleted';

/** A create that goes under another name, because the object that it replaces is still there. */
export interface RenamedCreate {
  bytes: Buffer;
  /** The name that is sent. */
  sentName: string;
}

/**
 * Turns the writes of one attempt into dry runs.
 *
 * Tools do not know that: after a delete they wait for the object to vanish, and `replace --force` creates it again.
 * So an object that was "deleted" is answered as gone, and a create of its name is sent under another one.
 *
 * What is shown is true for one change at a time only. Several evictions under one disruption budget, `rollout status`
 * after a change, and helm answer as if nothing else had happened: nobody may take them for a preview.
 */
export class DryRunPreview {
  readonly #gone = new Set<string>();

  /** The same request as a dry run; unchanged where it writes nothing. */
  asDryRun(
    info: RequestInfo,
    body: RequestBody,
  ): { info: RequestInfo; body: RequestBody } {
    if (info.kind !== 'resource' || !isWrite(info)) return { info, body };
    return info.verb === 'connect' ? { info, body } : dryRunOf(info, body);
  }

  /** The request so that lists and watches of a gone object find nothing. */
  withoutGone<Info extends RequestInfo>(info: Info): Info {
    const isCollection = info.verb === 'list' || info.verb === 'watch';
    if (info.kind !== 'resource' || !isCollection || !this.#isGone(info)) {
      return info;
    }
    return { ...info, query: withValue(info.query, 'labelSelector', NOTHING) };
  }

  /** The answer to a request for a gone object; undefined where it may be sent on. */
  goneAnswer(info: RequestInfo): StatusAnswer | undefined {
    if (info.kind !== 'resource' || !this.#isGone(info)) return undefined;
    const isAboutIt =
      info.verb === 'get' || (info.subresource !== '' && isWrite(info));
    if (!isAboutIt) return undefined;
    return {
      code: 404,
      reason: 'NotFound',
      message: `${info.resource} "${info.name}" not found (it was deleted in this preview)`,
    };
  }

  /** A create of a gone object under another name. */
  renamedCreate(
    info: RequestInfo,
    body: RequestBody,
    callId: string,
  ): RenamedCreate | undefined {
    const isRecreated =
      info.kind === 'resource' &&
      info.verb === 'create' &&
      info.subresource === '' &&
      this.#isGone(info);
    if (!isRecreated || body.kind !== 'object' || !body.json) return undefined;
    const sentName = `preview-${callId}`;
    const metadata = { ...(body.json.metadata as object), name: sentName };
    const bytes = Buffer.from(JSON.stringify({ ...body.json, metadata }));
    return { bytes, sentName };
  }

  /** Remembers what a successful call would have deleted. */
  succeeded(info: RequestInfo): void {
    if (info.kind !== 'resource') return;
    if (info.verb === 'delete' || info.subresource === 'eviction') {
      this.#gone.add(keyOf(info));
    }
  }

  #isGone(info: ResourceRequest): boolean {
    return info.name !== '' && this.#gone.has(keyOf(info));
  }
}

/** A write as a dry run, the same in everything else. */
export function dryRunOf(
  info: ResourceRequest,
  body: RequestBody,
): { info: ResourceRequest; body: RequestBody } {
  return {
    info: { ...info, query: withValue(info.query, 'dryRun', 'All') },
    // As soon as a delete has a body, the API server ignores its query.
    body:
      body.kind === 'delete-options'
        ? { ...body, options: { ...body.options, dryRun: ['All'] } }
        : body,
  };
}

function keyOf(info: ResourceRequest): string {
  return [info.group, info.resource, info.namespace, info.name].join('/');
}

function withValue(
  query: ResourceRequest['query'],
  key: string,
  value: string,
): ResourceRequest['query'] {
  return [...query.filter(([name]) => name !== key), [key, value]];
}
