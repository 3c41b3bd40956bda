import { scriptFileOf } from '../plan/judge/startsOthers';
import { kubectlWordsOf, programOf } from '../plan/judge/kubectlWords';
import type { AllowedWrites, StepVerdict } from '../plan/model';
import { judgeBoundText, type BoundReading } from '../shell/judgeBoundText';
import type { SeenCall } from '../shell/judgeCall';
import { isKubectlName } from '../shell/effects/kubectl/kubectlNames';
import { kubectlUse } from './kubectlUse';
import { isPlainProgram } from './plainPrograms';
import { cutText } from './shownValue';

/** A step whose preview is asked for. @public */
export interface PreviewedStep {
  /** Of its binding. */
  verdict: Pick<StepVerdict, 'writes' | 'unknown' | 'impossible'>;
  /** What bash is given. */
  text: string;
  /** Values by the names that the text reads them by. A variable that is missing may hold anything. */
  environment?: Readonly<Record<string, string>>;
}

/**
 * Whether a server-side dry run of a step can tell what it would change.
 *
 * - `possible`: it can; `notes` say what of it would be untrue and is not shown. `waits` where it waits, behind a write,
 *   for what may not happen in a dry run: then one that takes too long is no failure.
 * - `not-possible`: `because` fits behind "There is no preview, because".
 *
 * @public
 */
export type PreviewDecision =
  | { kind: 'possible'; notes: string[]; waits?: true }
  | { kind: 'not-possible'; because: string };

/** Subresources of which the API server makes a dry run. */
const WITH_DRY_RUN = new Set(['', 'status', 'scale', 'eviction']);
const ONE_BUDGET =
  'each eviction would be answered as if no other pod had been evicted before it';
const READS_BETWEEN =
  'What it reads after its first write is still as it is now; what it then writes because of that, and is not what is shown, is refused.';
const MAX_NOTES = 5;
const MAX_REASON_LENGTH = 500;

/**
 * Decides whether a dry run of a step can be made and would be true: where it is kubectl and plain filters only, all
 * of it can be told, and its writes are listed. Never throws; what is not known to be true is not possible.
 *
 * @public
 */
export function decidePreview(step: PreviewedStep): PreviewDecision {
  const { verdict, text } = step;
  if (verdict.impossible !== undefined) {
    return notPossible(`it cannot run: ${verdict.impossible}`);
  }
  const reading = readingOf(step);
  if (!reading.isRead) return notPossible(`it ${reading.because}`);
  const because =
    firstProblem(reading.calls) ??
    unknownProblem(verdict, text) ??
    problemOfWrites(verdict.writes);
  if (because !== undefined) return notPossible(because);
  return { kind: 'possible', ...behindWrites(reading.calls) };
}

/** Why there is no preview of a step, behind "because"; undefined where there can be one. @public */
export function whyNoPreview(step: PreviewedStep): string | undefined {
  const decision = decidePreview(step);
  return decision.kind === 'not-possible' ? decision.because : undefined;
}

function notPossible(because: string): PreviewDecision {
  return { kind: 'not-possible', because: cutText(because, MAX_REASON_LENGTH) };
}

/** Read without the files of the workspace: a script is none of what a preview can be made of. */
function readingOf({ text, environment = {} }: PreviewedStep): BoundReading {
  const around = { environment, fileText: () => undefined, folders: undefined };
  const first = judgeBoundText(text, { ...around, untold: new Set() });
  const untold = first.reads.filter(name => !Object.hasOwn(environment, name));
  return untold.length === 0
    ? first
    : judgeBoundText(text, { ...around, untold: new Set(untold) });
}

function firstProblem(calls: readonly SeenCall[]): string | undefined {
  for (const call of calls) {
    // What a function does, and what runs in a pod, is told by the calls in it and by the call around it.
    const because =
      call.defined || call.where === 'there' ? undefined : problemOf(call);
    if (because !== undefined) return because;
  }
  return undefined;
}

function problemOf(call: SeenCall): string | undefined {
  const [name] = call.args;
  if (!name) return undefined;
  if (name.certainty !== 'exact') {
    return 'which program it starts is known only when it runs';
  }
  const script = scriptFileOf(call);
  // `bash -o pipefail -c '...'` names no script.
  if (script && (script === name || !isPlainProgram(call))) {
    return `it runs the script ${script.value}, and only kubectl and plain filters can be tried without doing anything`;
  }
  const words = kubectlWordsOf(call);
  if (words) return kubectlUse(words).because;
  // Its help names no verb.
  if (isKubectlName(programOf(call)) || isPlainProgram(call)) return undefined;
  return problemOfProgram(programOf(call));
}

function problemOfProgram(program: string): string {
  switch (program) {
    case 'helm':
      return 'helm goes on from what it has written before, and a dry run writes nothing';
    case 'sleep':
    case 'watch':
      return `it waits with ${program} for something that does not happen in a dry run`;
    default:
      return `${program} is neither kubectl nor a plain filter, so what it would do cannot be tried without doing it`;
  }
}

function unknownProblem(
  { unknown }: PreviewedStep['verdict'],
  text: string,
): string | undefined {
  if (text.trim() === '') return 'it has no commands';
  return unknown === undefined
    ? undefined
    : `not all of it can be told: ${unknown}`;
}

function problemOfWrites(writes: AllowedWrites): string | undefined {
  if (writes.kind === 'none') return 'it writes nothing in the cluster';
  if (writes.kind === 'any-in-namespaces') {
    return 'which objects it writes cannot be told from its text';
  }
  const without = writes.writes.find(
    ({ verb, subresource }) =>
      verb === 'connect' || !WITH_DRY_RUN.has(subresource),
  );
  if (without) {
    const { verb, resource, subresource } = without;
    return `there is no dry run of ${verb} of ${resource}/${subresource}`;
  }
  const evictions = writes.writes.filter(
    ({ subresource }) => subresource === 'eviction',
  );
  return evictions.length > 1 || evictions.some(({ name }) => name === '*')
    ? ONE_BUDGET
    : undefined;
}

/** What is asked for behind a write is answered as if there had been none. */
function behindWrites(calls: readonly SeenCall[]): {
  notes: string[];
  waits?: true;
} {
  const notes = new Set<string>();
  let hasWritten = false;
  let hasRead = false;
  let waits = false;
  for (const call of calls) {
    const words = call.where === 'here' ? kubectlWordsOf(call) : undefined;
    if (!words) continue;
    const { kind, says } = kubectlUse(words);
    if (kind === 'writes') {
      if (hasRead) notes.add(READS_BETWEEN);
      hasWritten = true;
    } else if (hasWritten) {
      hasRead ||= kind === 'reads';
      waits ||= kind === 'waits';
      if (kind === 'waits') notes.add(untrueBehindWrite(says));
    }
  }
  return {
    notes: [...notes].slice(0, MAX_NOTES),
    ...(waits ? { waits: true } : {}),
  };
}

function untrueBehindWrite(says: string): string {
  return `What ${says} answers after a write is not shown: in a dry run nothing was written, so it would be untrue.`;
}
