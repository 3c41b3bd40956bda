import type { ApiCall, RunEvent } from '../run/model';
import { duplicateKey } from '../text';
import {
  checkpointFault,
  contentOf,
  type Checkpoint,
  type Tombstone,
  type TrustedKeys,
} from './checkpoint';
import { sha256Hex } from './digest';
import { GENESIS_HASH, type LedgerEntry } from './ledger';
import { RecordCheck } from './RecordCheck';

/**
 * One line of an export of evidence, in this order: the head line, all checkpoints, then of each run its events from
 * the first on, and calls and output of each of its attempts that have ended. A long list of calls and a long output
 * have several lines, one after the other.
 *
 * @public
 */
export type EvidenceLine =
  | {
      kind: 'export';
      version: 1;
      /** 'all': a run that is sealed and not in it is missing. */
      runs: 'all' | string[];
    }
  | ({ kind: 'checkpoint' } & Checkpoint)
  | ({ kind: 'event' } & Omit<LedgerEntry, 'event'>)
  | {
      kind: 'calls';
      runId: string;
      stepId: string;
      attempt: number;
      /** By time and id. */
      calls: ApiCall[];
    }
  | {
      kind: 'output';
      runId: string;
      stepId: string;
      attempt: number;
      text: string;
    };

/** What a check found. @public */
export type EvidenceVerdict =
  | {
      intact: true;
      runs: number;
      events: number;
      checkpoints: number;
      /** Runs that retention removed, with a signed tombstone. */
      removed: number;
      /** Events after the newest checkpoint that holds their run: chained, but not sealed yet. */
      unsealedEvents: number;
      /** Attempts that have ended, whose calls and output were there and have their digests. */
      attempts: number;
      calls: number;
      /** Hash of the newest checkpoint: keep it outside of the database. */
      head: string;
    }
  | {
      intact: false;
      /** Line of the export, from 1; 0 where something is missing altogether. */
      line: number;
      message: string;
    };

interface RunSoFar {
  count: number;
  lastHash: string;
  /** Sealed heads that are not reached yet, by event count. */
  sealed: Map<number, string>;
  highestSeal: number;
}

/**
 * Checks an export of evidence line by line: order, links and hashes of every ledger, links and signatures of the
 * checkpoints, that each sealed head is the one that the ledger has at that place, that no sealed run is missing, and
 * that calls and outputs are all there, with the digests that their events tell.
 *
 * It stops at the first broken link. Trusts no key but the given ones. Holds the heads of all runs, never the events.
 *
 * @public
 */
export class EvidenceCheck {
  readonly #keys: TrustedKeys;
  readonly #runs = new Map<string, RunSoFar>();
  readonly #removed = new Map<string, Tombstone>();
  #wanted: 'all' | ReadonlySet<string> = 'all';
  #line = 0;
  #fault: { line: number; message: string } | undefined;
  #previous: Checkpoint | undefined;
  #checkpoints = 0;
  #events = 0;
  #attempts = 0;
  #calls = 0;
  /** The run whose lines are being taken. */
  #current: { runId: string; records: RecordCheck } | undefined;

  constructor(keys: TrustedKeys) {
    this.#keys = keys;
  }

