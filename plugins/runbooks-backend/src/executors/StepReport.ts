import {
  failedCall,
  type CarriedVariable,
  type StatementLines,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { StepExecutionResult } from '@backstage-runbooks/plugin-runbooks-node';
import { INSIDE } from './sandboxScripts';

const MAX_REPORT_BYTES = 4 * 1024 * 1024;
/** Longest text of a command that is said to have failed. */
const MAX_FAILED_LENGTH = 500;
/** Failures of kubectl and helm in one piece that are compared with the text, each once. */
const MAX_TOLD = 500;
/** Its report is one write of a FIFO; longer records are no reports. */
const MAX_TOLD_LENGTH = 4096;
/** What cannot be looked at further counts as failed. */
const TOO_MANY = `${MAX_TOLD} other commands failed before: which of them the step handles is not looked at further`;
/** The first byte of the report of a step that has begun. */
const START = 'R'.charCodeAt(0);

const HIDDEN =
  'programs take settings from files with a dot in front, so each step begins without any';
const NOT_COPIED = 'some of its files could not be copied';

/** Variables and working directory as the step left them. */
export interface ReportedState {
  /** All of that shell, those of bash itself included. */
  variables: Record<string, CarriedVariable>;
  /** Names of arrays. */
  arrays: string[];
  /** Relative to the workspace; '' where it was left. */
  workingDirectory: string;
}

/**
 * What a step says about itself through its private FIFO: that it started, how its pieces ended, what it leaves.
 *
 * The step can write anything there, so nothing here is believed about anything but the step itself: records that are
 * not well formed are dropped, and more than 4 MiB are not read.
 */
export class StepReport {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #read: { bytes: number; records: readonly string[] } | undefined;
  #hasStarted = false;
  readonly #onStart: () => void;

  /** @param onStart - Called when the sandbox is ready and bash is about to read the step's text. */
  constructor(onStart: () => void) {
    this.#onStart = onStart;
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  push(chunk: Buffer): void {
    if (this.#bytes === 0 && chunk.length >= 1 && chunk[0] === START) {
      this.#hasStarted = true;
      this.#onStart();
    }
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_REPORT_BYTES) this.#chunks.push(chunk);
  }

  /** Bash could not read the text, so nothing of it was run. */
  isUnreadable(): boolean {
    return this.#records()[0] === 'N';
  }

  /** How the pieces of the text ended, in the order of the text; pieces that were not reached are missing. */
  commands(pieces: readonly StatementLines[]): StepExecutionResult['commands'] {
    const exitCodes = this.#exitCodes(pieces);
    const failures = this.#failures();
    const failedTools = this.#failedTools(pieces);
    return pieces.flatMap(({ line, text }, index) => {
      const tool = failedTools.get(index + 1);
      const exitCode = exitCodes.get(index + 1) ?? tool?.exitCode;
      const failed = failures.get(index + 1) ?? tool?.text;
      return exitCode === undefined
        ? []
        : [{ line, text, exitCode, ...(failed ? { failed } : {}) }];
    });
  }

  /** The exit code of the command that a step was stopped at, because it failed. */
  stoppedWith(): number | undefined {
    const record = this.#records().find(text => /^Q[1-9]\d{0,2}$/.test(text));
    return record === undefined ? undefined : Number(record.slice(1));
  }

  /** What was in the step's home and is not kept, with the reason. */
  droppedFiles(): StepExecutionResult['dropped'] {
    const records = new Set(this.#records());
    return [...records].flatMap(record => {
      if (record === 'K') return [{ name: '~', because: NOT_COPIED }];
      return /^H[^\n]{1,255}$/.test(record)
        ? [{ name: `~/${record.slice(1)}`, because: HIDDEN }]
        : [];
    });
  }

  /** The first command that failed, by number of the piece: `F3=1:kubectl get pods`. */
  #failures(): Map<number, string> {
    const failures = new Map<number, string>();
    for (const record of this.#records()) {
      const match = /^F(\d+)=\d+:\s*([^\n]{1,500})/.exec(record);
      if (match && !failures.has(Number(match[1]))) {
        failures.set(Number(match[1]), match[2].trimEnd());
      }
    }
    return failures;
  }

  /**
   * The first kubectl or helm of each piece that told a failure which counts: `W1:kubectl<US>get<US>pods`. It is told
   * while its piece runs; where bash announces a piece late, as a subshell, just before.
   */
  #failedTools(
    pieces: readonly StatementLines[],
  ): Map<number, { exitCode: number; text: string }> {
    const failed = new Map<number, { exitCode: number; text: string }>();
    const all = pieces.flatMap(({ calls }) => calls);
    let current = 0;
    let seen = new Set<string>();
    for (const record of this.#records()) {
      const entered = /^[SU]\d+:([1-9]\d*)=\d+$/.exec(record);
      if (entered && Number(entered[1]) > current) {
        current = Number(entered[1]);
        seen = new Set();
      }
      if (record.length > MAX_TOLD_LENGTH || failed.has(current)) continue;
      const told = /^W(\d{1,3}):(.+)$/s.exec(record);
      if (!told || seen.has(record)) continue;
      const exitCode = Number(told[1]);
      if (seen.size >= MAX_TOLD) {
        const text = told[2].replaceAll('\x1f', ' ').slice(0, 100);
        failed.set(current, { exitCode, text: `${text} (${TOO_MANY})` });
        continue;
      }
      seen.add(record);
      const near = pieces
        .slice(Math.max(current - 1, 0), current + 1)
        .flatMap(({ calls }) => calls);
      const call = failedCall(told[2].split('\x1f'), exitCode, { near, all });
      if (!call) continue;
      const piece = pieces.findIndex(({ calls }) => calls.includes(call)) + 1;
      const text = call.text.split('\n', 1)[0].slice(0, MAX_FAILED_LENGTH);
      if (!failed.has(piece)) failed.set(piece, { exitCode, text });
    }
    return failed;
  }

  /** What the step leaves; undefined where it did not come to an end of its own. */
  state(): ReportedState | undefined {
    const records = this.#records();
    const end = records.lastIndexOf('X');
    const start = records.findLastIndex(
      (record, index) => index < end && record.startsWith('D'),
    );
    if (start < 0) return undefined;
    const variables: Record<string, CarriedVariable> = {};
    const arrays: string[] = [];
    for (const record of records.slice(start + 1, end)) {
      const match = /^V(\+?)([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(record);
      if (match) {
        variables[match[2]] = { value: match[3], exported: match[1] === '+' };
      }
      const array = /^A([A-Za-z_][A-Za-z0-9_]*)$/.exec(record);
      if (array) arrays.push(array[1]);
    }
    return {
      variables,
      arrays,
      workingDirectory: directoryInWorkspace(records[start].slice(1)),
    };
  }

  /**
   * Exit codes by number of the piece, from 1. `S1:3=0` says that piece 3 begins and the piece right before it ended
   * with 0; `U1:3=0` that piece 3, a subshell, has itself ended with 0; `E1=2` that something in piece 1 ended with 2.
   */
  #exitCodes(pieces: readonly StatementLines[]): Map<number, number> {
    const exitCodes = new Map<number, number>();
    const failures = new Map<number, number>();
    let reached = 0;
    for (const record of this.#records()) {
      const failed = /^E(\d+)=(\d+)$/.exec(record);
      if (failed) failures.set(Number(failed[1]), Number(failed[2]));
      const entered = /^([SU])(\d+):(\d+)=(\d+)$/.exec(record);
      if (!entered) continue;
      const isSubshell = entered[1] === 'U';
      const [from, to, status] = entered.slice(2).map(Number);
      // Bash never goes back: each piece is looked at once or twice, however much a step reports.
      if (from < reached) continue;
      reached = to === 0 ? from + 1 : Math.max(from, to - 1);
      const next = to === 0 ? lastPiece(from, pieces) + 1 : to;
      const last = isSubshell ? to : next - 1;
      const end = Math.min(last, pieces.length);
      for (let piece = Math.max(from, 1); piece <= end; piece += 1) {
        const failure = piece === from ? failures.get(from) : undefined;
        exitCodes.set(piece, piece === last ? status : failure ?? 0);
      }
    }
    return exitCodes;
  }

  #records(): readonly string[] {
    if (this.#read?.bytes !== this.#bytes) {
      const text = Buffer.concat(this.#chunks).toString('utf8');
      const records = text.split('\0').slice(0, -1);
      this.#read = { bytes: this.#bytes, records };
    }
    return this.#read.records;
  }
}

/** Definitions of functions: bash does not announce them. */
const UNANNOUNCED = /^(function\s|[\w-]+\s*\(\s*\))/;
const LEAVES = /\b(exit|exec)\b/;

/** The piece that was last when the shell ended: the one last announced, or unannounced ones right behind it. */
function lastPiece(from: number, pieces: readonly StatementLines[]): number {
  let last = from;
  if (from > 0 && LEAVES.test(pieces[from - 1]?.text ?? '')) return last;
  while (UNANNOUNCED.test(pieces[last]?.text ?? '')) last += 1;
  return last;
}

function directoryInWorkspace(directory: string): string {
  const prefix = `${INSIDE.workspace}/`;
  if (!directory.startsWith(prefix)) return '';
  const relative = directory.slice(prefix.length);
  const isPlain = relative
    .split('/')
    .every(part => part !== '' && part !== '.' && part !== '..');
  return isPlain && relative.length < 4096 ? relative : '';
}
