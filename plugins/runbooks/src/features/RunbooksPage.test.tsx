import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRunbooksApi } from '../testing/FakeRunbooksApi';
import { answeredWith } from '../testing/refusals';
import { allowed } from '../testing/runs';
import { renderScreen } from '../__testUtils__/renderScreen';
import { RunbooksPage } from './RunbooksPage';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

const KNOWN_RUNS = Object.keys(new FakeRunbooksApi().runs).length;

function openPage(at: string, api?: FakeRunbooksApi) {
  return renderScreen(<RunbooksPage />, {
    api,
    at: `/runbooks${at}`,
    mountedAt: '/runbooks',
  });
}

describe('a run', () => {
  it('shows after its end what the approver saw that it would change', async () => {
    const user = userEvent.setup();
    await openPage('/runs/preview-approved');
    await user.click(await screen.findByRole('button', { name: /Scale up/ }));
    expect(screen.queryByText('3 → 6 replicas')).not.toBeInTheDocument();
    await user.click(screen.getByText('What the approver saw'));
    expect(screen.getByText('3 → 6 replicas')).toBeInTheDocument();
  });

  it('tells an approver beside the button where there is no preview, and why', async () => {
    await openPage('/runs/preview-not-possible');
    expect(
      await screen.findByText(
        /^There is no preview of what it would change, because it waits for a roll-out/,
      ),
    ).toHaveTextContent(/: look at the commands and at what it may write\.$/);
  });

  it('opens the step that wants attention and shows what an approver must see', async () => {
    const user = userEvent.setup();
    const api = await openPage('/runs/approval');
    const covers = await screen.findByLabelText('What the approval covers');
    expect(covers).toHaveTextContent(
      'patch deployments/scale (apps) auth-service in identity',
    );
    expect(covers).toHaveTextContent(
      "Writes only in identity; reads in the whole cluster; Secrets: none.Rule 'identity' of the configuration.",
    );
    expect(covers).toHaveTextContent('replicas: 6');
    expect(covers).toHaveTextContent('the pods are at their CPU limit');
    await user.click(screen.getByRole('button', { name: 'Approve and run' }));
    expect(api.commands).toEqual([
      {
        runId: 'approval',
        command: {
          kind: 'approve',
          stepId: 'high-latency/2.1',
          digest: 'a3'.repeat(32),
        },
      },
    ]);
  });

  it('says why the person may not approve', async () => {
    await openPage('/runs/own-approval');
    expect(
      await screen.findByRole('button', { name: 'Approve' }),
    ).toBeDisabled();
    expect(
      screen.getByText('Approve: you asked for it yourself; ask Lena Fischer'),
    ).toBeInTheDocument();
  });

  it('wants a destructive step typed before an approval is asked for', async () => {
    const user = userEvent.setup();
    const api = await openPage('/runs/open');
    await user.click(await screen.findByRole('button', { name: /Option 2/ }));
    await user.click(screen.getByRole('button', { name: 'Request approval' }));
    const submit = screen.getByRole('button', { name: 'Request approval' });
    expect(submit).toBeDisabled();
    await user.type(
      screen.getByRole('textbox', { name: /Type delete pods to confirm/ }),
      'delete pods',
    );
    await user.type(
      screen.getByRole('textbox', { name: 'Reason for the approver' }),
      'they hang',
    );
    await user.click(submit);
    expect(api.commands.map(one => one.command)).toEqual([
      {
        kind: 'request-approval',
        stepId: 'high-latency/2.2',
        reason: 'they hang',
        confirmation: 'delete pods',
      },
    ]);
  });

  it('asks for a text to type that the server wants only when the step is asked for', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const refusal = await answeredWith(
      400,
      '"Scale up" scales to 0 replicas: type "auth-service" to ask for it',
      'InputError',
    );
    const sent: unknown[] = [];
    api.commandRun = async (runId, command) => {
      sent.push(command);
      if (sent.length === 1) throw refusal;
      return api.getRun(runId);
    };
    await openPage('/runs/open?step=high-latency%2F2.1', api);
    await user.click(
      await screen.findByRole('button', { name: 'Request approval' }),
    );
    await user.click(screen.getByRole('button', { name: 'Request approval' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'type "auth-service" to ask for it',
    );
    await user.type(
      screen.getByRole('textbox', { name: /Type what is asked for/ }),
      'auth-service',
    );
    await user.click(screen.getByRole('button', { name: 'Request approval' }));
    expect(sent).toEqual([
      { kind: 'request-approval', stepId: 'high-latency/2.1' },
      {
        kind: 'request-approval',
        stepId: 'high-latency/2.1',
        confirmation: 'auth-service',
      },
    ]);
  });

  it('shows output as it was printed, without terminal codes', async () => {
    await openPage('/runs/running');
    const output = await screen.findByRole('log');
    expect(
      await within(output).findByText(/WARN token store answered after 900 ms/),
    ).toBeInTheDocument();
    expect(output.textContent).not.toMatch(/\[33m/);
    expect(screen.getByText('Output · 600 lines')).toBeInTheDocument();
  });

  it('adds output that arrives by the stream', async () => {
    const api = new FakeRunbooksApi();
    let send: ((text: string, offset: number) => void) | undefined;
    const first = 'first line\n';
    api.output = () => first;
    api.followRun = (runId, listener) => {
      listener.onMessage({ type: 'run', view: api.runs[runId] });
      send = (text, offset) =>
        listener.onMessage({
          type: 'output',
          stepId: 'high-latency/1.2',
          attempt: 1,
          offset,
          text,
          nextOffset: offset + text.length,
        });
      return () => undefined;
    };
    await openPage('/runs/running', api);
    await screen.findByText('first line');
    act(() => {
      send?.('second line\n', first.length);
      send?.('second line\n', first.length);
    });
    expect(await screen.findByText(/second line/)).toHaveTextContent(
      /^first line second line$/,
    );
  });

  it('says why nobody works on it, how often that failed and when it is tried again', async () => {
    const api = new FakeRunbooksApi();
    api.runs.running.retry = {
      because: 'the database could not be reached',
      failures: 3,
      at: new Date(Date.now() + 290_000).toISOString(),
    };
    await openPage('/runs/running', api);
    const title = await screen.findByText('This run could not be worked on');
    expect(title.parentElement).toHaveTextContent(
      'It failed 3 times in a row, the last time because the database could not be reached. It is tried again by itself, the next time in 5 min.',
    );
  });

  it('shows the recorded calls of an interrupted step and takes a decision with its reason', async () => {
    const user = userEvent.setup();
    const api = await openPage('/runs/interrupted');
    const calls = await screen.findByRole('list', { name: 'Kubernetes calls' });
    expect(within(calls).getByText('end not seen')).toBeInTheDocument();
    expect(within(calls).getByText('Refused')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'It was done' }));
    await user.type(
      screen.getByRole('textbox', { name: /How do you know/ }),
      'six pods are ready',
    );
    await user.click(screen.getByRole('button', { name: 'Mark as done' }));
    expect(api.commands.map(one => one.command)).toEqual([
      {
        kind: 'settle-interruption',
        stepId: 'high-latency/2.1',
        as: 'done',
        reason: 'six pods are ready',
      },
    ]);
  });

  it('shows what the server judged of the output, and is not green where something was not met', async () => {
    const user = userEvent.setup();
    await openPage('/runs/commands-failed');
    const head = await screen.findByRole('button', { name: /Check the pods/ });
    expect(head).toHaveTextContent('Not as expected');
    await user.click(head);
    const checks = await screen.findByRole('list', {
      name: 'Checks of what good looks like',
    });
    expect(within(checks).getByText('Not met')).toBeInTheDocument();
    expect(within(checks).getByText('Met')).toBeInTheDocument();
    expect(screen.queryByText('Succeeded')).not.toBeInTheDocument();
  });

  it('that was called a success is not shown as one where a step of it failed', async () => {
    await openPage('/runs/called-a-success');
    expect(
      await screen.findByText('Success, but 1 failed'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('1 step failed, 1 not as expected, 2 not done'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Succeeded')).not.toBeInTheDocument();
  });

  it('of a service that is gone is shown with all that it did, and without what is not to be had', async () => {
    const api = new FakeRunbooksApi();
    const { finished } = api.runs;
    api.runs.finished = {
      ...finished,
      entityTitle: finished.run.plan.entityRef,
      entityIsGone: true,
    };
    const health = jest.spyOn(api, 'followHealth');
    await openPage('/runs/finished', api);
    expect(
      await screen.findByText(/is not in the catalog any more/),
    ).toHaveTextContent('component:default/auth-service');
    const place = screen.getByRole('navigation', { name: 'Place of the run' });
    expect(place).toHaveTextContent(
      'component:default/auth-service › Auth service operations',
    );
    expect(within(place).queryByRole('link')).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Scale up/ }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Live health' }),
    ).not.toBeInTheDocument();
    expect(health).not.toHaveBeenCalled();
  });

  it('names the commands of a step that failed before its output', async () => {
    await openPage('/runs/commands-failed');
    const head = await screen.findByRole('button', {
      name: /Scale up.*1 of 3 commands failed/,
    });
    expect(head).toHaveAttribute('aria-expanded', 'true');
    expect(
      screen.getByText(/ended with exit code 1/, { selector: 'div' }),
    ).toHaveTextContent('kubectl apply -f deploy.yaml ended with exit code 1');
    const approvals = screen.getByRole('list', { name: 'Approvals' });
    expect(approvals).toHaveTextContent(
      /Approved for auth-service by lena.fischer.*on call for auth-service/,
    );
  });

  it('shows who must approve, who has, and gives all approvals of one person at once', async () => {
    const user = userEvent.setup();
    const api = await openPage('/runs/several-approvals');
    const parts = within(
      await screen.findByRole('list', { name: 'Who must approve' }),
    );
    expect(parts.getAllByText('Missing')).toHaveLength(2);
    expect(parts.getByText('Approved')).toBeInTheDocument();
    expect(parts.getByText('auth-service').closest('li')).toHaveTextContent(
      /by mia.torres or lena.fischer$/,
    );
    expect(parts.getByText('payments').closest('li')).toHaveTextContent(
      /lena.fischer.*on call for payments/,
    );
    expect(
      screen.getByText(/It runs as soon as you approve\.$/),
    ).toHaveTextContent(
      'You approve for auth-service and user-service. It runs as soon as you approve.',
    );
    await user.click(screen.getByRole('button', { name: 'Approve and run' }));
    expect(api.commands.map(one => one.command)).toMatchObject([
      { kind: 'approve', stepId: 'high-latency/2.1' },
    ]);
  });

  it('shows an approver the values and changed files that would reach the step', async () => {
    await openPage('/runs/several-approvals');
    const covers = await screen.findByLabelText('What the approval covers');
    expect(covers).toHaveTextContent(
      'REPLICAS_BEFORE: 3 (left by an earlier step)',
    );
    expect(covers).toHaveTextContent('TOKEN: secret, not shown');
    expect(covers).toHaveTextContent(
      'Its text alone changes something; with its values it is destructive.',
    );
    expect(
      screen.getByRole('region', { name: 'Differences of backups/cm.yaml' }),
    ).toHaveTextContent('+ poolSize: ••••••');
    expect(
      screen.getByText(/Values of Secrets are hidden here/),
    ).toBeInTheDocument();
    expect(covers).toHaveTextContent(
      'anybody who can register a component wrote this. Owners of auth-service, user-service and payments must approve.',
    );
  });

  it('says why an approval does not count any more', async () => {
    await openPage('/runs/voided?step=high-latency%2F2.1');
    expect(
      await screen.findByText(
        'The file backups/cm.yaml was changed by step 2, Look at the logs',
      ),
    ).toBeInTheDocument();
  });

  it('says of a step that waits for an earlier one that its approval is told then', async () => {
    await openPage('/runs/later?step=high-latency%2F2.1');
    expect(
      await screen.findByText(/uses POD, which 'Find the pod' leaves/),
    ).toHaveTextContent(/^Told when the step comes:/);
    expect(screen.getByRole('button', { name: 'Run step' })).toBeEnabled();
    expect(
      screen.getByRole('button', { name: 'Request approval' }),
    ).toBeEnabled();
  });

  it('says that a broken chain is broken, and where', async () => {
    await openPage('/runs/failed');
    expect(await screen.findByText('Broken at event 3')).toBeInTheDocument();
    expect(screen.getByText('The record was changed')).toBeInTheDocument();
    expect(screen.queryByText(/Sealed up to/)).not.toBeInTheDocument();
  });

  it('says how far its history is sealed, and gives its evidence as a file with the command that checks it', async () => {
    const user = userEvent.setup();
    const saved: Array<{ name: string }> = [];
    URL.createObjectURL = () => 'blob:evidence';
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push({ name: this.download });
      });
    await openPage('/runs/open');
    expect(
      await screen.findByText(/^Sealed up to event 4 of \d+ in checkpoint 12/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Export evidence' }));
    await waitFor(() => expect(saved).toEqual([{ name: 'run-open.jsonl' }]));
    click.mockRestore();
    await user.click(screen.getByText('Check it yourself'));
    expect(
      screen.getByText(
        'runbooks verify run-open.jsonl --key portal-public.pem',
      ),
    ).toBeInTheDocument();
  });

  it('says why its evidence could not be exported', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    api.getEvidence = async () => {
      throw new Error('2 exports of evidence are under way.');
    };
    await openPage('/runs/open', api);
    await user.click(
      await screen.findByRole('button', { name: 'Export evidence' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '2 exports of evidence are under way.',
    );
  });

  it('keeps what the server says when a command is refused', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    api.runs.open.viewer.steps['high-latency/1.1'] = [allowed('run')];
    api.commandRun = async () => {
      throw new Error('A changing run is under way on this cluster.');
    };
    await openPage('/runs/open', api);
    await user.click(await screen.findByRole('button', { name: 'Run step' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'A changing run is under way on this cluster.',
    );
  });

  it('links the run that holds what a step needs', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const conflict = await answeredWith(
      409,
      '"Rollback" is changing deployments.apps auth-service in identity on local right now; wait until its step has ended and is settled: /runbooks/runs/other-run',
      'ConflictError',
    );
    api.commandRun = async () => {
      throw conflict;
    };
    await openPage('/runs/open', api);
    await user.click(await screen.findByRole('button', { name: 'Run step' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      /has ended and is settled\. Open that run$/,
    );
    expect(
      within(alert).getByRole('link', { name: 'Open that run' }),
    ).toHaveAttribute('href', '/runbooks/runs/other-run');
  });

  it.each([
    { status: 401, says: 'Sign in again to see this run.' },
    { status: 403, says: 'You may not see this run here.' },
    {
      status: 404,
      says: 'Either this run is not there, or you may not see it.',
    },
  ])(
    'that may not be seen says so quietly ($status)',
    async ({ status, says }) => {
      const api = new FakeRunbooksApi();
      const error = await answeredWith(status, 'NotAllowed');
      api.followRun = (_runId, listener) => {
        listener.onConnection?.({ kind: 'denied', error });
        return () => undefined;
      };
      await openPage('/runs/open', api);
      expect(await screen.findByText(says)).toBeInTheDocument();
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    },
  );

  it('that does not exist says so and leads back', async () => {
    await openPage('/runs/none');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load this run',
    );
    expect(screen.getByRole('link', { name: 'All runs' })).toHaveAttribute(
      'href',
      '/runbooks/runs',
    );
  });
});

describe('a link to a step of a run', () => {
  const TWO_WAITING: Array<{ stepId: string; title: RegExp }> = [
    { stepId: 'high-latency/2.1', title: /Scale up/ },
    { stepId: 'high-latency/2.2', title: /Restart/ },
  ];
  const scrolledTo: Element[] = [];

  beforeEach(() => {
    scrolledTo.length = 0;
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolledTo.push(this);
    };
  });

  it.each(TWO_WAITING)(
    'opens $stepId and no other, though two wait for an approval',
    async ({ stepId, title }) => {
      const user = userEvent.setup();
      const api = await openPage(
        `/runs/two-approvals?step=${encodeURIComponent(stepId)}`,
      );
      const head = await screen.findByRole('button', { name: title });
      expect(head).toHaveFocus();
      expect(scrolledTo).toEqual([head]);
      expect(openHeads()).toEqual([head]);
      await user.click(screen.getByRole('button', { name: /^Approve/ }));
      expect(api.commands.map(one => one.command)).toMatchObject([
        { kind: 'approve', stepId },
      ]);
    },
  );

  it('that the run does not have opens no step at all and says so', async () => {
    await openPage('/runs/two-approvals?step=gone%2F1');
    expect(
      await screen.findByText('The step of this link is not here'),
    ).toBeInTheDocument();
    expect(openHeads()).toEqual([]);
  });

  it('is not needed to find the step that wants attention', async () => {
    await openPage('/runs/two-approvals');
    expect(
      await screen.findByRole('button', { name: /Scale up/, expanded: true }),
    ).toBeInTheDocument();
    expect(scrolledTo).toEqual([]);
  });

  function openHeads() {
    return screen.queryAllByRole('button', { expanded: true });
  }
});

describe('history', () => {
  it('shows who ran what and loads older runs on demand', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    api.olderRuns = 3;
    api.mostInAPage = KNOWN_RUNS - 1;
    await openPage('/runs', api);
    const table = await screen.findByRole('table', { name: 'Runs' });
    expect(within(table).getAllByRole('row')).toHaveLength(KNOWN_RUNS);
    await user.click(screen.getByRole('button', { name: 'Show older runs' }));
    await waitFor(() =>
      expect(within(table).getAllByRole('row')).toHaveLength(
        KNOWN_RUNS + 3 + 1,
      ),
    );
    expect(
      screen.queryByRole('button', { name: 'Show older runs' }),
    ).not.toBeInTheDocument();
  });

  it('keeps its filters in the address', async () => {
    await openPage('/runs?state=interrupted');
    const table = await screen.findByRole('table', { name: 'Runs' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(within(table).getAllByText('Interrupted')).toHaveLength(2);
  });

  it('names a service that is gone, without a link that leads nowhere', async () => {
    const api = new FakeRunbooksApi();
    const { runs } = await api.listRuns({ limit: 1 });
    api.listRuns = async () => ({ runs: [{ ...runs[0], entityIsGone: true }] });
    await openPage('/runs', api);
    const table = await screen.findByRole('table', { name: 'Runs' });
    expect(
      within(table).getByText('not in the catalog any more'),
    ).toBeInTheDocument();
    const cell = within(table).getByText('component:default/auth-service');
    expect(cell.closest('a')).toBeNull();
  });

  it('says when nothing matches and clears the filters', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    api.olderRuns = 0;
    await openPage('/runs?state=cancelled', api);
    expect(await screen.findByText('No run matches.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(
      await screen.findByRole('table', { name: 'Runs' }),
    ).toBeInTheDocument();
  });
});

describe('approvals', () => {
  it('that wait for the person lead to the very step, also behind an interrupted one', async () => {
    await openPage('/approvals');
    const lines = (await screen.findAllByRole('link'))
      .map(link => link.getAttribute('href'))
      .filter(href => href?.includes('/runs/'));
    expect(lines).toEqual(
      expect.arrayContaining([
        '/runbooks/runs/approval?step=high-latency%2F2.1',
        '/runbooks/runs/two-approvals?step=high-latency%2F2.1',
        '/runbooks/runs/two-approvals?step=high-latency%2F2.2',
        '/runbooks/runs/behind-interrupted?step=high-latency%2F2.1',
      ]),
    );
  });

  it('say whose approval is still missing', async () => {
    await openPage('/approvals');
    const line = (await screen.findAllByRole('listitem')).find(one =>
      one.querySelector('a[href*="several-approvals"]'),
    );
    expect(line).toHaveTextContent(/Missing: auth-service and user-service/);
  });

  it('are not asked for again once that was refused', async () => {
    jest.useFakeTimers();
    try {
      const api = new FakeRunbooksApi();
      const refusal = await answeredWith(403, 'NotAllowed');
      let asked = 0;
      api.listApprovals = async () => {
        asked += 1;
        throw refusal;
      };
      await openPage('/approvals', api);
      expect(
        await screen.findByText('You may not see approvals here.'),
      ).toBeInTheDocument();
      await act(async () => jest.advanceTimersByTime(600_000));
      expect(asked).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('say when there are none', async () => {
    const api = new FakeRunbooksApi();
    api.listApprovals = async () => [];
    await openPage('/approvals', api);
    expect(
      await screen.findByText('Nothing waits for your approval.'),
    ).toBeInTheDocument();
  });
});
