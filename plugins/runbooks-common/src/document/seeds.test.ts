import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Procedure, Runbook } from './model';
import { readRunbook } from './readRunbook';

/**
 * Reads real runbooks that lie outside the repository and compares what comes out with what people expect of them.
 * `RUNBOOKS_SEEDS` names the folder; the expectations lie beside it in `expectations/seeds.json`.
 */
const repository = resolve(__dirname, '../../../..');
const seeds =
  process.env.RUNBOOKS_SEEDS ?? resolve(repository, '../shared/seeds');
const expectationsFile = resolve(seeds, '../expectations/seeds.json');

interface ExpectedProcedure {
  title: string;
  kinds: string[];
  prerequisites?: boolean;
  successCriteria?: boolean;
  doneCriteria?: boolean;
  expectedResults?: boolean;
  rollback?: boolean;
  symptoms?: boolean;
  schedule?: boolean;
  verification?: boolean;
  caution?: boolean;
  risk?: string;
  authorization?: string;
  steps?: { min: number };
}

interface Counted {
  min?: number;
  exactly?: number;
}

interface ExpectedDocument {
  file: string;
  observeOnly: boolean;
  procedures: ExpectedProcedure[];
  noneMayBe?: string[];
  parameters?: string[];
  expectations?: Counted;
  alerts?: Counted;
  severities?: Counted;
  escalation?: Counted;
  rotations?: Counted;
  contacts?: Counted;
  dashboards?: Counted;
  contactsArePlaceholders?: boolean;
  version?: string;
  owner?: string;
  lastUpdated?: string;
  reviewSchedule?: string;
}

const documents: ExpectedDocument[] = existsSync(expectationsFile)
  ? JSON.parse(readFileSync(expectationsFile, 'utf8')).documents
  : [];

describe('real runbooks', () => {
  if (documents.length === 0) {
    it('are not on this machine, which only a machine that is not CI may say', () => {
      // eslint-disable-next-line no-console
      console.warn(
        `No runbooks at ${seeds}; set RUNBOOKS_SEEDS to check against them.`,
      );
      expect(process.env.CI).not.toBe('true');
    });
    return;
  }

  describe.each(documents)('$file', expected => {
    const runbook = readRunbook(
      readFileSync(resolve(seeds, expected.file), 'utf8'),
      expected.file,
    );

    it('holds the procedures that a person would start, with their kinds', () => {
      const missing = expected.procedures.filter(
        wanted => !findProcedure(runbook, wanted),
      );
      expect(missing).toEqual([]);
    });

    it('holds few procedures that nobody would start', () => {
      const surplus = runbook.procedures.length - expected.procedures.length;
      expect(surplus).toBeLessThanOrEqual(expected.procedures.length / 5);
    });

    it.each(expected.procedures)(
      'reads what "$title" says about itself',
      wanted => {
        expect(missedFacts(findProcedure(runbook, wanted)!, wanted)).toEqual(
          [],
        );
      },
    );

    it('promises what it promises about changes', () => {
      expect(runbook.observeOnly).toBe(expected.observeOnly);
      const effects = runbook.procedures
        .flatMap(stepsOf)
        .filter(({ type }) => type === 'command')
        .map(({ effect }) => effect as string);
      expect(
        effects.filter(effect => expected.noneMayBe?.includes(effect)),
      ).toEqual([]);
    });

    it('has the parameters and facts that the document writes down', () => {
      expect(missedDocumentFacts(runbook, expected)).toEqual([]);
    });
  });
});

function findProcedure(
  runbook: Runbook,
  wanted: ExpectedProcedure,
): Procedure | undefined {
  return runbook.procedures.find(
    procedure =>
      bare(procedure.title) === bare(wanted.title) &&
      wanted.kinds.includes(procedure.kind),
  );
}

function bare(title: string): string {
  return title
    .replace(/^(?:type \d+|issue|problem|incident|runbook)\s*[:—-]\s*/i, '')
    .replace(/\s+runbook$/i, '')
    .toLowerCase();
}

function stepsOf(procedure: Procedure) {
  return procedure.phases.flatMap(({ steps }) => steps);
}

function hasPhase(procedure: Procedure, role: string): boolean {
  return procedure.phases.some(phase => phase.role === role);
}

function missedFacts(
  procedure: Procedure,
  wanted: ExpectedProcedure,
): string[] {
  const { metadata } = procedure;
  const has: Record<string, boolean> = {
    prerequisites:
      procedure.prerequisites.length > 0 ||
      hasPhase(procedure, 'prerequisites'),
    successCriteria: procedure.successCriteria.length > 0,
    doneCriteria: procedure.successCriteria.length > 0,
    expectedResults:
      procedure.successCriteria.length > 0 ||
      stepsOf(procedure).some(({ expectation }) => expectation),
    rollback: hasPhase(procedure, 'rollback'),
    symptoms: procedure.symptoms.length > 0,
    schedule: metadata.schedule !== undefined,
    verification: hasPhase(procedure, 'verification'),
    caution: Object.keys(metadata.other).some(key => /caution/i.test(key)),
    risk: (metadata.riskLevel ?? '').toLowerCase().includes(wanted.risk ?? ''),
    authorization: (metadata.authorization ?? '').includes(
      wanted.authorization ?? '',
    ),
    steps: stepsOf(procedure).length >= (wanted.steps?.min ?? 1),
  };
  return Object.keys(has).filter(
    fact => (fact === 'steps' || fact in wanted) && !has[fact],
  );
}

function missedDocumentFacts(
  runbook: Runbook,
  expected: ExpectedDocument,
): string[] {
  const missed: string[] = [];
  const parameters = new Set(
    runbook.procedures.flatMap(procedure =>
      procedure.parameters.map(({ name }) => name),
    ),
  );
  for (const name of expected.parameters ?? []) {
    if (!parameters.has(name)) missed.push(`parameter ${name}`);
  }
  const expectations = runbook.procedures
    .flatMap(stepsOf)
    .filter(({ expectation }) => expectation);
  const counts: Array<[string, number, Counted | undefined]> = [
    ['expectations', expectations.length, expected.expectations],
    ['alerts', runbook.alerts.length, expected.alerts],
    ['severities', runbook.severities.length, expected.severities],
    ['escalation', runbook.escalation.length, expected.escalation],
    ['rotations', runbook.rotations.length, expected.rotations],
    ['contacts', runbook.contacts.length, expected.contacts],
    ['dashboards', runbook.dashboards.length, expected.dashboards],
  ];
  for (const [name, count, wanted] of counts) {
    if (count < (wanted?.min ?? 0)) missed.push(`${name}: ${count}`);
    if (wanted?.exactly !== undefined && count !== wanted.exactly)
      missed.push(`${name}: ${count}`);
  }
  if (expected.contactsArePlaceholders && runbook.contacts.length > 0)
    missed.push('contacts');
  for (const fact of [
    'version',
    'owner',
    'lastUpdated',
    'reviewSchedule',
  ] as const) {
    if (
      expected[fact] !== undefined &&
      runbook.metadata[fact] !== expected[fact]
    ) {
      missed.push(`${fact}: ${runbook.metadata[fact]}`);
    }
  }
  return missed;
}