  /** Takes the next line. False once something is broken: further lines are not looked at. */
  take(text: string): boolean {
    if (this.#fault) return false;
    this.#line += 1;
    const message = this.#faultOf(text);
    if (message) this.#fault = { line: this.#line, message };
    return !this.#fault;
  }

  /** What was found, after the last line. */
  end(): EvidenceVerdict {
    const fault = this.#fault ?? this.#lastFault();
    if (fault) return { intact: false, ...fault };
    const runs = [...this.#runs.values()];
    return {
      intact: true,
      runs: runs.filter(run => run.count > 0).length,
      events: this.#events,
      checkpoints: this.#checkpoints,
      removed: this.#removed.size,
      unsealedEvents: runs.reduce(
        (sum, run) => sum + Math.max(0, run.count - run.highestSeal),
        0,
      ),
      attempts: this.#attempts,
      calls: this.#calls,
      head: this.#previous?.hash ?? GENESIS_HASH,
    };
  }

  #faultOf(text: string): string | undefined {
    const line = evidenceLine(text);
    if (!line) return 'this line is no evidence: it has no known shape';
    if (this.#line === 1) return this.#takeHead(line);
    switch (line.kind) {
      case 'checkpoint':
        return this.#takeCheckpoint(line);
      case 'event':
        return this.#takeEvent(line);
      case 'calls':
        this.#calls += line.calls.length;
        return this.#takeRecords(line);
      case 'output':
        return this.#takeRecords(line);
      default:
        return 'a second head of an export';
    }
  }

  #takeHead(line: EvidenceLine): string | undefined {
    if (line.kind !== 'export' || line.version !== 1) {
      return 'the first line is not the head of an export of version 1';
    }
    if (line.runs !== 'all' && !Array.isArray(line.runs)) {
      return 'the first line does not say which runs it holds';
    }
    this.#wanted = line.runs === 'all' ? 'all' : new Set(line.runs);
    return this.#wanted !== 'all' && this.#wanted.size === 0
      ? 'the first line names no run'
      : undefined;
  }

  #takeCheckpoint(
    line: Extract<EvidenceLine, { kind: 'checkpoint' }>,
  ): string | undefined {
    if (this.#events > 0) return 'a checkpoint stands behind events';
    const fault = checkpointFault(line, this.#previous, this.#keys);
    if (fault) return fault;
    const { number, heads, removed } = contentOf(line);
    for (const head of heads) {
      const run = this.#runOf(head.runId);
      if (head.eventCount <= run.highestSeal) {
        return `checkpoint ${number} seals run ${head.runId} with ${head.eventCount} events, after ${run.highestSeal} were sealed before`;
      }
      run.sealed.set(head.eventCount, head.hash);
      run.highestSeal = head.eventCount;
    }
    for (const tombstone of removed) {
      const { runId, eventCount, hash } = tombstone;
      const run = this.#runOf(runId);
      if (
        run.highestSeal !== eventCount ||
        run.sealed.get(eventCount) !== hash
      ) {
        return `checkpoint ${number} removes run ${runId} with ${eventCount} events, which are not those that were sealed`;
      }
      this.#removed.set(runId, tombstone);
    }
    this.#previous = line;
    this.#checkpoints += 1;
    return undefined;
  }

  #takeEvent(
    line: Extract<EvidenceLine, { kind: 'event' }>,
  ): string | undefined {
    const fault = this.#enter(line.runId);
    if (fault) return fault;
    const run = this.#runOf(line.runId);
    const place = `event ${run.count} of run ${line.runId}`;
    if (!this.#isWanted(line.runId)) {
      return `${place} is of a run that the first line does not name`;
    }
    if (line.seq !== run.count) {
      return `${place} is missing: found number ${line.seq} in its place`;
    }
    if (line.previousHash !== run.lastHash) {
      return `${place} does not follow the one before: its link is another hash`;
    }
    if (sha256Hex(line.text) !== line.hash) {
      return `${place} was changed: its text does not have its hash`;
    }
    const said = parsed(line.text);
    const event = said?.event as RunEvent | undefined;
    const isSame =
      said?.runId === line.runId &&
      said.seq === line.seq &&
      said.at === line.at;
    if (!isSame || !event) {
      return `${place} was changed: its text tells another place in the ledger`;
    }
    run.count += 1;
    run.lastHash = line.hash;
    this.#events += 1;
    this.#current?.records.takeEvent(event, line.seq);
    const sealed = run.sealed.get(run.count);
    run.sealed.delete(run.count);
    return sealed === undefined || sealed === line.hash
      ? undefined
      : `${place} is not the one that was sealed`;
  }

  #takeRecords(
    line: Extract<EvidenceLine, { kind: 'calls' | 'output' }>,
  ): string | undefined {
    const { runId, stepId, attempt } = line;
    if (this.#current?.runId !== runId) {
      return `${line.kind} of run ${runId} stand apart from its events`;
    }
    const { records } = this.#current;
    return line.kind === 'calls'
      ? records.takeCalls(stepId, attempt, line.calls)
      : records.takeOutput(stepId, attempt, line.text);
  }

