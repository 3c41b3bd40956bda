import { plan as planOf, plannedStep } from '../testing/plans';
import { bindTask } from './bindTask';

const PASSWORD = 'evil.example/Zq9x7Lm2:8f3';
const CONFIG_MAP =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {a: b}\n';
const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {a: bcdefgh1}\n';
const ANNOTATES = 'kubectl annotate deployment web a=b\n';

const TEXTS: Record<string, string> = {
  'plain.sh': ANNOTATES,
  'hide.sh': `: <<X\nkind: Secret\nX\n${ANNOTATES}`,
  'image.sh': `kubectl set image deployment/web "*=${PASSWORD}"\n`,
  'long.sh': `${'# padding\n'.repeat(7_000)}${ANNOTATES}`,
  'outer.sh': 'bash hide.sh\n',
  'map.yaml': CONFIG_MAP,
  'secret.yaml': SECRET,
  'both.yaml': `${SECRET}---\n${CONFIG_MAP}`,
  'anchor.yaml': `${SECRET.replace(
    '{a: bcdefgh1}',
    '&d\n  a: bcdefgh1',
  )}---\n${CONFIG_MAP}`,
  'secret.txt': SECRET,
  ...Object.fromEntries(
    Array.from({ length: 33 }, (_, n) => [`m/${n}.sh`, ANNOTATES]),
  ),
};

function requirementFor(text: string) {
  const step = { ...plannedStep({ id: 'p/1' }), text };
  const { binding } = bindTask(
    {
      plan: planOf([step]),
      step,
      left: { variables: [], files: [] },
      secretDigests: {},
      secrets: [PASSWORD],
      folders: [''],
      inventory: { id: 'local', hasNetwork: false },
      present: [],
      typed: 'web',
    },
    {
      hasTool: () => true,
      fileText: path => TEXTS[path],
      realPath: path =>
        Object.hasOwn(TEXTS, path) || path === 'binary.sh' ? path : undefined,
      links: () => new Map(),
      shownPath: path => path,
      changedFile: () => undefined,
    },
  );
  return binding.requires;
}

describe('a file that a step uses and an approver cannot see whole', () => {
  it.each([
    ['bash hide.sh', 'hide.sh'],
    ['bash outer.sh', 'hide.sh'],
    ['bash image.sh', 'image.sh'],
    ['bash long.sh', 'long.sh'],
    ['kubectl annotate deploy web a=b; bash binary.sh', 'binary.sh'],
    ['kubectl apply -f anchor.yaml', 'anchor.yaml'],
    ['kubectl apply -f secret.txt', 'secret.txt'],
  ])('asks for typed words and is named: %s', (text, file) => {
    expect(requirementFor(text)).toMatchObject({
      kind: 'approval-and-confirmation',
      because: expect.stringContaining(
        `${file} is used and cannot be shown whole`,
      ),
    });
  });

  it('is counted where there are more than are shown', () => {
    const text = Array.from({ length: 33 }, (_, n) => `bash m/${n}.sh`);
    expect(requirementFor(text.join('\n'))).toMatchObject({
      kind: 'approval-and-confirmation',
      because: expect.stringContaining('1 more files are used'),
    });
    expect(requirementFor(text.slice(1).join('\n')).kind).toBe('approval');
  });

  it.each(['bash plain.sh', 'kubectl apply -f map.yaml'])(
    'is none that is shown as it is: %s',
    text => {
      expect(requirementFor(text)).toMatchObject({
        because: expect.not.stringContaining('shown'),
      });
    },
  );

  it.each(['secret.yaml', 'both.yaml'])(
    'is no manifest by its name of which only values of Secrets are hidden: %s',
    file => {
      expect(requirementFor(`kubectl apply -f ${file}`)).toMatchObject({
        because: expect.not.stringContaining('shown'),
      });
      expect(requirementFor(`bash ${file}`)).toMatchObject({
        because: expect.stringContaining(`${file} is used`),
      });
    },
  );
});
