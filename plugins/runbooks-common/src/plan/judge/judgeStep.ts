import type { Effect, JudgedEffect } from '../../effect';
import { PARAMETER_PREFIX } from '../../shell/parameterName';
import { isWorse } from '../../shell/effects/verdict';
import type { BoundReading } from '../../shell/judgeBoundText';
import type { ShellCommand } from '../../shell/model';
import type { SeenCall } from '../../shell/judgeCall';
import type { Scope } from '../../scope/model';
import type {
  AllowedWrites,
  ExecutorInventory,
  FileReach,
  SecretReads,
  StepVerdict,
} from '../model';
import { decidingSecrets } from './decidingSecrets';
import { execRefused } from './execRefused';
import { fileReachOf } from './fileReachOf';
import { foreignSettings } from './foreignSettings';
import { impossibleBecause } from './impossibleBecause';
import { kubectlWordsOf } from './kubectlWords';
import { filesMade, missingFile } from './missingFile';
import { openVariables } from './openVariables';
import { outsideScope } from './outsideScope';
import { proxyRefused } from './proxyRefused';
import { readWithFiles } from './readWithFiles';
import { secretReadsOf } from './secretReadsOf';
import { writesOf } from './writesOf';

/** Everything that a step is judged with. @public */
export interface JudgeStepInput {
  /** What bash is given: placeholders rewritten to expansions. */
  text: string;
  /**
   * Values by environment name: parameters under the product's prefix, and carried variables that are known. Secret
   * values are not among them: they are `hidden`.
   */
  environment: Readonly<Record<string, string>>;
  /** Variables that have no value yet, because an earlier step leaves them. */
  waiting: readonly string[];
  /** Variables whose value is secret: judged as if it could be anything. */
  hidden: readonly string[];
  /** Text of a file of the workspace by its path from the root; undefined where there is none, or it is not text. */
  fileText(path: string): string | undefined;
  /** Whether a file or folder is at a path from the root of the workspace; nothing is missing without it. */
  isThere?(path: string): boolean;
  /** The links of the workspace and where each says that it leads; undefined where they are too many to be told. */
  links?(): ReadonlyMap<string, string> | undefined;
  /** Files that earlier steps may still make; none by default. */
  made?: FileReach;
  inventory: ExecutorInventory;
  observeOnly: boolean;
  scope: Scope;
  /** Default namespace of kubectl. */
  namespace: string;
  /** Where it may begin, from the root of the workspace: `['']` is the root; undefined where that is not known. */
  folders?: readonly string[];
}

/** A verdict, and where the step may end: where the one after it may begin. @public */
export interface JudgedStep extends StepVerdict {
  folders?: readonly string[];
  /** Variables that it gives a value. */
  assigns: string[];
  /** Files that it may make. */
  makes: FileReach;
  /** Files of the workspace that it runs as scripts. */
  runs: string[];
  /** Why it cannot run, wherever it may go. */
  elsewhere?: string;
}

const NO_WRITES: AllowedWrites = { kind: 'none' };
const NO_FILES: FileReach = { kind: 'known', paths: [] };
const NO_SECRETS: SecretReads = { kind: 'none' };

/**
 * Judges a step by the words that bash gets, values put in: zero in any spelling, a kind that is Secrets, a flag's
 * value that makes a read a write. Scripts and manifests of the workspace that it names are read too.
 *
 * Never throws and never gives the benefit of the doubt: what cannot be told is `unknown`, may read any Secret, open
 * any file and write anywhere in the scope. What can never run, whatever is approved, is `impossible`, with the reason:
 * for the executor, the scope, a file that is missing, a server that nobody knows, or a secret value that nobody who
 * approves may see.
 *
 * @public
 */