  /** Begins a run, which ends the one before. */
  #enter(runId: string): string | undefined {
    if (this.#current?.runId === runId) return undefined;
    const fault = this.#leave();
    this.#current = { runId, records: new RecordCheck(runId) };
    return fault;
  }

  #leave(): string | undefined {
    if (!this.#current) return undefined;
    const { records } = this.#current;
    this.#current = undefined;
    this.#attempts += records.ended().length;
    return records.end()?.message;
  }

  #lastFault(): { line: number; message: string } | undefined {
    const message = this.#leave();
    return message === undefined
      ? this.#missing()
      : { line: this.#line, message };
  }

  /** What was sealed and is not there. */
  #missing(): { line: number; message: string } | undefined {
    if (this.#line === 0) return { line: 0, message: 'the export is empty' };
    for (const [runId, run] of this.#runs) {
      if (!this.#isWanted(runId) || this.#removed.has(runId)) continue;
      const [sealedCount] = run.sealed.keys();
      if (sealedCount === undefined) continue;
      return {
        line: 0,
        message:
          run.count === 0
            ? `run ${runId} is missing: it was sealed with ${run.highestSeal} events`
            : `the ledger of run ${runId} ends after ${run.count} events; ${run.highestSeal} were sealed`,
      };
    }
    const wanted = this.#wanted === 'all' ? [] : [...this.#wanted];
    const absent = wanted.find(
      runId => !this.#runs.get(runId)?.count && !this.#removed.has(runId),
    );
    return absent === undefined
      ? undefined
      : { line: 0, message: `run ${absent} is missing` };
  }

  #isWanted(runId: string): boolean {
    return this.#wanted === 'all' || this.#wanted.has(runId);
  }

  #runOf(runId: string): RunSoFar {
    let run = this.#runs.get(runId);
    if (!run) {
      run = {
        count: 0,
        lastHash: GENESIS_HASH,
        sealed: new Map(),
        highestSeal: 0,
      };
      this.#runs.set(runId, run);
    }
    return run;
  }
}

/** What a line must hold, by its kind: texts and whole numbers. */
const SHAPES: Record<
  string,
  { texts: string[]; numbers: string[]; others?: string[] }
> = {
  export: { texts: [], numbers: ['version'], others: ['runs'] },
  checkpoint: { texts: ['text', 'hash', 'signature'], numbers: [] },
  event: {
    texts: ['runId', 'at', 'text', 'hash', 'previousHash'],
    numbers: ['seq'],
  },
  calls: {
    texts: ['runId', 'stepId'],
    numbers: ['attempt'],
    others: ['calls'],
  },
  output: { texts: ['runId', 'stepId', 'text'], numbers: ['attempt'] },
};

/**
 * The line, where it has the shape of its kind and nothing else: what is not looked at, or stands twice, another reader
 * might take for evidence.
 */
function evidenceLine(text: string): EvidenceLine | undefined {
  const value = parsed(text);
  const kind = value?.kind;
  const shape =
    typeof kind === 'string' && Object.hasOwn(SHAPES, kind)
      ? SHAPES[kind]
      : undefined;
  const isShaped =
    shape?.texts.every(name => typeof value?.[name] === 'string') &&
    shape.numbers.every(name => Number.isInteger(value?.[name])) &&
    Object.keys(value ?? {}).every(name => isKnown(shape, name)) &&
    duplicateKey(text) === undefined;
  if (kind === 'calls' && !isListOfObjects(value?.calls)) return undefined;
  return isShaped ? (value as unknown as EvidenceLine) : undefined;
}

function isKnown(
  { texts, numbers, others = [] }: (typeof SHAPES)[string],
  name: string,
): boolean {
  return (
    name === 'kind' ||
    texts.includes(name) ||
    numbers.includes(name) ||
    others.includes(name)
  );
}

function isListOfObjects(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(item => typeof item === 'object' && item !== null)
  );
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
