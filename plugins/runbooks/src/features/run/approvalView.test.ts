import type {
  ApprovalRequest,
  RunView,
} from '@backstage-runbooks/plugin-runbooks-common';
import { runsToApprove } from '../../testing/runsToApprove';
import { asBound } from './asBound';
import { approvalView } from './approvalView';

const SCALING = 'high-latency/2.1';

function asked(
  { run }: RunView,
  change: (request: ApprovalRequest) => ApprovalRequest = one => one,
) {
  const state = run.steps[SCALING];
  if (state.status !== 'waiting-approval') throw new Error('it does not wait');
  const planned = run.plan.steps.find(step => step.id === SCALING)!;
  const request = change(state.request);
  const step = asBound(planned, { ...state, request });
  return approvalView(request, step, run.plan);
}

describe('what an approval covers', () => {
  const view = asked(runsToApprove()['several-approvals']);

  it('is what would run now, and not what was planned', () => {
    expect(view).toMatchObject({
      effect: 'destructive',
      because: 'scales deployment auth-service to 0 replicas',
      asWritten:
        'Its text alone changes something; with its values it is destructive',
      secrets:
        "Reads Helm's releases, which are Secrets: no other Secret data can be read by it.",
    });
  });

  it('holds the values that earlier steps left, and hides secret ones', () => {
    expect(view.values.filter(one => one.from)).toEqual([
      {
        name: 'REPLICAS_BEFORE',
        label: 'REPLICAS_BEFORE',
        value: '3',
        from: 'left by an earlier step',
      },
      {
        name: 'TOKEN',
        label: 'TOKEN',
        value: undefined,
        from: 'left by an earlier step',
      },
    ]);
  });

  it('holds changed files with their differences and the step that changed them', () => {
    expect(view.files[0]).toEqual({
      path: 'backups/cm.yaml',
      change: 'changed',
      changedBy: 'step 1, Check the pods',
      lines: [
        { kind: 'same', text: ' data:' },
        { kind: 'removed', text: '-  poolSize: ••••••' },
        { kind: 'added', text: '+  poolSize: ••••••' },
        { kind: 'same', text: '   password: ••••••' },
      ],
      unseen: false,
      hidesValues: true,
    });
  });

  it('tells a changed file even where its difference is missing', () => {
    expect(view.files[2]).toEqual({
      path: 'scripts/old.sh',
      change: 'deleted',
      changedBy: undefined,
      lines: undefined,
      unseen: false,
      hidesValues: false,
    });
  });

  it('warns of a changed file that the approver cannot look at', () => {
    expect(view.files[1]).toMatchObject({ path: 'bin/check', unseen: true });
  });

  it("says that the scope is only the catalog's word and whose owners must approve", () => {
    expect(view.scope).toMatchObject({
      source: "The catalog's word",
      approvedBy: [
        'component:default/auth-service',
        'component:default/user-service',
        'component:default/payments',
      ],
    });
  });

  it('may write what was found when it was asked for', () => {
    const writing = asked(runsToApprove()['several-approvals'], request => ({
      ...request,
      binding: {
        ...request.binding,
        verdict: {
          ...request.binding.verdict,
          writes: {
            kind: 'any-in-namespaces',
            namespaces: ['identity'],
            destructive: false,
          },
        },
      },
    }));
    expect(writing.writes[0]).toMatch(/^Any write in identity/);
  });
});