export function judgeStep(input: JudgeStepInput): JudgedStep {
  const { reading, asIs, fileText, swaps } = readWithFiles(
    input.text,
    {
      environment: input.environment,
      untold: new Set([...input.waiting, ...input.hidden]),
      fileText: path => input.fileText(path),
      folders: input.folders,
    },
    input.links && (() => input.links?.()),
  );
  const waiting = new Set(input.waiting);
  const { unknown } = reading;
  const { effect, because } = withUnknown(
    worseOf(careful(asIs, waiting), careful(reading, waiting)),
    unknown,
  );
  const judged: BoundReading = { ...reading, effect, because };
  const writes = writesOf(judged, input.scope, input.namespace);
  const secrets: SecretReads = reading.isRead
    ? secretReadsOf(reading.calls, input.namespace)
    : { kind: 'any' };
  const scripts = textsIn(reading, fileText);
  const elsewhere =
    elsewhereOf(reading, scripts, input) ??
    // What its files are now says as well where it can never run.
    (asIs === reading
      ? undefined
      : elsewhereOf(
          asIs,
          textsIn(asIs, path => input.fileText(path)),
          input,
        ));
  const impossible =
    elsewhere ??
    (input.observeOnly
      ? onlyObserves(effect, because, writes)
      : outsideScope(writes, reading.calls, input.scope, input.namespace) ??
        execRefused(writes) ??
        proxyRefused(reading.calls));
  const open = openVariables(reading, waiting);
  return {
    effect,
    because,
    ...(unknown === undefined ? {} : { unknown }),
    commands: reading.commands.map(toPlanned),
    secrets:
      input.observeOnly && impossible !== undefined ? NO_SECRETS : secrets,
    writes: input.observeOnly ? NO_WRITES : writes,
    open,
    variables: reading.reads.filter(name => !name.startsWith(PARAMETER_PREFIX)),
    files: fileReachOf(reading, [input.text, ...scripts]),
    ...(swaps.length > 0 ? { swaps } : {}),
    // What stands open may turn out to be possible: it is asked again when it is known.
    ...(impossible === undefined ? {} : { impossible }),
    assigns: reading.assigns,
    makes: filesMade(reading),
    runs: scriptsIn(asIs),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(reading.folders ? { folders: reading.folders } : {}),
  };
}

/** What cannot be told is named before what is known: of both the second may not be what happens. */
function withUnknown(
  { effect, because }: JudgedEffect,
  unknown: string | undefined,
): JudgedEffect {
  return unknown === undefined || unknown === because
    ? { effect, because }
    : { effect, because: `${unknown}; ${because}` };
}

function worseOf(a: JudgedEffect, b: JudgedEffect): JudgedEffect {
  return isWorse(a.effect, b.effect) ? a : b;
}

function toPlanned({ text, line, effect, because }: ShellCommand) {
  return { text, line, effect, because };
}

/** Why it cannot run, wherever it may go. */
function elsewhereOf(
  reading: BoundReading,
  scripts: readonly string[],
  input: JudgeStepInput,
): string | undefined {
  return (
    impossibleBecause(reading.calls, input.text, input.inventory) ??
    foreignSettings(reading.calls, [input.text, ...scripts], input.inventory) ??
    missingFile(reading, input.text, { made: NO_FILES, ...input }) ??
    decidingSecrets(reading, input.text, input.hidden, scripts)
  );
}

/** The texts of the scripts of the workspace that it runs. */
function textsIn(
  reading: BoundReading,
  fileText: JudgeStepInput['fileText'],
): string[] {
  return scriptsIn(reading).flatMap(path => fileText(path) ?? []);
}

function scriptsIn(reading: BoundReading): string[] {
  return [...new Set(reading.calls.flatMap(call => call.inScripts))];
}

function onlyObserves(
  effect: Effect,
  because: string,
  writes: AllowedWrites,
): string | undefined {
  const looks = effect === 'read' || effect === 'local';
  if (looks && writes.kind === 'none') return undefined;
  return `this document only observes: ${because}`;
}

/** What is worked out when it runs, or is secret, may be zero or remove something. */
function careful(
  reading: BoundReading,
  waiting: ReadonlySet<string>,
): JudgedEffect {
  const worse =
    reading.effect === 'destructive'
      ? undefined
      : reading.calls.find(call => mayDestroy(call, waiting));
  return worse
    ? {
        effect: 'destructive',
        because: `${worse.verdict.because}; a value in it is known only when it runs, and may stop or delete what is there`,
      }
    : { effect: reading.effect, because: reading.because };
}

function mayDestroy(call: SeenCall, waiting: ReadonlySet<string>): boolean {
  if (call.verdict.effect !== 'change') return false;
  const kubectl = kubectlWordsOf(call);
  if (!kubectl || !/^(?:scale|patch)$/.test(kubectl.verb.value)) return false;
  if (kubectl.options.unclear) return true;
  return kubectl.options
    .all('replicas', 'patch', 'p', 'patch-file')
    .flatMap(({ value }) => value ?? [])
    .some(
      ({ value, certainty, alternatives }) =>
        certainty !== 'exact' && !alternatives && !isWaiting(value, waiting),
    );
}

function isWaiting(value: string, waiting: ReadonlySet<string>): boolean {
  return [...value.matchAll(/\$\{?([A-Za-z_]\w*)/g)].some(([, name]) =>
    waiting.has(name),
  );
}
