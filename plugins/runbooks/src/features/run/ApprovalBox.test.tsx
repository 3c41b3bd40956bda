import type { Preview } from '@backstage-runbooks/plugin-runbooks-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { PREVIEWS } from '../../testing/previews';
import { runsInAllStates } from '../../testing/runs';
import { ApprovalBox } from './ApprovalBox';
import { approvalView } from './approvalView';
import { asBound } from './asBound';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(60_000);

const SCALING = 'high-latency/2.1';

/** The box of a step that waits, of a backend that answers so about its files. */
async function show(
  files: FakeRunbooksApi['getStepFiles'],
  onFiles = jest.fn(),
  preview?: Preview,
) {
  const { run } = runsInAllStates().approval;
  const state = run.steps[SCALING];
  if (state.status !== 'waiting-approval') throw new Error('it does not wait');
  const planned = run.plan.steps.find(({ id }) => id === SCALING)!;
  const request = { ...state.request, preview };
  const api = new FakeRunbooksApi();
  api.getStepFiles = files;
  await renderScreen(
    <ApprovalBox
      runId={run.id}
      stepId={SCALING}
      request={request}
      view={approvalView(request, asBound(planned, state), run.plan)}
      isOver={false}
      onFiles={onFiles}
    />,
    { api },
  );
}

describe('what an approver sees of scripts and manifests', () => {
  it('is their text, where it is short, and their length', async () => {
    await show(async () => ({
      files: [
        {
          path: 'scripts/scale.sh',
          text: 'kubectl scale deploy/auth-service --replicas=4\n',
          whole: true,
          hidesValues: false,
        },
      ],
      more: 2,
      unseen: ['bin/tool'],
    }));
    expect(await screen.findByText('scripts/scale.sh')).toBeInTheDocument();
    expect(screen.getByText('1 line')).toBeInTheDocument();
    expect(
      screen.getByText('kubectl scale deploy/auth-service --replicas=4', {
        exact: false,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('and 2 more, which are not shown here'),
    ).toBeInTheDocument();
    expect(screen.getByText('bin/tool').closest('li')).toHaveTextContent(
      'bin/tool cannot be shown',
    );
  });

  it('is all of a script of 40 lines, without a box that scrolls, and the rest of a longer one on demand', async () => {
    const text = (count: number, last: string) =>
      `${'echo a\n'.repeat(count - 1)}${last}\n`;
    await show(async () => ({
      files: [
        {
          path: 'scripts/deploy.sh',
          text: text(40, 'kubectl delete pod web-0'),
          whole: true,
          hidesValues: false,
          linesToMind: [40],
        },
        {
          path: 'scripts/long.sh',
          text: text(70, 'kubectl delete pod web-1'),
          whole: true,
          hidesValues: false,
          linesToMind: [70],
        },
      ],
      more: 0,
      unseen: [],
    }));
    expect(
      await screen.findByText('kubectl delete pod web-0', { exact: false }),
    ).toBeVisible();
    expect(
      screen.queryByText('kubectl delete pod web-1', { exact: false }),
    ).not.toBeInTheDocument();
    await userEvent
      .setup()
      .click(screen.getByText('10 more lines: line 70 may write'));
    expect(
      await screen.findByText('kubectl delete pod web-1', { exact: false }),
    ).toBeVisible();
  });

  it('says what is only a beginning, and that secret values are hidden', async () => {
    await show(async () => ({
      files: [
        {
          path: 'web.yaml',
          text: 'kind: Secret\n',
          whole: false,
          hidesValues: true,
        },
      ],
      more: 0,
      unseen: [],
    }));
    expect(await screen.findByText('its first 1 line')).toBeInTheDocument();
    expect(
      screen.getByText('Secret values in it are hidden.'),
    ).toBeInTheDocument();
  });

  it('is no line where the step uses none', async () => {
    const onFiles = jest.fn();
    await show(async () => ({ files: [], more: 0, unseen: [] }), onFiles);
    expect(await screen.findByText('May write')).toBeInTheDocument();
    await waitFor(() => expect(onFiles).toHaveBeenLastCalledWith('ready'));
    expect(screen.queryByText('Uses')).not.toBeInTheDocument();
  });

  it('is said to be read while it is not there yet', async () => {
    const onFiles = jest.fn();
    await show(() => new Promise(() => {}), onFiles);
    expect(onFiles.mock.calls).toEqual([['loading']]);
    expect(
      screen.getByText(
        'The scripts and manifests that it uses are being read.',
        {
          exact: false,
        },
      ),
    ).toBeInTheDocument();
  });

  it('is said where it could not be read', async () => {
    await show(async () => {
      throw new Error('the thread was ended after 10 s');
    });
    expect(
      await screen.findByText('the thread was ended after 10 s', {
        exact: false,
      }),
    ).toBeInTheDocument();
  });
});

describe('what an approver sees of what it would change', () => {
  const NO_FILES = async () => ({ files: [], more: 0, unseen: [] });
  const labels = () =>
    screen.getAllByRole('term').map(({ textContent }) => textContent);

  it('stands below who asked and why, before everything else', async () => {
    await show(NO_FILES, undefined, PREVIEWS.changes);
    expect(await screen.findByText('May write')).toBeInTheDocument();
    expect(labels().slice(0, 4)).toEqual([
      'Asked by',
      'Reason',
      'What it would change',
      'Effect',
    ]);
    expect(screen.getByText('3 → 6 replicas')).toBeInTheDocument();
  });

  it('is no line where nobody looked', async () => {
    await show(NO_FILES);
    expect(await screen.findByText('May write')).toBeInTheDocument();
    expect(labels()).not.toContain('What it would change');
  });
});
