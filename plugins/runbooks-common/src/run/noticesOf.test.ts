import {
  CHANGE_STEP,
  OUTSIDER,
  OWNER,
  plan,
  READ_STEP,
  REQUESTER,
  STARTED,
  stepResult,
} from '../testing/plans';
import { AT, EXPIRES_AT, REQUEST } from '../testing/runsInStates';
import type { RunEvent } from './model';
import { noticesOf } from './noticesOf';

const AUTH = 'component:default/auth-service';
const SHOP = 'component:default/shop';
const RITA = REQUEST.requestedBy;
const stepId = CHANGE_STEP.id;
const { digest, binding } = REQUEST;

const asked: RunEvent = {
  kind: 'approval-requested',
  stepId,
  by: RITA,
  digest,
  binding,
  differences: [],
  expiresAt: EXPIRES_AT,
};
const approved: RunEvent = {
  kind: 'step-approved',
  stepId,
  by: OWNER,
  digest,
  covers: [{ entityRef: AUTH, entitledBy: 'owner' }],
};
const queued: RunEvent = { kind: 'step-queued', stepId, by: OWNER, attempt: 1 };
const started: RunEvent = {
  kind: 'step-started',
  stepId,
  attempt: 1,
  executor: 'local',
  worker: 'w',
  digest,
};
const finished = (over: Parameters<typeof stepResult>[0] = {}): RunEvent => ({
  kind: 'step-finished',
  stepId,
  attempt: 1,
  result: stepResult(over),
});
const ended = (by: string): RunEvent => ({
  kind: 'run-finished',
  by,
  outcome: 'cancelled',
});

/** What is told of the event at `seq` once all of them happened; of the last one where it is left out. */
function told(events: RunEvent[], seq = events.length) {
  const entries = [STARTED, ...events].map((event, n) => ({
    runId: 'run-1',
    seq: n,
    at: AT,
    event,
  }));
  return noticesOf(entries, seq).map(({ to, except, subject }) => [
    to.kind === 'people' ? to.userRefs : to.approvalOf,
    except,
    subject.kind,
  ]);
}

const people = [REQUESTER, RITA];

describe('people are told', () => {
  it.each<{ says: string; events: RunEvent[]; seq?: number; is: unknown[] }>([
    {
      says: 'that an approval is wanted: whoever may give it, and not who asks',
      events: [asked],
      is: [[[AUTH], people, 'approval-wanted']],
    },
    {
      says: 'nothing of a request that is answered meanwhile',
      events: [asked, approved],
      seq: 1,
      is: [],
    },
    {
      says: 'that it was approved: who waits for it, and the others who were asked',
      events: [asked, approved, queued, started],
      seq: 2,
      is: [
        [people, [OWNER], 'approved'],
        [[AUTH], [OWNER, ...people], 'approved'],
      ],
    },
    {
      says: 'that it was denied, in the same way',
      events: [asked, { kind: 'step-denied', stepId, by: OWNER }],
      is: [
        [people, [OWNER], 'denied'],
        [[AUTH], [OWNER, ...people], 'denied'],
      ],
    },
    {
      says: 'that nobody answered in time',
      events: [asked, { kind: 'approval-expired', stepId }],
      is: [
        [people, [], 'expired'],
        [[AUTH], people, 'expired'],
      ],
    },
    {
      says: 'that it was not started although it was approved',
      events: [
        asked,
        approved,
        queued,
        { kind: 'approval-voided', stepId, because: 'a file was changed' },
      ],
      is: [[people, [], 'voided']],
    },
    {
      says: 'how it ended once it was approved',
      events: [asked, approved, queued, started, finished()],
      is: [[people, [], 'succeeded']],
    },
    {
      says: 'that it failed',
      events: [asked, approved, queued, started, finished({ ok: false })],
      is: [[people, [], 'failed']],
    },
    {
      says: 'of the approval only with how it ended, where that came first; the others who were asked are told all the same',
      events: [asked, approved, queued, started, finished()],
      seq: 2,
      is: [[[AUTH], [OWNER, ...people], 'approved']],
    },
    {
      says: 'that nobody saw how it ended',
      events: [
        asked,
        approved,
        queued,
        started,
        { kind: 'step-interrupted', stepId, attempt: 1, because: 'a crash' },
      ],
      is: [[people, [], 'interrupted']],
    },
    {
      says: 'nothing by a step that was left out, but those who were asked about it',
      events: [
        asked,
        { kind: 'step-skipped', stepId, by: REQUESTER, reason: 'not needed' },
      ],
      is: [[[AUTH], [REQUESTER, ...people], 'withdrawn']],
    },
    {
      says: 'nothing of an answer where it is asked again',
      events: [asked, { kind: 'approval-expired', stepId }, asked],
      seq: 2,
      is: [],
    },
    {
      says: 'that somebody else ended their run, and those who were asked that they are no more',
      events: [asked, ended(OUTSIDER)],
      is: [
        [[REQUESTER], [OUTSIDER], 'run-ended'],
        [[AUTH], [OUTSIDER, ...people], 'withdrawn'],
      ],
    },
    {
      says: 'nothing by the end of a run that they ended themselves',
      events: [ended(REQUESTER)],
      is: [],
    },
    {
      says: 'nothing by a step that was cancelled: the end of the run tells it',
      events: [
        asked,
        approved,
        queued,
        started,
        finished({ ok: false, cancelled: true }),
      ],
      is: [],
    },
  ])('$says', ({ events, seq, is }) => {
    expect(told(events, seq)).toEqual(is);
  });

  it('whose approval is still missing, and those who are to give it hear nothing else', () => {
    const both: RunEvent = {
      ...asked,
      binding: {
        ...binding,
        requires: {
          kind: 'approval',
          because: 'changes both',
          approvedBy: [AUTH, SHOP],
        },
      },
    };
    const entries = [STARTED, both, approved].map((event, seq) => ({
      runId: 'run-1',
      seq,
      at: AT,
      event,
    }));
    expect(noticesOf(entries, 2)).toEqual([
      expect.objectContaining({
        to: { kind: 'people', userRefs: people },
        subject: { kind: 'approved', by: OWNER, missing: [SHOP] },
      }),
    ]);
  });

  it('of a step that needed no approval only where it failed', () => {
    const read = { stepId: READ_STEP.id, attempt: 1 };
    const events = (ok: boolean): RunEvent[] => [
      {
        ...queued,
        ...read,
        by: REQUESTER,
        binding: { ...binding, digest: plan().steps[0].digest },
      } as RunEvent,
      { ...started, ...read } as RunEvent,
      { ...finished({ ok }), ...read } as RunEvent,
    ];
    expect(told(events(true))).toEqual([]);
    expect(told(events(false))).toEqual([[[REQUESTER], [], 'failed']]);
  });
});
