import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { judgeStep } from '@backstage-runbooks/plugin-runbooks-common';
import { StepBench } from './testUtils/StepBench';

jest.setTimeout(60_000);

const TEXT = 'kubectl diff -f secret.yaml';
const MANIFEST =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {a: new, b: more}\n';

describe('kubectl diff of a Secret', () => {
  let bench: StepBench;
  beforeAll(async () => {
    bench = await StepBench.create('diff');
    await bench.kubectl(
      'create',
      'secret',
      'generic',
      'db',
      '--from-literal=a=old',
    );
    await writeFile(path.join(bench.bench.workspace, 'secret.yaml'), MANIFEST);
  });
  afterAll(() => bench.dispose());

  it('runs with what it was planned to need', async () => {
    const { effect, writes, secrets } = judgeStep({
      text: TEXT,
      environment: {},
      waiting: [],
      hidden: [],
      fileText: name => (name === 'secret.yaml' ? MANIFEST : undefined),
      inventory: await bench.bench.executor.inventory(),
      observeOnly: false,
      scope: bench.scope(),
      namespace: bench.namespace,
      folders: [''],
    });
    const { stdout, stderr, ok } = await bench.run(TEXT, {
      allowed: writes,
      gateway: { secrets, destructive: effect === 'destructive' },
    });
    expect([stderr, ok]).toEqual(['', true]);
    expect(stdout).toMatch(/^\+ {2}b:/m);
    await expect(
      bench.kubectl('get', 'secret', 'db', '-o', 'jsonpath={.data.b}'),
    ).resolves.toBe('');
  });

  it('is refused as the ordinary read that it was planned as before', async () => {
    const { stdout, ok } = await bench.run(TEXT, {
      gateway: { secrets: { kind: 'any' }, destructive: false },
    });
    expect([stdout, ok]).toEqual(['', false]);
  });
});
