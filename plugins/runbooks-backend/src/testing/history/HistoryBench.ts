import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { migrationsDirectory } from '../../database/openDatabase';
import { fillHistory, type HistorySize } from './fillHistory';
import { historyCases } from './historyCases';
import { plansOf } from './QueryPlans';

/** What is loaded and compiled at the first times is no look's work. */
const UNCOUNTED = 5;

/** What one case took and how Postgres did it. */
export interface HistoryFinding {
  name: string;
  /** By the clock. */
  took: Spread;
  /**
   * On a processor, in Postgres and here: what it takes where nobody else wants the machine. Missing where Linux does
   * not tell it of Postgres.
   */
  worked?: Spread;
  /** Kinds of nodes of the plans with what they read. */
  nodes: string[];
  /** Growing tables that are read from one end to the other. */
  scanned: string[];
  /** Rows of growing tables and of their indexes that were looked at. */
  rowsRead: number;
}

/** In milliseconds. */
export interface Spread {
  p50: number;
  p95: number;
}

/** Measures looks at a large history, one after the other. */
export class HistoryBench {
  readonly #knex: Knex;

  /** @param knex - With one connection, so that it is known which process of Postgres works. */
  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async fill(size: HistorySize): Promise<void> {
    await this.#knex.migrate.latest({ directory: migrationsDirectory() });
    await fillHistory(this.#knex, size);
  }

  /** Each case with `only` in its name, so many times, after a few that are not counted. */
  async *measure(times: number, only = ''): AsyncGenerator<HistoryFinding> {
    const { rows } = await this.#knex.raw('select pg_backend_pid() as pid');
    const worker = Number(rows[0].pid);
    const cases = historyCases(this.#knex);
    for (const { name, look } of cases.filter(one => one.name.includes(only))) {
      for (let n = 0; n < UNCOUNTED; n += 1) await look();
      const plans = await plansOf(this.#knex, look);
      const took: number[] = [];
      const worked: number[] = [];
      for (let n = 0; n < times; n += 1) {
        const before = await workedMs(worker);
        const began = performance.now();
        await look();
        took.push(performance.now() - began);
        const after = await workedMs(worker);
        if (before !== undefined && after !== undefined) {
          worked.push(after - before);
        }
      }
      yield {
        name,
        took: spreadOf(took),
        ...(worked.length === times ? { worked: spreadOf(worked) } : {}),
        nodes: [...new Set(plans.flatMap(plan => plan.nodes))],
        scanned: [...new Set(plans.flatMap(plan => plan.scanned))],
        rowsRead: plans.reduce((sum, plan) => sum + plan.rowsRead, 0),
      };
    }
  }
}

/** Time that this process and one of Postgres had a processor so far; undefined where it cannot be known. */
async function workedMs(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/schedstat`, 'utf8');
    const { user, system } = process.cpuUsage();
    return Number(stat.split(' ')[0]) / 1e6 + (user + system) / 1e3;
  } catch {
    return undefined;
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95) };
}
