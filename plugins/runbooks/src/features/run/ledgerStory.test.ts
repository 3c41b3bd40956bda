import type { RunEvent } from '@backstage-runbooks/plugin-runbooks-common';
import { LENA, SAM } from '../../testing/people';
import { planOf } from '../../testing/plans';
import { PREVIEWS } from '../../testing/previews';
import { APPROVAL_REQUEST, stepResult } from '../../testing/runs';
import { ledgerStory } from './ledgerStory';

const PLAN = planOf({});
const STEP = 'high-latency/2.1';
const APPROVED: Extract<RunEvent, { kind: 'step-approved' }> = {
  kind: 'step-approved',
  stepId: STEP,
  by: LENA,
  digest: 'a',
  covers: [{ entityRef: 'component:default/auth', entitledBy: 'on call' }],
};
const ASKED: RunEvent = {
  kind: 'approval-requested',
  stepId: STEP,
  by: SAM,
  digest: 'a',
  binding: APPROVAL_REQUEST.binding,
  differences: [],
  expiresAt: '2026-11-21T04:00:00.000Z',
};

/** The last of the events, as it is told. */
function tell(...events: RunEvent[]) {
  const line = ledgerStory(
    events.map((event, seq) => ({
      runId: 'run',
      seq,
      at: '2026-11-21T03:00:00.000Z',
      event,
      previousHash: '0'.repeat(64),
      hash: 'a'.repeat(64),
    })),
    PLAN,
  )[events.length - 1];
  const { by, did, detail, words } = line;
  return { by, did, detail, words };
}

describe('the history of a run', () => {
  it('tells what was typed to ask for a destructive step', () => {
    const asked = tell({ ...ASKED, confirmation: 'auth-service' });
    expect(asked.detail).toBe('Typed "auth-service" to ask for it');
  });

  it.each<{
    event: RunEvent;
    by?: string;
    did: string;
    detail?: string;
    words?: string;
  }>([
    {
      event: { kind: 'run-started', by: SAM, plan: PLAN },
      by: SAM,
      did: 'started the run',
    },
    {
      event: { ...ASKED, reason: 'pods hang', preview: PREVIEWS.changes },
      by: SAM,
      did: 'asked for an approval of step 3, Scale up',
      detail: 'Would delete Pod auth-service-7c9d-x2k4p, and 7 more objects',
      words: 'pods hang',
    },
    {
      event: { ...ASKED, preview: PREVIEWS.failed },
      by: SAM,
      did: 'asked for an approval of step 3, Scale up',
      detail:
        'The preview of it failed: the cluster did not answer within 20 seconds',
    },
    {
      event: ASKED,
      by: SAM,
      did: 'asked for an approval of step 3, Scale up',
    },
    {
      event: APPROVED,
      by: LENA,
      did: 'approved step 3, Scale up',
      detail: 'For component:default/auth: on call',
    },
    {
      event: {
        ...APPROVED,
        covers: [
          ...APPROVED.covers,
          { entityRef: 'system:default/login', entitledBy: 'owner' },
        ],
      },
      by: LENA,
      did: 'approved step 3, Scale up',
      detail:
        'For component:default/auth: on call; for system:default/login: owner',
    },
    {
      event: { kind: 'step-skipped', stepId: STEP, by: SAM, reason: 'not now' },
      by: SAM,
      did: 'skipped step 3, Scale up',
      words: 'not now',
    },
    {
      event: { kind: 'step-queued', stepId: STEP, by: SAM, attempt: 2 },
      by: SAM,
      did: 'ran step 3, Scale up (attempt 2)',
    },
    {
      event: {
        kind: 'step-finished',
        stepId: STEP,
        attempt: 1,
        result: stepResult({
          durationMs: 72_000,
          calls: { total: 4, writes: 1, refused: 0 },
        }),
      },
      did: 'Step 3, Scale up succeeded',
      detail: 'exit code 0, 1 min 12 s, 4 Kubernetes calls, made 1 write',
    },
    {
      event: {
        kind: 'step-finished',
        stepId: STEP,
        attempt: 1,
        result: stepResult({ ok: false, timedOut: true, exitCode: undefined }),
      },
      did: 'Step 3, Scale up failed',
      detail: 'timed out, 1.8 s, 3 Kubernetes calls, wrote nothing',
    },
    {
      event: {
        kind: 'step-finished',
        stepId: STEP,
        attempt: 1,
        result: stepResult({ ok: false, verdict: '1 of 3 commands failed' }),
      },
      did: 'Step 3, Scale up failed',
      detail:
        '1 of 3 commands failed, exit code 0, 1.8 s, 3 Kubernetes calls, wrote nothing',
    },
    {
      event: {
        kind: 'approval-voided',
        stepId: STEP,
        because: 'the file a.yaml was changed by step 1',
      },
      did: 'Step 3, Scale up was not started',
      detail: 'the file a.yaml was changed by step 1',
    },
    {
      event: { kind: 'approval-expired', stepId: STEP },
      did: 'The approval of step 3, Scale up expired',
    },
    {
      event: { kind: 'step-judged', stepId: 'gone', by: SAM, good: false },
      by: SAM,
      did: 'judged that step gone looks wrong',
    },
  ])('tells $event.kind: $did', ({ event, ...line }) => {
    expect(tell(event)).toEqual(line);
  });

  it('does not say of an approver that they ran the step: their approval started what somebody else had asked for', () => {
    expect(
      tell(ASKED, APPROVED, {
        kind: 'step-queued',
        stepId: STEP,
        by: LENA,
        attempt: 1,
      }),
    ).toEqual({
      by: undefined,
      did: 'Step 3, Scale up was started by its last approval',
      detail: `${SAM} had asked for it`,
    });
  });
});
