import type { StepBinding } from '../plan/model';
import { CHANGE_STEP } from '../testing/plans';
import { boundAsPlanned } from './boundAsPlanned';
import type { FileDifference } from './model';
import { voidedBecause } from './voidedBecause';

const APPROVED: StepBinding = {
  ...boundAsPlanned(CHANGE_STEP).binding,
  inputs: {
    variables: [
      { name: 'POD', value: 'auth-1' },
      { name: 'PW', secret: true, keyedDigest: 'k1' },
    ],
    files: [
      { path: 'backups/cm.yaml', change: 'added', digest: 'd1', shown: true },
    ],
  },
  executor: 'local',
};
const titleOf = (stepId: string) =>
  stepId === 's1' ? 'Keep a backup' : stepId;

describe('an approval', () => {
  it('stays where the same would run', () => {
    expect(because({ ...APPROVED })).toBeUndefined();
  });

  it.each<{ says: string; over: Partial<StepBinding> }>([
    {
      says: "the file backups/cm.yaml was changed by step 'Keep a backup'",
      over: withFiles([
        {
          path: 'backups/cm.yaml',
          change: 'changed',
          digest: 'd2',
          shown: true,
        },
      ]),
    },
    {
      says: 'the file backups/cm.yaml is as it was planned again',
      over: withFiles([]),
    },
    {
      says: 'POD is now auth-2',
      over: withVariables([
        { name: 'POD', value: 'auth-2' },
        APPROVED.inputs.variables[1],
      ]),
    },
    {
      says: 'POD has no value any more',
      over: withVariables([APPROVED.inputs.variables[1]]),
    },
    {
      says: 'PW, which is secret, has another value',
      over: withVariables([
        APPROVED.inputs.variables[0],
        { name: 'PW', secret: true, keyedDigest: 'k2' },
      ]),
    },
    {
      says: "it would run with the executor 'jobs', not 'local'",
      over: { executor: 'jobs' },
    },
    {
      says: 'it would write something else',
      over: {
        verdict: { ...APPROVED.verdict, writes: { kind: 'none' } },
      },
    },
    {
      says: `what it names is not there any more, or belongs to others now; it now needs the approval of an owner of a:b/c; it needs no approval of an owner of ${approvers(
        APPROVED,
      ).join(', ')} any more`,
      over: {
        requires: { kind: 'approval', because: 'x', approvedBy: ['a:b/c'] },
      },
    },
    {
      says: 'it needs other approvals',
      over: {
        requires: {
          kind: 'approval-and-confirmation',
          because: 'x',
          typed: 'auth',
          approvedBy: approvers(APPROVED),
        },
      },
    },
    { says: 'what it would run is not what was approved', over: {} },
  ])(
    'goes where something else would run, and says: $says',
    ({ says, over }) => {
      expect(because({ ...APPROVED, ...over, digest: 'other' })).toBe(says);
    },
  );

  function because(binding: StepBinding): string | undefined {
    const differences: FileDifference[] = [
      { path: 'backups/cm.yaml', change: 'changed', changedBy: 's1' },
    ];
    return voidedBecause(APPROVED, { binding, differences }, titleOf);
  }
});

function withFiles(files: StepBinding['inputs']['files']) {
  return { inputs: { ...APPROVED.inputs, files } };
}

function withVariables(variables: StepBinding['inputs']['variables']) {
  return { inputs: { ...APPROVED.inputs, variables } };
}

function approvers({ requires }: StepBinding) {
  return requires.kind === 'approval' ? requires.approvedBy : [];
}
