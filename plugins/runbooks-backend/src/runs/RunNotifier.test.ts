import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  EMPTY_LEDGER,
  chainEvents,
  foldRun,
  type RunNotice,
} from '@backstage-runbooks/plugin-runbooks-common';
import { planOf, REQUESTER, startedBy, step } from '../testing/runs';
import { RunNotifier } from './RunNotifier';

const RUN_ID = '6c6a3c0e-4a54-4d9c-8f0d-5a3f0f6f0000';
const STEP_ID = 'steps/2 scale';
const MAYA = REQUESTER;
const TOMAS = 'user:default/tomas.okafor';
const NAMES: Record<string, string> = {
  [MAYA]: 'Maya Lindqvist',
  [TOMAS]: 'Tomas Okafor',
  'component:default/auth-service': 'Auth service',
  'component:default/shop': 'Shop',
};

const WANTED: RunNotice = {
  to: { kind: 'approvers', approvalOf: ['component:default/auth-service'] },
  except: [MAYA],
  stepId: STEP_ID,
  subject: { kind: 'approval-wanted', by: MAYA },
};

function runWith(
  title = 'Scale it',
  because = 'scales deployment auth-service to 4 replicas',
) {
  const plan = planOf({ steps: [step({ id: STEP_ID, title, because })] });
  return foldRun(
    chainEvents(
      RUN_ID,
      EMPTY_LEDGER,
      startedBy(MAYA, plan),
      '2026-11-21T02:00:00.000Z',
    ),
  );
}

describe('telling people what happened in a run', () => {
  const send = jest.fn(async (_: NotificationSendOptions) => {});
  beforeEach(() => send.mockClear());

  async function tell(notice: RunNotice, run = runWith(), userRefs = [TOMAS]) {
    const notifier = new RunNotifier({ notifications: { send } });
    await notifier.tell(run, {
      notice,
      seq: 7,
      userRefs,
      nameOf: ref => NAMES[ref] ?? ref,
    });
    return send.mock.calls.at(-1)?.[0].payload;
  }

  it('links the very step, and the run where it is about that', async () => {
    expect((await tell(WANTED))?.link).toBe(
      `/runbooks/runs/${RUN_ID}?step=steps%2F2%20scale`,
    );
    const ended: RunNotice = {
      to: { kind: 'people', userRefs: [MAYA] },
      except: [],
      subject: { kind: 'run-ended', by: TOMAS, outcome: 'cancelled' },
    };
    expect(await tell(ended)).toMatchObject({
      link: `/runbooks/runs/${RUN_ID}`,
      title: 'Ended as cancelled: Scaling a service',
      description: 'Tomas Okafor ended your run on Auth service.',
    });
  });

  it.each<{
    subject: RunNotice['subject'];
    title: string;
    description: string;
    severity: string;
  }>([
    {
      subject: WANTED.subject,
      title: 'Approval wanted: Scale it',
      description:
        'Scales deployment auth-service to 4 replicas. Maya Lindqvist asks for it on Auth service.',
      severity: 'high',
    },
    {
      subject: { kind: 'approved', by: TOMAS, missing: [] },
      title: 'Approved: Scale it',
      description: 'Tomas Okafor approved it on Auth service.',
      severity: 'normal',
    },
    {
      subject: {
        kind: 'approved',
        by: TOMAS,
        missing: ['component:default/shop'],
      },
      title: 'Approved in part: Scale it',
      description:
        'Tomas Okafor approved it on Auth service; it waits for an owner of Shop.',
      severity: 'low',
    },
    {
      subject: { kind: 'denied', by: TOMAS, reason: 'not tonight.' },
      title: 'Denied: Scale it',
      description: 'Tomas Okafor denied it on Auth service: not tonight.',
      severity: 'high',
    },
    {
      subject: { kind: 'failed', because: '1 of 3 commands failed' },
      title: 'Failed: Scale it',
      description: 'On Auth service: 1 of 3 commands failed.',
      severity: 'high',
    },
    {
      subject: { kind: 'succeeded' },
      title: 'Ran: Scale it',
      description: 'It ended well on Auth service, after its approval.',
      severity: 'normal',
    },
  ])('says by names who, what and where: $title', async expected => {
    const { subject, ...words } = expected;
    const people: RunNotice['to'] = { kind: 'people', userRefs: [MAYA] };
    const to = subject.kind === 'approval-wanted' ? WANTED.to : people;
    expect(await tell({ ...WANTED, to, subject })).toMatchObject(words);
  });

  it('lets those who are asked no more know, and calls none of them', async () => {
    const subject = { kind: 'denied' as const, by: TOMAS };
    const told = await tell({ ...WANTED, subject });
    expect(told?.severity).toBe('low');
  });

  it('tells nobody where nobody is to be told', async () => {
    await tell(WANTED, runWith(), []);
    expect(send).not.toHaveBeenCalled();
  });

  it('shows what a title hides, in one line of a bounded length', async () => {
    const run = runWith(
      'Look\u202E only\u200B\n\nhttps://evil',
      'x'.repeat(5_000),
    );
    const told = await tell(WANTED, run);
    expect(told?.title).toMatch(/^[\x20-\x7e]+$/);
    expect(told?.title).toContain('202E');
    expect([...(told?.description ?? '')].length).toBeLessThanOrEqual(301);
  });

  it('shows no credential, and folds what pushes text out of sight', async () => {
    const run = runWith(
      `Restart\u202E it${' '.repeat(500)}now`,
      `restarts with ghp_${'Z9'.repeat(18)}`,
    );
    expect(await tell(WANTED, run)).toMatchObject({
      title: 'Approval wanted: Restart\\u{202E} it… 500 blanks …now',
      description:
        'Restarts with [redacted]. Maya Lindqvist asks for it on Auth service.',
    });
  });

  it('has the same scope and key when it is tried again, and the same scope for all that is told of a step', async () => {
    send.mockRejectedValueOnce(new Error('Request failed with status 404'));
    await expect(tell(WANTED)).rejects.toThrow('404');
    await tell(WANTED);
    await tell({ ...WANTED, subject: { kind: 'expired' } });
    const scopes = send.mock.calls.map(([{ payload }]) => payload.scope);
    expect(new Set(scopes)).toEqual(new Set([`${RUN_ID} ${STEP_ID}`]));
    const keys = send.mock.calls.map(([{ payload }]) => payload.metadata);
    expect(keys[0]).toEqual({ key: `${RUN_ID} 7` });
    expect(keys[1]).toEqual(keys[0]);
  });
});
