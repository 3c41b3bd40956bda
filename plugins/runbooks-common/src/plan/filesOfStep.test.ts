import { plan as planOf, plannedStep } from '../testing/plans';
import { filesOfStep } from './filesOfStep';

const TEXTS: Record<string, string> = {
  'go.sh': 'bash inner.sh\nkubectl get pods\n',
  'inner.sh': 'kubectl rollout restart deploy/web # made-up-4711\n',
  'secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  pin: NDcxMQ==\n',
  'crossing.sh': `${`${'#'.repeat(65_529)}\n`}echo made-up-4711\n`,
  'long.sh': `${'echo a\n'.repeat(20_000)}kubectl delete pod web-0\n`,
};
/** There, without a text to show. */
const TEXTLESS = ['tool.bin'];

function filesOf(text: string, changed: string[] = []) {
  const step = { ...plannedStep({ id: 'p/1' }), text };
  const plan = planOf([step]);
  return filesOfStep(
    {
      plan,
      step,
      left: { variables: [], files: [] },
      secretDigests: {},
      secrets: ['made-up-4711'],
      folders: [''],
      inventory: { id: 'local', hasNetwork: false },
      present: [],
      typed: 'web',
    },
    {
      hasTool: () => true,
      fileText: path => TEXTS[path],
      realPath: path =>
        Object.hasOwn(TEXTS, path) || TEXTLESS.includes(path)
          ? path
          : undefined,
      links: () => new Map(),
      shownPath: path => path,
      changedFile: path =>
        changed.includes(path)
          ? { path, change: 'changed', after: { kind: 'file' } }
          : undefined,
    },
  );
}

describe('the files that a step uses', () => {
  it('are its scripts, those that these start, and its manifests', () => {
    const { files, more } = filesOf('bash go.sh; kubectl apply -f secret.yaml');
    expect(files.map(({ path }) => path).sort()).toEqual([
      'go.sh',
      'inner.sh',
      'secret.yaml',
    ]);
    expect(more).toBe(0);
  });

  it.each([
    'cp secret.yaml inner.sh; bash inner.sh',
    'bash inner.sh; cat secret.yaml > inner.sh',
    'tar -xf x.tar; bash inner.sh',
  ])('are named without a text where the step may change them: %s', text => {
    expect(filesOf(text)).toEqual({
      files: [],
      more: 0,
      unseen: ['inner.sh'],
    });
  });

  it('are none of a step that names none', () => {
    expect(filesOf('kubectl get pods')).toEqual({
      files: [],
      more: 0,
      unseen: [],
    });
  });

  it('hide secret values, and of a Secret all values but no key', () => {
    const { files } = filesOf('bash inner.sh; kubectl apply -f secret.yaml');
    const texts = Object.fromEntries(files.map(one => [one.path, one]));
    expect(texts['inner.sh'].text).not.toContain('made-up-4711');
    expect(texts['inner.sh'].hidesValues).toBe(true);
    expect(texts['secret.yaml'].text).toContain('pin: ');
    expect(texts['secret.yaml'].text).not.toContain('NDcxMQ');
    expect(texts['secret.yaml'].hidesValues).toBe(true);
  });

  it('are cut at 64 KiB, and that is said', () => {
    const [file] = filesOf('bash long.sh').files;
    expect(file.text).toHaveLength(64 * 1024);
    expect(file.whole).toBe(false);
  });

  it('hide a secret value that crosses the border, and show no part of it', () => {
    const [file] = filesOf('bash crossing.sh').files;
    expect(file.text).not.toContain('made');
    expect(file.text).toContain('echo ');
    expect(file.hidesValues).toBe(true);
  });

  it('tell of a script that is shown as it is which lines do more than read', () => {
    const files = filesOf('bash go.sh; kubectl apply -f secret.yaml').files;
    expect(files.map(one => [one.path, one.linesToMind])).toEqual([
      ['go.sh', [1]],
      ['inner.sh', undefined],
      ['secret.yaml', undefined],
    ]);
  });

  it('are named where they are there and have no text to show', () => {
    expect(filesOf('bash tool.bin; bash missing.sh')).toEqual({
      files: [],
      more: 0,
      unseen: ['tool.bin'],
    });
    expect(filesOf('bash tool.bin', ['tool.bin']).unseen).toEqual([]);
  });

  it('leave out what an earlier step changed, which is shown by its difference', () => {
    expect(filesOf('bash inner.sh', ['inner.sh']).files).toEqual([]);
  });
});
