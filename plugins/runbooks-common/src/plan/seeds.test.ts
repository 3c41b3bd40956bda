import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Parameter, ParameterType, Procedure } from '../document/model';
import { readRunbook } from '../document/readRunbook';
import type { ScopeGrant } from '../scope';
import { INVENTORY } from './testUtils/inventory';
import { makePlan } from './makePlan';
import type { Plan } from './model';

/**
 * Plans every procedure of real runbooks that lie outside the repository, as if each were attached to the component of
 * its system. `RUNBOOKS_SEEDS` names the folder; on CI it must be there.
 */
const folder =
  process.env.RUNBOOKS_SEEDS ??
  resolve(__dirname, '../../../../../shared/seeds');

/** The component of the examples that stands for the system of each document, by the number in its file name. */
const SYSTEMS: Record<string, { entityRef: string; namespace: string }> = {
  '000': {
    entityRef: 'component:default/strategy-engine',
    namespace: 'trading-floor',
  },
  '001': {
    entityRef: 'component:default/streamgate-api',
    namespace: 'streamgate',
  },
  '002': { entityRef: 'component:default/todo-frontend', namespace: 'default' },
  '003': {
    entityRef: 'component:default/auth-service',
    namespace: 'fintech-services',
  },
  '004': { entityRef: 'component:default/myapp-backend', namespace: 'prod' },
};

/** What the documents need outside of the namespace, as the demo grants it. */
const GRANTS: Record<string, ScopeGrant[]> = {
  '001': [
    {
      verbs: ['patch'],
      group: 'apps',
      resource: 'deployments',
      namespace: 'kube-system',
      names: ['metrics-server'],
    },
  ],
  '003': [
    {
      verbs: ['patch'],
      group: '',
      resource: 'nodes',
      namespace: '',
      names: ['*'],
    },
  ],
  '004': [
    {
      verbs: ['get'],
      group: '',
      resource: 'secrets',
      namespace: 'argocd',
      names: ['argocd-initial-admin-secret'],
    },
  ],
};

const SAMPLES: Partial<Record<ParameterType, string>> = {
  kind: 'deploy',
  replicas: '3',
  integer: '3',
  port: '8080',
  image: 'team/app:1.2.3',
  version: 'v1.2.3',
  duration: '5m',
  url: 'https://service.example/health',
  path: 'backup/dump.sql',
  secret: 'not-a-real-secret',
};

const isThere = existsSync(folder);
const files = isThere ? readdirSync(folder).sort() : [];

describe('real runbooks, attached to their systems', () => {
  it('are there: five of them; where the folder is missing, this is not run, but on CI it must be', () => {
    const isNeeded = isThere || process.env.CI === 'true';
    expect(files).toHaveLength(isNeeded ? 5 : 0);
  });

  for (const file of files) {
    const runbook = readRunbook(
      readFileSync(resolve(folder, file), 'utf8'),
      file,
    );
    for (const procedure of runbook.procedures) {
      it(`${file}: "${procedure.title}" is planned, and each step is run or done by hand for a reason`, () => {
        const { steps } = planOf(file, procedure);
        expect(steps.length).toBeGreaterThan(0);
        expect(
          steps.filter(
            step =>
              !(step.type === 'command' && isBash(step.text)) &&
              !step.manualBecause &&
              !(['manual', 'query', 'link'].includes(step.type) && step.title),
          ),
        ).toEqual([]);
        expect(
          steps.filter(
            step =>
              step.type === 'command' &&
              changes(step.effect) &&
              step.requires.kind === 'nothing',
          ),
        ).toEqual([]);
        // A drain evicts the pods of everybody: the gateway lets no run do that, so that a person does it.
        expect(
          steps.filter(
            step =>
              /outside the scope/.test(step.manualBecause ?? '') &&
              !/^kubectl drain /m.test(step.text),
          ),
        ).toEqual([]);
      });
    }
  }
});

function planOf(file: string, procedure: Procedure): Plan {
  const decision = makePlan({
    scope: {
      source: { kind: 'configuration', rule: 'test' },
      namespaces: [SYSTEMS[file.slice(0, 3)].namespace],
      reads: 'cluster',
      grants: GRANTS[file.slice(0, 3)] ?? [],
    },
    inventory: INVENTORY,
    fileText: () => undefined,
    ...SYSTEMS[file.slice(0, 3)],
    runbook: { id: file, path: file, title: file, revision: 'e'.repeat(64) },
    procedure,
    clusters: ['local'],
    values: Object.fromEntries(
      procedure.parameters.map(one => [one.name, one.default ?? sampleOf(one)]),
    ),
    confirmation: 'yes',
    notices: [],
    stepTimeoutSeconds: 900,
  });
  if (decision.kind === 'refused') {
    throw new Error(decision.problems.map(({ message }) => message).join('; '));
  }
  return decision.plan;
}

function sampleOf({ type }: Parameter): string {
  return SAMPLES[type] ?? 'some-name';
}

function changes(effect: string): boolean {
  return !['local', 'read'].includes(effect);
}

function isBash(text: string): boolean {
  return spawnSync('bash', ['-n'], { input: text }).status === 0;
}
