import { MemoryRuns } from '../testing/MemoryRuns';
import { OWNERSHIP } from '../testing/ownership';
import {
  CHANGE_STEP,
  OWNER,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { ApprovalNotices } from './ApprovalNotices';

const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const NOTICE = { id: 'n', runId: RUN_ID, stepId: CHANGE_STEP.id };

describe('who is told that an approval waits', () => {
  let runs: MemoryRuns;
  let notified: jest.Mock;
  let notices: ApprovalNotices;

  beforeEach(async () => {
    runs = new MemoryRuns();
    notified = jest.fn();
    notices = new ApprovalNotices({
      runs,
      ownership: {
        ...OWNERSHIP,
        namesOf: async refs =>
          new Map(
            [...refs].map(ref => [ref, `The name of ${ref.split('/')[1]}`]),
          ),
      },
      notifier: { requested: notified },
      clock: { now: async () => new Date() },
    });
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => [requested(CHANGE_STEP.id)]);
  });

  it('is who could approve, and no account of the person who asks', async () => {
    await notices.deliver(NOTICE);
    expect(notified).toHaveBeenCalledWith(
      expect.objectContaining({ id: RUN_ID }),
      expect.objectContaining({ id: CHANGE_STEP.id }),
      {
        approverRefs: [OWNER],
        askedBy: 'The name of maya.lindqvist',
        entity: 'The name of auth-service',
      },
    );
  });

  it('is nobody where the answer was given meanwhile, or the run is being cancelled', async () => {
    await runs.change(RUN_ID, new Date(), () => [
      { kind: 'cancel-requested', by: OWNER },
    ]);
    await notices.deliver(NOTICE);
    await runs.change(RUN_ID, new Date(), () => [
      { kind: 'step-denied', stepId: CHANGE_STEP.id, by: OWNER },
    ]);
    await notices.deliver(NOTICE);
    expect(notified).not.toHaveBeenCalled();
  });
});
