import { createHash } from 'node:crypto';
import type {
  EntityRef,
  ListRunsQuery,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Knex } from 'knex';
import { LedgerReader } from '../../ledger/LedgerReader';
import { DatabaseAttemptStore } from '../../runs/DatabaseAttemptStore';
import { DatabaseRunStore } from '../../runs/DatabaseRunStore';
import { encodeCursor } from '../../runs/cursor';
import type { ReadingHistory } from '../../runs/RunAccess';
import { RunLists } from '../../runs/RunLists';
import { SealedCursors } from '../../runs/SealedCursors';
import { SecretBox } from '../../workspaces/SecretBox';
import { HEADS } from '../heads';
import { OWNERSHIP } from '../ownership';
import { READ_STEP } from '../runs';
import {
  BUSY_APPROVER,
  BUSY_ENTITY,
  BUSY_PERSON,
  PERSON_WITHOUT_RUNS,
  PROCEDURE,
  QUIET_ENTITY,
} from './fillHistory';

/** One thing that people look at in the history. */
export interface HistoryCase {
  name: string;
  look(): Promise<unknown>;
}

const READER = 'user:default/reader';

const VIEWS: Record<string, ReadingHistory> = {
  'sees all': seeing(() => true),
  'sees a third': seeing(isOneOfThree),
  'sees one run': seeing(ref => ref === QUIET_ENTITY),
  'sees none': seeing(() => false),
};

const MONTH = {
  from: '2024-06-01T00:00:00.000Z',
  to: '2024-07-01T00:00:00.000Z',
};

const FILTERS: Record<string, Omit<ListRunsQuery, 'cursor' | 'limit'>> = {
  'no filter': {},
  'busiest person': { requestedBy: BUSY_PERSON },
  'person without runs': { requestedBy: PERSON_WITHOUT_RUNS },
  'common state': { state: 'succeeded' },
  'rare state': { state: 'interrupted' },
  procedure: { procedureId: PROCEDURE },
  'busiest approver': { approvedBy: BUSY_APPROVER },
  'approver of nothing': { approvedBy: PERSON_WITHOUT_RUNS },
  'busiest service, busiest approver': {
    entityRef: BUSY_ENTITY,
    approvedBy: BUSY_APPROVER,
  },
  'a month': MONTH,
  'a month before all': { to: '2023-12-01T00:00:00.000Z' },
  'busiest service, a month': { entityRef: BUSY_ENTITY, ...MONTH },
  'busiest approver, a month': { approvedBy: BUSY_APPROVER, ...MONTH },
  'busiest person, a month': { requestedBy: BUSY_PERSON, ...MONTH },
  'success with a shortfall': { result: 'shortfall' },
  'rolled back': { result: 'rolled-back' },
  'busiest service, rolled back': {
    entityRef: BUSY_ENTITY,
    result: 'rolled-back',
  },
  'busiest person, rare state': { requestedBy: BUSY_PERSON, state: 'running' },
  'busiest person, procedure': {
    requestedBy: BUSY_PERSON,
    procedureId: PROCEDURE,
  },
  'procedure, rare state': { procedureId: PROCEDURE, state: 'running' },
  'person, procedure, state': {
    requestedBy: BUSY_PERSON,
    procedureId: PROCEDURE,
    state: 'failed',
  },
  'busiest service': { entityRef: BUSY_ENTITY },
  'busiest service, busiest person': {
    entityRef: BUSY_ENTITY,
    requestedBy: BUSY_PERSON,
  },
  'busiest service, person without runs': {
    entityRef: BUSY_ENTITY,
    requestedBy: PERSON_WITHOUT_RUNS,
  },
  'busiest service, rare state': { entityRef: BUSY_ENTITY, state: 'running' },
  'busiest service, procedure': {
    entityRef: BUSY_ENTITY,
    procedureId: PROCEDURE,
  },
  'busiest service, procedure, rare state': {
    entityRef: BUSY_ENTITY,
    procedureId: PROCEDURE,
    state: 'interrupted',
  },
};

/** Where pages begin: the newest, in the middle, among the oldest. */
const PAGES: Record<string, string | undefined> = {
  'first page': undefined,
  'page in the middle': '2024-12-30T12:00:00.000Z',
  'last page': '2024-01-01T02:00:00.000Z',
};

/** Every filter and page of every route of history, as people with few and with many permissions look at them. */
export function historyCases(knex: Knex): HistoryCase[] {
  const store = new DatabaseRunStore(knex, HEADS);
  const box = new SecretBox(Buffer.alloc(32, 7));
  const runLists = new RunLists({
    runs: store,
    ownership: OWNERSHIP,
    box,
    clock: { now: async () => new Date() },
  });
  const cursors = new SealedCursors(box);
  const lists = Object.entries(FILTERS).flatMap(([filter, query]) =>
    Object.entries(PAGES).flatMap(([page, startedAt]) =>
      Object.entries(VIEWS).map(([view, reading]) => ({
        name: `${filter}; ${page}; ${view}`,
        look: () =>
          runLists.list(
            {
              ...query,
              ...(startedAt === undefined
                ? {}
                : {
                    cursor: cursors.seal(
                      encodeCursor(startedAt, runIdOf(0)),
                      READER,
                    ),
                  }),
            },
            READER,
            reading,
          ),
      })),
    ),
  );
  return [...lists, ...casesOfARun(knex, store), ...approvalCases(store)];
}

function casesOfARun(knex: Knex, store: DatabaseRunStore): HistoryCase[] {
  const ledgers = new LedgerReader({ knex, macs: HEADS, publicKeys: [] });
  const attempts = new DatabaseAttemptStore(knex);
  let looked = 0;
  const next = () => runIdOf((looked += 1));
  return [
    { name: 'one run', look: () => store.get(next()) },
    { name: 'its ledger', look: () => ledgers.read(next()) },
    {
      name: 'its output',
      look: () =>
        attempts.readOutput(
          { runId: next(), stepId: READ_STEP.id, attempt: 1 },
          0,
          512 * 1024,
        ),
    },
    {
      name: 'its calls',
      look: () =>
        attempts.calls({ runId: next(), stepId: READ_STEP.id, attempt: 1 }),
    },
  ];
}

function approvalCases(store: DatabaseRunStore): HistoryCase[] {
  const at = new Date();
  const approvals = async (mine: (ref: EntityRef) => boolean) => {
    const entityRefs = (await store.waitingEntities(at)).filter(mine);
    return store.waiting({
      entityRefs,
      runEntityRefs: await store.waitingRunEntities(entityRefs, at),
      accounts: [READER],
      at,
      limit: 100,
    });
  };
  return [
    {
      name: 'approvals of the busiest service',
      look: () => approvals(ref => ref === BUSY_ENTITY),
    },
    {
      name: 'approvals of a third of all',
      look: () => approvals(isOneOfThree),
    },
  ];
}

/** As `fillHistory` numbers them. */
function runIdOf(n: number): string {
  const hex = createHash('md5')
    .update(`run ${n + 1}`)
    .digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function seeing(isVisible: (entityRef: EntityRef) => boolean): ReadingHistory {
  return async refs => ({
    all: [...refs].filter(isVisible),
    own: [],
    gone: new Set(),
  });
}

function isOneOfThree(entityRef: EntityRef): boolean {
  return Number(entityRef.replace(/\D/g, '')) % 3 === 1;
}
