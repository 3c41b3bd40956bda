import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Parameter, ParameterType, Procedure } from '../document/model';
import { readRunbook } from '../document/readRunbook';
import type { ScopeGrant } from '../scope';
import { makePlan } from './makePlan';
import type { Plan } from './model';
import { INVENTORY } from './testUtils/inventory';

const ROOT = path.resolve(__dirname, '../../../..');
const EXAMPLES = path.join(ROOT, 'examples');

interface DemoRule {
  entities: { refs: string[] };
  namespaces: string[];
  grants?: Array<Partial<ScopeGrant> & Pick<ScopeGrant, 'verbs' | 'names'>>;
}

/** The rules of the demo, by the first entity that each names. */
const RULES = new Map(
  (
    parse(readFileSync(path.join(ROOT, 'app-config.yaml'), 'utf8')).runbooks
      .scopes.rules as DemoRule[]
  ).map(rule => [rule.entities.refs[0], rule]),
);
const SYSTEMS = [...RULES.keys()].flatMap(
  ref => /^system:default\/(.+)/.exec(ref)?.[1] ?? [],
);
/** Documents of an entity that has a rule of its own. */
const ENTITIES: Record<string, string> = {
  'staging.md': 'component:default/myapp-backend-staging',
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

const PROCEDURES = SYSTEMS.flatMap(system =>
  markdownIn(path.join(EXAMPLES, system, 'runbooks')).flatMap(file => {
    const text = readFileSync(file, 'utf8');
    return readRunbook(text, path.basename(file)).procedures.map(procedure => ({
      system,
      title: procedure.title,
      procedure,
      entityRef: ENTITIES[path.basename(file)] ?? `system:default/${system}`,
    }));
  }),
);

describe('the runbooks of the examples, with the scopes of the demo', () => {
  it.each(PROCEDURES)(
    '$system: "$title" stays in its scope, and its scripts are known by what they do',
    ({ system, procedure, entityRef }) => {
      const { steps } = planOf(system, procedure, entityRef);
      const commands = steps.filter(step => step.type === 'command');
      // A drain evicts the pods of everybody, and what two documents name below helm/ is not there: by hand.
      expect(
        steps.filter(
          step =>
            /outside the scope|not among the files|a secret value/.test(
              step.manualBecause ?? '',
            ) &&
            !/^kubectl drain /.test(step.text) &&
            !/^'(?:\.\/)?helm\//.test(step.manualBecause ?? ''),
        ),
      ).toEqual([]);
      expect(
        commands.filter(
          step =>
            spawnSync('bash', ['-n'], { input: step.text }).status !== 0 ||
            (!['local', 'read'].includes(step.effect) &&
              step.requires.kind === 'nothing'),
        ),
      ).toEqual([]);
    },
  );
});

function planOf(system: string, procedure: Procedure, entityRef: string): Plan {
  const { namespaces, grants = [] } = RULES.get(entityRef)!;
  const decision = makePlan({
    entityRef,
    namespace: namespaces[0],
    runbook: { id: 'a', path: 'a', title: 'a', revision: 'e'.repeat(64) },
    procedure,
    clusters: ['local'],
    scope: {
      source: { kind: 'configuration', rule: system },
      namespaces,
      reads: 'cluster',
      grants: grants.map(grant => ({
        group: '',
        resource: '',
        namespace: '',
        ...grant,
      })),
    },
    inventory: INVENTORY,
    fileText: file => textAt(path.join(EXAMPLES, system, file)),
    isThere: file => existsSync(path.join(EXAMPLES, system, file)),
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

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => path.join(folder, file));
}

function textAt(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile()
    ? readFileSync(file, 'utf8')
    : undefined;
}
