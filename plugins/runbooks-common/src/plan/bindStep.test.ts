import { plan as planOf, plannedStep } from '../testing/plans';
import { bindStep, type BindStepInput } from './bindStep';
import { INVENTORY } from './testUtils/inventory';

const STEP = plannedStep({
  text: 'kubectl scale deploy/web --replicas=$COUNT -n fintech-services',
  display: 'kubectl scale deploy/web --replicas=$COUNT -n fintech-services',
});

const INPUT: BindStepInput = {
  plan: planOf([STEP]),
  step: STEP,
  left: { variables: [{ name: 'COUNT', value: '3' }], files: [] },
  secretDigests: {},
  differenceOf: () => ({ whole: true }),
  fileText: () => undefined,
  realPath: () => undefined,
  links: () => new Map(),
  folders: [''],
  inventory: INVENTORY,
  approvedBy: () => ['component:default/web'],
  typed: 'web',
};

function bind(over: Partial<BindStepInput> = {}) {
  return bindStep({ ...INPUT, ...over });
}

function withText(text: string, over: Partial<BindStepInput> = {}) {
  return bind({ step: { ...STEP, text }, ...over });
}

describe('a step as it would run right now', () => {
  it('is judged with what earlier steps left', () => {
    expect(bind()).toMatchObject({
      verdict: { effect: 'change', open: [] },
      requires: { kind: 'approval', approvedBy: ['component:default/web'] },
      inputs: { variables: [{ name: 'COUNT', value: '3' }] },
      executor: 'local',
    });
    const none = { variables: [{ name: 'COUNT', value: '0' }], files: [] };
    expect(bind({ left: none })).toMatchObject({
      verdict: { effect: 'destructive' },
      requires: { kind: 'approval-and-confirmation', typed: 'web' },
    });
  });

  it('is not bound to the file that a path is by its text, where it goes up from behind a link', () => {
    const text = 'bash a/../b.sh';
    const fileText = (path: string) =>
      path === 'b.sh' ? 'kubectl get pods\n' : undefined;
    expect(withText(text, { fileText }).verdict.effect).toBe('read');
    const links = () => new Map([['a', 'deep/folder']]);
    expect(withText(text, { fileText, links })).toMatchObject({
      verdict: { effect: 'unknown', files: { kind: 'unknown' } },
      requires: { kind: 'approval-and-confirmation' },
    });
  });

  it('gets only the variables that its text reads and the files that it can reach', () => {
    const left: BindStepInput['left'] = {
      variables: [
        { name: 'OTHER', value: 'x' },
        { name: 'COUNT', value: '3' },
      ],
      files: [
        { path: 'k8s/web.yaml', change: 'changed', digest: 'a' },
        { path: 'other.yaml', change: 'added', digest: 'b' },
      ],
    };
    expect(
      withText('kubectl apply -f k8s/ && echo $COUNT', { left }).inputs,
    ).toEqual({
      variables: [{ name: 'COUNT', value: '3' }],
      files: [
        { path: 'k8s/web.yaml', change: 'changed', digest: 'a', shown: true },
      ],
    });
    expect(withText('python3 x.py', { left }).inputs.files).toHaveLength(2);
  });

  it.each([
    ['bash "my script.sh"', 'my script.sh'],
    ['kubectl apply -f "m f.yaml"', 'm f.yaml'],
    ['kubectl apply -f ~/backup.yaml', '.home/backup.yaml'],
    ['kubectl apply -f $HOME/backup.yaml', '.home/backup.yaml'],
    ['kubectl apply -f /workspace/h.yaml', 'h.yaml'],
    ['kubectl apply -f .', 'k8s/h.yaml'],
    ['helm upgrade web ./chart -fvalues.yaml', 'values.yaml'],
    [`awk 'BEGIN{print "bash real.sh" | "sh"}'`, 'real.sh'],
    ['sed "1e bash real.sh" x', 'real.sh'],
    ['kubectl get pods -o custom-columns-file=h.yaml', 'h.yaml'],
    ['python3 -m json.tool', 'json/tool.py'],
  ])(
    'is another one when a file that it opens is another: %s',
    (text, path) => {
      const digestWith = (digest: string) =>
        withText(text, {
          left: {
            variables: [],
            files: [{ path, change: 'changed', digest }],
          },
        }).digest;
      expect(digestWith('b')).not.toBe(digestWith('a'));
    },
  );

  it('must be confirmed with the reason where an approver cannot see a changed file', () => {
    const left: BindStepInput['left'] = {
      variables: [],
      files: [{ path: 'k8s/web.yaml', change: 'changed', digest: 'a' }],
    };
    const text =
      'kubectl scale deploy/web --replicas=3 -n fintech-services; cat k8s/web.yaml';
    const unseen = withText(text, {
      left,
      differenceOf: () => ({ whole: false, changedBy: 'Collect' }),
    });
    expect(unseen.requires).toMatchObject({
      kind: 'approval-and-confirmation',
      because: expect.stringContaining(
        "k8s/web.yaml was changed by step 'Collect' and cannot be shown",
      ),
    });
    expect(unseen.inputs.files[0].shown).toBe(false);
    const seen = withText(text, { left });
    expect(seen.requires.kind).toBe('approval');
    expect(seen.digest).not.toBe(unseen.digest);
  });

  it('judges a script as it is now, not as it was when it was planned', () => {
    const run = (text: string) =>
      withText('./x.sh', { fileText: () => text }).verdict.effect;
    expect(run('kubectl get pods')).toBe('read');
    expect(run('kubectl delete pods --all')).toBe('destructive');
  });

  const SECRET = plannedStep({
    text: 'kubectl annotate pod web -n fintech-services "a=${RUNBOOKS_P_TOKEN}"',
    parameters: ['TOKEN'],
  });
  const WITH_SECRET = {
    ...planOf([SECRET]),
    parameters: [
      {
        name: 'TOKEN',
        label: 'token',
        type: 'secret' as const,
        value: '',
        secret: true,
      },
    ],
  };

  it.each<[string, Partial<BindStepInput>]>([
    ['its text', { step: { ...STEP, text: `${STEP.text} ` } }],
    [
      'a variable that it reads',
      { left: { variables: [{ name: 'COUNT', value: '4' }], files: [] } },
    ],
    ['the executor', { inventory: { ...INVENTORY, id: 'kubernetes' } }],
    ['the cluster', { plan: { ...INPUT.plan, cluster: 'other' } }],
    [
      'the revision',
      {
        plan: {
          ...INPUT.plan,
          runbook: { ...INPUT.plan.runbook, revision: 'f'.repeat(64) },
        },
      },
    ],
    [
      'the scope',
      {
        plan: {
          ...INPUT.plan,
          scope: { ...INPUT.plan.scope, reads: 'namespaces' },
        },
      },
    ],
    ['who must approve', { approvedBy: () => ['component:default/other'] }],
    ['its time', { step: { ...STEP, timeoutSeconds: 1 } }],
    ['where it begins', { folders: ['k8s'] }],
  ])('has another digest for another value of %s', (_what, over) => {
    expect(bind(over).digest).not.toBe(bind().digest);
  });

  it('has another digest for another secret value, and the same where nothing that it gets is another', () => {
    const secret = (digest: string) =>
      bind({
        plan: WITH_SECRET,
        step: SECRET,
        secretDigests: { TOKEN: digest },
      }).digest;
    expect(secret('one')).not.toBe(secret('two'));
    expect(secret('one')).toBe(secret('one'));
    const more = [
      { name: 'UNREAD', value: 'x' },
      { name: 'COUNT', value: '3' },
    ];
    expect(bind({ left: { variables: more, files: [] } }).digest).toBe(
      bind().digest,
    );
  });
});
