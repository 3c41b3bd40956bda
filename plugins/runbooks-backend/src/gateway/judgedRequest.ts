import type { IncomingMessage } from 'node:http';
import {
  describeRequest,
  isProvenDryRun,
  isWrite,
  type CallDecision,
  type NonResourceRequest,
  type RequestBody,
  type RequestInfo,
  type ResourceRequest,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { JournalEntry } from './CallJournal';
import type { RenamedCreate } from './DryRunPreview';
import type { GatewayRules } from './GatewayRules';

/** A request that may be sent on. */
export type ReadableRequest = ResourceRequest | NonResourceRequest;

/** A request with what was understood of it. */
export interface JudgedRequest {
  info: RequestInfo;
  body: RequestBody;
  /** What is sent on as the body, written anew where it was understood. */
  bytes: Buffer;
  contentType: string | undefined;
  decision: CallDecision;
  entry: JournalEntry;
  /** In a preview: the create goes under another name. */
  renamed?: RenamedCreate;
}

/** What a request asks for; unreadable where its headers alone are a reason to refuse it. */
export function infoOf(
  req: IncomingMessage,
  rules: Pick<GatewayRules, 'headerProblem'>,
): RequestInfo {
  const info = describeRequest(req.method ?? '', req.url ?? '');
  const problem = rules.headerProblem(req.headersDistinct);
  if (problem === undefined) return info;
  const { verb, path } = info;
  return { kind: 'unreadable', verb, path, problem };
}

/** Delete options are written anew; everything else that is read is sent as it came. */
export function bytesToSend(
  body: RequestBody,
  received: Buffer,
  contentType: string | undefined,
): { bytes: Buffer; contentType: string | undefined } {
  if (body.kind !== 'delete-options') return { bytes: received, contentType };
  const options = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...body.options,
  };
  return {
    bytes: Buffer.from(JSON.stringify(options)),
    contentType: 'application/json',
  };
}

/** True for a write that changes nothing. */
export function isDryRun(info: RequestInfo, body: RequestBody): boolean {
  return (
    info.kind === 'resource' && isWrite(info) && isProvenDryRun(info, body)
  );
}

/** True for a call whose answer may take long: it gets a connection of its own. */
export function isLongLived(info: ReadableRequest): boolean {
  return (
    info.verb === 'watch' ||
    (info.kind === 'resource' && info.subresource === 'log')
  );
}
