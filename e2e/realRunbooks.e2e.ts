import { expect, test } from '@playwright/test';
import type {
  EntityRunbooks,
  Parameter,
  ParameterType,
  PlannedStep,
  ProcedureView,
} from '../plugins/runbooks-common/src';
import { beginAfresh } from './cluster';
import { BY_HAND, DrivenRun, type DrivenStep } from './drive';
import { askBackend, type DemoPerson } from './portal';

/**
 * Every procedure of five real documents, read unchanged, on the systems that they describe in the demo cluster: each
 * is driven to its end through the portal's API by the people who own the service. The documents lie outside the
 * repository; the portal of the tests attaches them as the components `real-000` to `real-004`.
 *
 * Many of their steps cannot succeed here: scripts and charts that they call are not part of the document, and the demo
 * has other names. What must hold is that each step comes to an end that a person understands: it ran, it failed with
 * the words of its own command, or it is by hand, with a reason where it is a command. Nothing is approved in vain: the
 * gateway refuses no call of a step that was approved.
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
  test(`${component}: every procedure of a real document comes to an end that a person understands`, async () => {
    const views = await proceduresOf(component, system.requester);
    expect(views.length).toBeGreaterThan(0);
    for (const view of views) {
      beginAfresh(system.examples);
      const ends = await endsOf(component, view, system);
      process.stdout.write(tableOf(component, view, ends));
      expect(
        ends.filter(end => end.kind === 'unclear'),
        view.procedure.title,
      ).toEqual([]);
    }
  });
}

type End =
  | { kind: 'ran'; step: string }
  | { kind: 'failed'; step: string; because: string }
  | { kind: 'by hand'; step: string; because: string }
  | { kind: 'unclear'; step: string; because: string };

async function proceduresOf(
  component: string,
  person: DemoPerson,
): Promise<ProcedureView[]> {
  const base = `entities/component/default/${component}/runbooks`;
  // The catalog reads one component after another.
  await expect
    .poll(async () => (await askBackend(person, base)).status, {
      timeout: 60_000,
    })
    .toBe(200);
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

async function endsOf(
  component: string,
  view: ProcedureView,
  system: System,
): Promise<End[]> {
  const run = await DrivenRun.start({
    entity: component,
    procedure: view,
    parameters: Object.fromEntries(
      view.parameters.map(one => [
        one.name,
        system.values[one.name] || one.value || sampleOf(one),
      ]),
    ),
    requester: system.requester,
    approver: system.approver,
  });
  const ends: End[] = [];
  for (const step of run.plan.steps) {
    ends.push(endOf(step, await run.run(step)));
  }
  await run.finish();
  return ends;
}

function endOf(step: PlannedStep, { state, output }: DrivenStep): End {
  const number = step.id.slice(step.id.lastIndexOf('/') + 1);
  if (state.status === 'confirmed') {
    const because =
      step.manualBecause ?? (step.commands.length > 0 ? '' : 'prose');
    return {
      kind: because === '' ? 'unclear' : 'by hand',
      step: number,
      because: because || 'a command that nobody says why it is by hand',
    };
  }
  if (state.status === 'skipped') {
    const because = BY_HAND.exec(state.reason)?.[1];
    return because
      ? { kind: 'by hand', step: number, because }
      : { kind: 'unclear', step: number, because: state.reason };
  }
  const refused = /runbooks gateway refused[^\n]*/.exec(output)?.[0];
  if (refused !== undefined && 'approval' in state && state.approval) {
    return { kind: 'unclear', step: number, because: refused };
  }
  if (state.status === 'succeeded') return { kind: 'ran', step: number };
  if (state.status === 'failed' && (state.result.verdict || output.trim())) {
    return { kind: 'failed', step: number, because: lastLineOf(output) };
  }
  return { kind: 'unclear', step: number, because: state.status };
}

function tableOf(component: string, view: ProcedureView, ends: End[]): string {
  const count = (kind: End['kind']) =>
    ends.filter(end => end.kind === kind).length;
  const title = `${component} ${view.procedure.title}`;
  const counts = `${count('ran')} ran, ${count('failed')} failed, ${count(
    'by hand',
  )} by hand`;
  const lines = ends.flatMap(end =>
    'because' in end && end.because !== 'prose'
      ? [`    ${end.step} ${end.kind}: ${end.because}\n`]
      : [],
  );
  return `  ${title}: ${counts}\n${lines.join('')}`;
}

function lastLineOf(output: string): string {
  return (output.trim().split('\n').pop() ?? '').slice(0, 120);
}

function sampleOf({ type }: Parameter): string {
  return SAMPLES[type] ?? 'some-name';
}
