import type {
  DocumentProblem,
  Effect,
  EntityRef,
  EntityRunbooks,
  ProcedureKind,
  ProcedureSummary,
  RunbookSummary,
} from '@backstage-runbooks/plugin-runbooks-common';
import { dayWords } from '../../words/timeWords';
import { kindWords } from '../../words/procedureWords';

/** What the person wants to see of the procedures. */
export interface ProcedureFilter {
  text: string;
  kind?: ProcedureKind;
}

/** The procedures of an entity, grouped by document, as the tab lists them. */
export interface ProcedureListView {
  documents: DocumentView[];
  /** Kinds that occur, those of most procedures first, with how many of each are found by the text. */
  kinds: Array<{ kind: ProcedureKind; label: string; count: number }>;
  total: number;
  /** How many are found by the text, of whatever kind. */
  found: number;
  shown: number;
}

export interface DocumentView {
  id: string;
  title: string;
  path: string;
  url?: string;
  /** "Owner Identity team", "updated 3 Nov 2026", ... */
  facts: string[];
  observeOnly: boolean;
  inheritedFrom?: EntityRef;
  /** Errors and warnings; notes are for authors and stay in the linter. */
  problems: DocumentProblem[];
  rows: ProcedureRow[];
}

export interface ProcedureRow {
  key: string;
  runbookId: string;
  procedureId: string;
  title: string;
  /** "Deployments > Canary" where headings above say more than the title. */
  context?: string;
  kind: string;
  effect: Effect;
  observeOnly: boolean;
  steps: number;
  lastRun?: ProcedureSummary['lastRun'];
}

/** Groups, filters and counts. Documents without a match are left out while something is searched. */
export function procedureList(
  runbooks: EntityRunbooks,
  filter: ProcedureFilter,
): ProcedureListView {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const isFiltered = words.length > 0 || filter.kind !== undefined;
  const all = runbooks.runbooks.flatMap(runbook => runbook.procedures);
  const found = runbooks.runbooks.flatMap(runbook =>
    runbook.procedures.filter(one => matches(one, runbook, words)),
  );
  const documents = runbooks.runbooks
    .map(runbook => documentView(runbook, words, filter.kind))
    .filter(document => !isFiltered || document.rows.length > 0);
  return {
    documents,
    kinds: kindCounts(all, found),
    total: all.length,
    found: found.length,
    shown: documents.reduce((sum, document) => sum + document.rows.length, 0),
  };
}

function documentView(
  runbook: RunbookSummary,
  words: string[],
  kind: ProcedureKind | undefined,
): DocumentView {
  return {
    id: runbook.id,
    title: runbook.title,
    path: runbook.path,
    url: runbook.url,
    facts: documentFacts(runbook),
    observeOnly: runbook.observeOnly,
    inheritedFrom: runbook.inheritedFrom,
    problems: runbook.problems.filter(one => one.severity !== 'note'),
    rows: runbook.procedures
      .filter(one => kind === undefined || one.kind === kind)
      .filter(one => matches(one, runbook, words))
      .map(one => procedureRow(one, runbook)),
  };
}

function procedureRow(
  procedure: ProcedureSummary,
  runbook: RunbookSummary,
): ProcedureRow {
  return {
    key: `${runbook.id}/${procedure.id}`,
    runbookId: runbook.id,
    procedureId: procedure.id,
    title: procedure.title,
    context: procedure.context.length
      ? procedure.context.join(' › ')
      : undefined,
    kind: kindWords(procedure.kind),
    effect: procedure.effect,
    observeOnly: procedure.observeOnly,
    steps: procedure.stepCount,
    lastRun: procedure.lastRun,
  };
}

function documentFacts(runbook: RunbookSummary): string[] {
  const { owner, version, lastUpdated } = runbook.metadata;
  return [
    owner && `Owner ${owner}`,
    version && `Version ${version}`,
    lastUpdated && `Updated ${readableDay(lastUpdated)}`,
  ].filter((fact): fact is string => Boolean(fact));
}

function readableDay(day: string) {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? dayWords(`${day}T12:00:00Z`) : day;
}

/** Every word must occur somewhere: title, headings above, what it is about, symptoms, kind or document. */
function matches(
  procedure: ProcedureSummary,
  runbook: RunbookSummary,
  words: string[],
) {
  if (words.length === 0) return true;
  const text = [
    procedure.title,
    ...procedure.context,
    procedure.summary ?? '',
    ...procedure.symptoms,
    kindWords(procedure.kind),
    runbook.title,
  ]
    .join(' ')
    .toLowerCase();
  return words.every(word => text.includes(word));
}

function kindCounts(all: ProcedureSummary[], found: ProcedureSummary[]) {
  return [...new Set(all.map(one => one.kind))]
    .map(kind => ({
      kind,
      label: kindWords(kind),
      count: countOf(kind, found),
      inAll: countOf(kind, all),
    }))
    .sort((a, b) => b.inAll - a.inAll || a.label.localeCompare(b.label))
    .map(({ kind, label, count }) => ({ kind, label, count }));
}

function countOf(kind: ProcedureKind, procedures: ProcedureSummary[]): number {
  return procedures.filter(one => one.kind === kind).length;
}
