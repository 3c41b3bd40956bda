import { expect, test } from '@playwright/test';
import type {
  EntityRunbooks,
  Parameter,
  ParameterType,
  PlannedStep,
  ProcedureView,
} from '../plugins/runbooks-common/src';
import { beginAfresh } from './cluster';
import { DrivenRun, type DrivenStep } from './drive';
import { askBackend, type DemoPerson } from './portal';
import { EXPECTED_ENDS, type ExpectedEnds } from './realRunbooks.expected';

/**
 * Every procedure of five real documents, read unchanged, on the systems that they describe in the demo cluster: each
 * is driven to its end through the portal's API by the people who own the service. The documents lie outside the
 * repository; the portal of the tests attaches them as the components `real-000` to `real-004`.
 *
 * What a step comes to is compared with what a person expects of it there. A step that ends otherwise than expected,
 * that the gateway refuses although it was approved, or that is by hand without a reason fails the test.
 */

interface System {
  examples: string;
  requester: DemoPerson;
  approver: DemoPerson;
  values: Record<string, string>;
}

const people = (name: string): DemoPerson => ({
  name,
  userRef: `user:default/${name.toLowerCase().replace(' ', '.')}`,
});

const SYSTEMS: Record<string, System> = {
  'real-000': {
    examples: 'trading-floor',
    requester: people('Marek Zielinski'),
    approver: people('Yuki Tanaka'),
    values: { NAME: 'strategy-engine', SERVICE: 'strategy-engine' },
  },
  'real-001': {
    examples: 'streamgate',
    requester: people('Ines Carvalho'),
    approver: people('Priya Raman'),
    values: {},
  },
  'real-002': {
    examples: 'todo-chatbot',
    requester: people('Omar Benali'),
    approver: people('Bea Fontaine'),
    values: {},
  },
  'real-003': {
    examples: 'fintech-services',
    requester: people('Maya Lindqvist'),
    approver: people('Tomas Okafor'),
    values: {},
  },
  'real-004': {
    examples: 'cicd-platform',
    requester: people('Hana Kobayashi'),
    approver: people('Sam Whitlock'),
    values: {},
  },
};

/** Where neither document, entity nor cluster gives a value. */
const SAMPLES: Partial<Record<ParameterType, string>> = {
  kind: 'deployment',
  replicas: '3',
  integer: '3',
  port: '8080',
  image: 'team/app:1.2.3',
  version: 'v1.2.3',
  duration: '5m',
  url: 'https://service.example/health',
  path: 'backup/dump.sql',
  secret: 'not-a-real-secret-4711',
};

test.describe.configure({ timeout: 1_500_000 });

for (const [component, system] of Object.entries(SYSTEMS)) {
  test(`${component}: every procedure of a real document runs to its end as a person expects`, async () => {
    const ends: ExpectedEnds = {};
    for (const view of await proceduresOf(component, system.requester)) {
      beginAfresh(system.examples);
      const { title } = view.procedure;
      ends[title] = await endsOf(component, title, view, system);
      process.stdout.write(
        `${component} ${title}\n${ends[title]
          .map(line => `    ${line}\n`)
          .join('')}`,
      );
    }
    expect(ends).toEqual(EXPECTED_ENDS[component]);
  });
}

async function proceduresOf(
  component: string,
  person: DemoPerson,
): Promise<ProcedureView[]> {
  const base = `entities/component/default/${component}/runbooks`;
  const { body } = await askBackend(person, base);
  const { runbooks, problems } = body as EntityRunbooks;
  expect(problems).toEqual([]);
  const own = runbooks.filter(runbook => !runbook.inheritedFrom);
  expect(own).toHaveLength(1);
  const views: ProcedureView[] = [];
  for (const { id } of own[0].procedures) {
    const route = `${base}/${own[0].id}/procedures/${encodeURIComponent(id)}`;
    views.push((await askBackend(person, route)).body);
  }
  return views;
}

/** One line per step: how it ended, and what it was. */
async function endsOf(
  component: string,
  title: string,
  view: ProcedureView,
  system: System,
): Promise<string[]> {
  const parameters = Object.fromEntries(
    view.parameters.map(one => [
      one.name,
      system.values[one.name] ?? one.value ?? sampleOf(one),
    ]),
  );
  const run = await DrivenRun.start({
    entity: component,
    procedure: title,
    parameters,
    requester: system.requester,
    approver: system.approver,
  });
  const lines: string[] = [];
  for (const step of run.plan.steps) {
    lines.push(lineOf(step, await run.run(step)));
  }
  await run.finish();
  return lines;
}

function lineOf(step: PlannedStep, { state, output }: DrivenStep): string {
  const number = step.id.slice(step.id.lastIndexOf('/') + 1);
  if (step.type !== 'command') {
    return `${number} by hand${
      step.manualBecause ? `: ${step.manualBecause}` : ''
    }`;
  }
  const refusal = /runbooks gateway refused[^\n]*?: ([^\n(]*)/.exec(output);
  const why =
    state.status === 'failed'
      ? `: ${refusal ? `refused, ${refusal[1].trim()}` : lastLineOf(output)}`
      : '';
  return `${number} ${state.status}${why}`;
}

/** The last line that says something, without what differs from run to run. */
function lastLineOf(output: string): string {
  const line = output.trim().split('\n').pop() ?? '';
  return line
    .replace(/-[a-f0-9]{8,10}-[a-z0-9]{5}\b/g, '-POD')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, 'ADDRESS')
    .replace(/\d+(\.\d+)?(ms|s)\b/g, 'TIME')
    .slice(0, 120);
}

function sampleOf({ type }: Parameter): string {
  return SAMPLES[type] ?? 'some-name';
}
