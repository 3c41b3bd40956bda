import { readRunbook } from '../document/readRunbook';
import type { Scope } from '../scope';
import { INVENTORY } from './testUtils/inventory';
import {
  makePlan,
  secretValuesOf,
  type PlanDecision,
  type PlanInput,
} from './makePlan';
import type { Plan, PlannedStep } from './model';

const RUNBOOK = `# Auth service

## Scaling the service

\`\`\`bash
# 1. Look
kubectl get deployment auth-service -n fintech-services

# 2. Scale
kubectl scale deployment auth-service --replicas=<replicas> -n fintech-services

# 3. Stop
kubectl delete pod <pod-name> -n fintech-services

# 4. By script
./scripts/tidy.sh auth-service
\`\`\`
`;

const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'test' },
  namespaces: ['fintech-services', 'x'],
  reads: 'cluster',
  grants: [],
};

const VALUES = { REPLICAS: '4', POD_NAME: 'auth-1' };

describe('a plan', () => {
  it('tells for each step what it does with the values put in, and what it needs', () => {
    const { steps } = planned(planWith());
    expect(
      steps.map(({ effect, requires }) => [effect, requires.kind]),
    ).toEqual([
      ['read', 'nothing'],
      ['change', 'approval'],
      ['destructive', 'approval-and-confirmation'],
      ['unknown', 'approval-and-confirmation'],
    ]);
    expect(steps[1].display).toContain('--replicas=4');
    expect(steps[1].because).toMatch(/to 4 replicas/);
    expect(steps[1].text).toContain('--replicas="${RUNBOOKS_P_REPLICAS}"');
    expect(steps[2].requires).toMatchObject({ typed: 'auth-service' });
  });

  it('leaves a step to a person that would hide which of its commands fail', () => {
    const { decision } = plan(
      '# R\n\n## Go\n\n```bash\n__runbooks_plans=()\nkubectl label pod a b=c -n x\n```\n',
      {},
    );
    expect(planned(decision).steps[0]).toMatchObject({
      type: 'manual',
      manualBecause: expect.stringContaining('begins with __runbooks'),
    });
  });

  it('says what follows from its steps as they are with the values put in', () => {
    const notices = (steps: readonly PlannedStep[]) =>
      steps.map(({ id, requires }) => `${id}: ${requires.kind}`);
    const { steps, notices: said } = planned(planWith(VALUES, { notices }));
    expect(said).toEqual(notices(steps));
    expect(said.join()).toContain('approval');
  });

  it('has another digest for another secret value, by its keyed digest', () => {
    const digest = (keyed: string) =>
      planned(
        plan(
          '# R\n\n## Go\n\n```bash\nkubectl create secret generic a --from-literal=p=<password> -n x\n```\n',
          { PASSWORD: 'correct-horse' },
          { secretDigests: { PASSWORD: keyed } },
        ).decision,
      ).digest;
    expect(digest('a')).toBe(digest('a'));
    expect(digest('a')).not.toBe(digest('b'));
  });

  it('lets a step write only what its text says, and a script only inside the namespace', () => {
    const { steps } = planned(planWith());
    expect(steps[0].writes).toEqual({ kind: 'none' });
    expect(steps[1].writes).toMatchObject({
      kind: 'listed',
      writes: expect.arrayContaining([
        expect.objectContaining({
          resource: 'deployments',
          subresource: 'scale',
          namespace: 'fintech-services',
          name: 'auth-service',
        }),
      ]),
    });
    expect(steps[2].writes).toMatchObject({
      kind: 'listed',
      writes: [expect.objectContaining({ verb: 'delete', name: 'auth-1' })],
    });
    expect(steps[3].writes).toEqual({
      kind: 'any-in-namespaces',
      namespaces: ['fintech-services', 'x'],
      destructive: true,
      executes: 'any',
    });
  });

  it('asks for an approval to look inside a pod, and lets exactly that command through', () => {
    const { decision } = plan(
      '# R\n\n## Look\n\n```bash\nkubectl exec <pod-name> -n x -- redis-cli -a <password> ping\n```\n\n```bash\nPOD=$(kubectl get pods -n x -o name | head -1)\n```\n\n```bash\nkubectl exec $POD -n x -- env\n```\n',
      { POD_NAME: 'auth-1', PASSWORD: 'correct-horse' },
    );
    const { steps } = planned(decision);
    expect(steps[0].requires).toMatchObject({
      kind: 'approval',
      because: expect.stringContaining('inside a pod'),
    });
    expect(steps[0].writes).toMatchObject({
      kind: 'listed',
      writes: expect.arrayContaining([
        expect.objectContaining({
          verb: 'connect',
          resource: 'pods',
          subresource: 'exec',
          name: 'auth-1',
          command: ['redis-cli', '-a', '*', 'ping'],
        }),
      ]),
    });
    const carried = steps[steps.length - 1];
    expect(carried.writes).toMatchObject({
      kind: 'listed',
      writes: [expect.objectContaining({ name: '*', command: ['env'] })],
    });
  });

  it('has the same digest for the same values and another one for any other', () => {
    expect(planned(planWith()).digest).toBe(planned(planWith()).digest);
    const other = planned(planWith({ ...VALUES, REPLICAS: '5' }));
    expect(other.digest).not.toBe(planned(planWith()).digest);
    expect(other.steps[1].digest).not.toBe(planned(planWith()).steps[1].digest);
    expect(other.steps[0].digest).toBe(planned(planWith()).steps[0].digest);
  });

  it('names everything that is wrong at once', () => {
    const decision = planWith(
      { REPLICAS: '4; reboot', MORE: 'x' },
      { cluster: 'mars' },
    );
    expect(
      decision.kind === 'refused' &&
        decision.problems.map(({ code }) => code).sort(),
    ).toEqual([
      'invalid-value',
      'missing-parameter',
      'unknown-cluster',
      'unknown-parameter',
    ]);
  });

  it('goes to exactly one cluster', () => {
    const decision = planWith(VALUES, { clusters: ['east', 'west'] });
    expect(decision).toMatchObject({
      kind: 'refused',
      problems: [
        {
          code: 'no-cluster',
          message: expect.stringContaining('"east", "west"'),
        },
      ],
    });
    expect(
      planned(planWith(VALUES, { clusters: ['east', 'west'], cluster: 'west' }))
        .cluster,
    ).toBe('west');
  });

  it('keeps secret values out of everything that is stored or shown', () => {
    const secret = 'correct-horse';
    const { procedure, decision } = plan(
      '# R\n\n## Rotate\n\n```bash\nkubectl create secret generic db --from-literal=password=<password> -n x\n```\n',
      { PASSWORD: secret },
    );
    expect(JSON.stringify(planned(decision))).not.toContain(secret);
    expect(secretValuesOf(procedure, { PASSWORD: secret })).toEqual({
      PASSWORD: secret,
    });
  });

  it('keeps a value that looks like a credential out as well, whatever its parameter', () => {
    // Put together here, so that no scanner takes it for a real one.
    const token = `ghp_${'Z9'.repeat(18)}`;
    const { procedure, decision } = plan(
      '# R\n\n## Annotate\n\n```bash\nkubectl annotate deploy/web owner=<owner> -n x\n```\n',
      { OWNER: token },
    );
    expect(JSON.stringify(decision)).not.toContain(token);
    expect(planned(decision).parameters).toMatchObject([
      { name: 'OWNER', value: '', secret: true },
    ]);
    expect(secretValuesOf(procedure, { OWNER: token })).toEqual({
      OWNER: token,
    });
    expect(secretValuesOf(procedure, { OWNER: 'team-a' })).toEqual({});
  });

  it('does not repeat a credential in the words that refuse it', () => {
    const token = `ghp_${'Z9'.repeat(18)}`;
    const { decision } = plan(
      '# R\n\n## Annotate\n\n```bash\nkubectl annotate deploy/web owner=<owner> -n x\n```\n',
      { OWNER: `${token}\nx` },
    );
    expect(decision.kind).toBe('refused');
    expect(JSON.stringify(decision)).not.toContain(token);
  });

  it('refuses a value that a nested interpreter would read as code', () => {
    const { decision } = plan(
      "# R\n\n## Query\n\n```bash\nkubectl exec db-0 -n x -- sh -c 'pg_dump <database-url>'\n```\n",
      { DATABASE_URL: 'https://x/?a=1&b=2' },
    );
    expect(decision).toMatchObject({
      kind: 'refused',
      problems: [{ code: 'unsafe-place', parameter: 'DATABASE_URL' }],
    });
  });

  it('lets nothing be written from a procedure that only observes', () => {
    const { decision } = plan(
      '# Check (OBSERVE-only)\n\nThis runbook is OBSERVE-only.\n\n## Look\n\n```bash\nkubectl get pods -n x\n```\n\n```bash\nkubectl delete pod a -n x\n```\n',
      {},
    );
    const { steps, procedure } = planned(decision);
    expect(procedure.observeOnly).toBe(true);
    expect(steps.every(step => step.writes.kind === 'none')).toBe(true);
    expect(
      steps
        .filter(step => step.effect === 'destructive')
        .every(step => step.type === 'manual'),
    ).toBe(true);
  });
});

function planWith(
  values: Record<string, string> = VALUES,
  over: Partial<PlanInput> = {},
): PlanDecision {
  return plan(RUNBOOK, values, over).decision;
}

function plan(
  markdown: string,
  values: Record<string, string>,
  over: Partial<PlanInput> = {},
) {
  const runbook = readRunbook(markdown, 'runbooks/a.md');
  const [procedure] = runbook.procedures;
  const decision = makePlan({
    scope: SCOPE,
    inventory: INVENTORY,
    fileText: () => undefined,
    entityRef: 'component:default/auth-service',
    runbook: {
      id: 'a-1',
      path: runbook.path,
      title: runbook.title,
      revision: 'e'.repeat(64),
    },
    procedure,
    clusters: ['local'],
    namespace: 'fintech-services',
    values,
    confirmation: 'auth-service',
    notices: [],
    stepTimeoutSeconds: 900,
    ...over,
  });
  return { procedure, decision };
}

function planned(decision: PlanDecision): Plan {
  if (decision.kind === 'refused') {
    throw new Error(decision.problems.map(({ message }) => message).join('; '));
  }
  return decision.plan;
}
