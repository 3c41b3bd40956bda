import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import {
  isAboutSecrets,
  secretValuesInAnswer,
  type RequestInfo,
  type SecretAnswered,
} from '@backstage-runbooks/plugin-runbooks-common';
import { sendStatus, statusText, type StatusAnswer } from './statusAnswer';
import { answerHeaders } from './upstreamHeaders';

/** Larger answers about Secrets are cut off: what cannot be redacted must not reach the output. */
const MAX_SECRET_ANSWER_BYTES = 16 * 1024 * 1024;
/** One event of a watch holds one Secret, which has at most 1 MiB of values. */
const MAX_SECRET_EVENT_BYTES = 8 * 1024 * 1024;
/** So much of each answer is not counted, so that small ones never wait for large ones. */
const UNCOUNTED_BYTES = 64 * 1024;

export const TOO_MANY_VALUES =
  'it has more values of Secrets than the output of a step can be looked through for: ask for fewer, by name or with a selector';

/** The length is that of what is passed on; a warning holds words of the API server. */
const OWN_HEADERS = ['content-length', 'warning'];

const STRICT = new TextDecoder('utf-8', { fatal: true });

/** True for calls whose answers carry secret values. */
export function carriesSecrets(info: RequestInfo): boolean {
  if (info.kind !== 'resource') return false;
  return isAboutSecrets(info) || info.subresource === 'token';
}

/** How an answer about Secrets reaches the step. */
export interface SecretPassage {
  isWatch: boolean;
  /** What the step may see of one JSON document. */
  judge(document: unknown): SecretAnswered;
  /** Waits until so many bytes more may be held in memory, and returns how to let them go before the end. */
  hold(bytes: number): Promise<() => void>;
  /** Values that the step is about to see; false where they are too many for it to see them. */
  teach(values: Iterable<string>): Promise<boolean>;
  /** The failure that a step is shown instead of what it may not see. */
  withheld(because: string): StatusAnswer;
  /** The last change to the text that is passed on. */
  renamed?(text: string): string;
}

/**
 * Passes an answer about Secrets on, whole JSON documents at a time: each is judged, and its values are told, before
 * a byte of it reaches the step. A watch has one document per line and ends at the first that may not be seen;
 * everything else is one document, which is answered with a refusal instead.
 *
 * Rejects where either side breaks off.
 */
export async function passSecretAnswer(
  answer: IncomingMessage,
  res: ServerResponse,
  passage: SecretPassage,
): Promise<void> {
  return passage.isWatch && answer.statusCode === 200
    ? passWatch(answer, res, passage)
    : passDocument(answer, res, passage);
}

async function passDocument(
  answer: IncomingMessage,
  res: ServerResponse,
  passage: SecretPassage,
): Promise<void> {
  const status = answer.statusCode ?? 502;
  const text = await textOf(answer, passage);
  const outcome = await outcomeOf(text, status, passage);
  if (outcome.kind === 'withheld') {
    sendStatus(res, passage.withheld(outcome.because));
    return;
  }
  const sent = passage.renamed ? passage.renamed(outcome.text) : outcome.text;
  res.writeHead(status, [
    ...answerHeaders(answer.rawHeaders, OWN_HEADERS),
    'content-length',
    String(Buffer.byteLength(sent)),
  ]);
  res.end(sent);
}

async function passWatch(
  answer: IncomingMessage,
  res: ServerResponse,
  passage: SecretPassage,
): Promise<void> {
  res.writeHead(200, answerHeaders(answer.rawHeaders, OWN_HEADERS));
  // A watch without events must still answer.
  res.flushHeaders();
  for await (const line of linesOf(answer, passage)) {
    const outcome = await outcomeOf(line, 200, passage);
    if (outcome.kind === 'withheld') {
      const object = JSON.parse(statusText(passage.withheld(outcome.because)));
      res.write(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      break;
    }
    if (!res.write(`${outcome.text}\n`)) await once(res, 'drain');
  }
  res.end();
}

type Outcome =
  | { kind: 'passed'; text: string }
  | { kind: 'withheld'; because: string };

async function outcomeOf(
  text: string,
  status: number,
  passage: SecretPassage,
): Promise<Outcome> {
  if (text.trim() === '') return { kind: 'passed', text };
  const document =
    status < 300 ? parsed(text) : failureOf(parsed(text), status);
  if (document === undefined)
    return { kind: 'withheld', because: 'its answer cannot be read' };
  const judged = passage.judge(document);
  if (judged.kind === 'withhold') {
    return { kind: 'withheld', because: judged.because };
  }
  const values = secretValuesInAnswer(judged.answer, decodedText);
  if (!(await passage.teach(values))) {
    return { kind: 'withheld', because: TOO_MANY_VALUES };
  }
  // Numbers of an answer that passes whole keep their spelling.
  const isWhole = judged.answer === document;
  return {
    kind: 'passed',
    text: isWhole ? text : JSON.stringify(judged.answer),
  };
}

/** What says in any other form than a Status that it failed says no more than its code. */
function failureOf(document: unknown, code: number): unknown {
  const isStatus =
    typeof document === 'object' &&
    document !== null &&
    'kind' in document &&
    document.kind === 'Status';
  return isStatus ? document : { kind: 'Status', status: 'Failure', code };
}

type Hold = Pick<SecretPassage, 'hold'>;

async function textOf(
  answer: IncomingMessage,
  { hold }: Hold,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    checkSize(size, MAX_SECRET_ANSWER_BYTES);
    if (size > UNCOUNTED_BYTES) await hold(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A line is joined once, when its end has come. */
async function* linesOf(
  answer: IncomingMessage,
  { hold }: Hold,
): AsyncGenerator<string> {
  answer.setEncoding('utf8');
  let parts: string[] = [];
  let size = 0;
  let letGo: Array<() => void> = [];
  for await (const chunk of answer) {
    const [first, ...others] = String(chunk).split('\n');
    parts.push(first);
    size += first.length;
    checkSize(size, MAX_SECRET_EVENT_BYTES);
    if (size > UNCOUNTED_BYTES) letGo.push(await hold(first.length));
    if (others.length === 0) continue;
    yield parts.join('');
    for (const give of letGo) give();
    letGo = [];
    parts = [others.pop() ?? ''];
    size = parts[0].length;
    for (const line of others) yield line;
  }
  if (size > 0) yield parts.join('');
}

function checkSize(size: number, most: number): void {
  if (size > most) {
    throw new Error('the answer about Secrets is too large to be redacted');
  }
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Undefined for bytes that are not text: they cannot be printed as they are. */
export function decodedText(encoded: string): string | undefined {
  try {
    return STRICT.decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}
