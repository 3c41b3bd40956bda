import { mockServices } from '@backstage/backend-test-utils';
import { AlteredLedgerError } from '../ledger/AlteredLedgerError';
import { MemoryRuns } from '../testing/MemoryRuns';
import { OWNERSHIP } from '../testing/ownership';
import {
  CHANGE_STEP,
  OWNER,
  REQUESTER,
  requested,
  startedBy,
} from '../testing/runs';
import { RunNotices } from './RunNotices';
import type { AddressedNotice } from './RunNotifier';

const RUN_ID = '0b9f7f0e-0000-4000-8000-000000000001';
const SECOND_OWNER = 'user:default/priya.raman';

describe('what happens in a run is told', () => {
  let runs: MemoryRuns;
  let told: jest.Mock;
  let notices: RunNotices;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    runs = new MemoryRuns();
    told = jest.fn();
    notices = new RunNotices({
      runs,
      ownership: {
        ...OWNERSHIP,
        approversOfEach: async (refs, at) => [
          ...(await OWNERSHIP.approversOfEach(refs, at)),
          {
            userRef: SECOND_OWNER,
            displayName: 'Priya Raman',
            entitledBy: 'an owner',
            entityRef: 'component:default/auth-service',
          },
        ],
        namesOf: async refs =>
          new Map(
            [...refs].map(ref => [ref, `The name of ${ref.split('/')[1]}`]),
          ),
      },
      notifier: { tell: told },
      clock: { now: async () => new Date() },
      logger,
    });
    await runs.create(
      { runId: RUN_ID, events: startedBy(REQUESTER), secrets: [] },
      new Date(),
    );
    await runs.change(RUN_ID, new Date(), () => [requested(CHANGE_STEP.id)]);
  });

  const deliver = (seq: number) => notices.deliver({ runId: RUN_ID, seq });
  const recipients = () =>
    told.mock.calls.map(([, { userRefs, notice }]) => [
      notice.subject.kind,
      userRefs,
    ]);

  it('to who could approve, and to no account of the person who asks', async () => {
    await deliver(1);
    expect(recipients()).toEqual([['approval-wanted', [OWNER, SECOND_OWNER]]]);
    const { nameOf, seq } = told.mock.calls[0][1] as AddressedNotice;
    expect(seq).toBe(1);
    expect(nameOf(REQUESTER)).toBe('The name of maya.lindqvist');
    expect(nameOf('component:default/auth-service')).toBe(
      'The name of auth-service',
    );
  });

  it('to who asked and to the others who could approve, once one of them decided', async () => {
    await runs.change(RUN_ID, new Date(), () => [
      { kind: 'step-denied', stepId: CHANGE_STEP.id, by: OWNER },
    ]);
    await deliver(1);
    expect(told).not.toHaveBeenCalled();
    await deliver(2);
    expect(recipients()).toEqual([
      ['denied', [REQUESTER]],
      ['denied', [SECOND_OWNER]],
    ]);
  });

  it('to nobody where something else than the portal wrote the history: the notice is dropped, and the log says so', async () => {
    jest
      .spyOn(runs, 'vouchedLedger')
      .mockRejectedValue(new AlteredLedgerError('its history was changed'));
    await deliver(1);
    expect(told).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      `Nobody is told of event 1 of run ${RUN_ID}: its history was changed`,
    );
  });

  it('later where the history cannot be read for another reason', async () => {
    jest
      .spyOn(runs, 'vouchedLedger')
      .mockRejectedValue(new Error('the database is away'));
    await expect(deliver(1)).rejects.toThrow('the database is away');
  });

  it('to nobody where the run is being cancelled before anybody was asked', async () => {
    await runs.change(RUN_ID, new Date(), () => [
      { kind: 'cancel-requested', by: OWNER },
    ]);
    await deliver(1);
    expect(told).not.toHaveBeenCalled();
  });
});
