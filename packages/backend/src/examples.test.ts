import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
} from 'node:fs';
import path from 'node:path';
import {
  parseOnCallDocument,
  readRunbook,
} from '@backstage-runbooks/plugin-runbooks-common';

const EXAMPLES = path.resolve(__dirname, '../../../examples');
const SYSTEMS = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);
const RUNBOOKS = SYSTEMS.flatMap(system =>
  filesBelow(system, 'runbooks', '.md'),
);

const PEOPLE = [
  'organization.yaml',
  ...SYSTEMS.map(system => path.join(system, 'org.yaml')),
].flatMap(file =>
  [...textOf(file).matchAll(/kind: User\nmetadata:\n {2}name: (\S+)/g)].map(
    ([, name]) => `user:default/${name}`,
  ),
);

describe('the examples', () => {
  it('are five systems', () => {
    expect(SYSTEMS).toEqual([
      'cicd-platform',
      'fintech-services',
      'streamgate',
      'todo-chatbot',
      'trading-floor',
    ]);
  });

  it.each(RUNBOOKS)('%s reads as a runbook without a warning', file => {
    const runbook = readRunbook(textOf(file), file);

    expect(
      runbook.problems.filter(({ severity }) => severity !== 'note'),
    ).toEqual([]);
    expect(runbook.procedures.length).toBeGreaterThan(0);
  });

  it.each(RUNBOOKS)(
    '%s calls only scripts that are there and can be run',
    file => {
      const scripts = textOf(file).match(/\.\/scripts\/[\w-]+\.sh/g) ?? [];

      for (const script of scripts) {
        const full = path.join(EXAMPLES, file.split('/')[0], script);
        expect(() => accessSync(full, constants.X_OK)).not.toThrow();
      }
    },
  );

  it.each(SYSTEMS)('%s names runbooks and schedules that are there', system => {
    const entities = ['catalog-info.yaml', 'org.yaml']
      .map(file => textOf(path.join(system, file)))
      .join('\n');
    const refs = [
      ...entities.matchAll(/(?:runbooks|on-call)-ref: (.+)/g),
    ].flatMap(([, list]) => list.split(','));

    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) {
      const target = ref.trim().replace(/^(dir|file):/, '');
      expect({
        ref,
        exists: existsSync(path.join(EXAMPLES, system, target)),
      }).toEqual({ ref, exists: true });
    }
  });

  it.each(SYSTEMS.flatMap(system => filesBelow(system, 'on-call', '.yaml')))(
    '%s reads as schedules, with people of the examples',
    file => {
      const { schedules, problems } = parseOnCallDocument(textOf(file));

      expect(problems).toEqual([]);
      const users = schedules.flatMap(({ layers }) =>
        layers.flatMap(layer => layer.users),
      );
      expect(PEOPLE).toEqual(expect.arrayContaining(users));
    },
  );

  it('the first procedure to try is one procedure with a number of replicas to choose', () => {
    const file = 'fintech-services/runbooks/auth-service.md';
    const scaling = readRunbook(textOf(file), file).procedures.find(
      ({ title }) => title === 'Scaling a Service',
    );

    expect(scaling?.parameters).toEqual([
      expect.objectContaining({ name: 'REPLICAS', type: 'replicas' }),
    ]);
    expect(
      scaling?.phases.flatMap(({ role, steps }) =>
        steps.map(({ effect }) => `${role}: ${effect}`),
      ),
    ).toEqual([
      'steps: read',
      'steps: read',
      'steps: change',
      'verification: read',
      'verification: read',
      'verification: read',
      'rollback: change',
    ]);
  });
});

function filesBelow(system: string, folder: string, ending: string): string[] {
  return readdirSync(path.join(EXAMPLES, system, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(name => name.endsWith(ending))
    .map(name => [system, folder, name].join('/'));
}

function textOf(file: string): string {
  return readFileSync(path.join(EXAMPLES, file), 'utf8');
}
