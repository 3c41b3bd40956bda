import type { RunView } from '@backstage-runbooks/plugin-runbooks-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderScreen } from '../../__testUtils__/renderScreen';
import { FakeRunbooksApi } from '../../testing/FakeRunbooksApi';
import { RunPage } from './RunPage';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

function openRun(runId: string, api?: FakeRunbooksApi) {
  return renderScreen(<RunPage runId={runId} />, { api });
}

describe('the page of a run', () => {
  const scrolledTo: Element[] = [];

  beforeEach(() => {
    scrolledTo.length = 0;
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolledTo.push(this);
    };
  });

  it('stays at the step that was approved, and says that it runs', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const stepId = 'high-latency/2.1';
    api.commandRun = async () =>
      withSteps(api.runs.approval, {
        [stepId]: stateOf(api.runs.running, 'high-latency/1.2'),
      });
    await openRun('approval', api);
    await user.click(await screen.findByRole('button', { name: /^Approve/ }));
    expect(await screen.findByText('Approved: it runs')).toBeVisible();
    const head = screen.getByRole('button', { name: /Scale up/ });
    expect(head).toHaveFocus();
    expect(head).toHaveAttribute('aria-expanded', 'true');
    expect(scrolledTo).toEqual([head]);
  });

  it('folds what ended well when the next step is under way, to a line with what it said', async () => {
    const api = new FakeRunbooksApi();
    const { running } = api.runs;
    let tell: (view: RunView) => void = () => {};
    api.followRun = (_runId, listener) => {
      tell = view => act(() => listener.onMessage({ type: 'run', view }));
      listener.onMessage({
        type: 'run',
        view: withSteps(running, {
          'high-latency/1.1': stateOf(running, 'high-latency/1.2'),
          'high-latency/1.2': { status: 'pending' },
        }),
      });
      return () => undefined;
    };
    await openRun('running', api);
    const first = await screen.findByRole('button', { name: /Check the pods/ });
    expect(first).toHaveAttribute('aria-expanded', 'true');
    tell(withSteps(running, { 'high-latency/1.2': { status: 'pending' } }));
    expect(first).toHaveAttribute('aria-expanded', 'true');
    tell(running);
    expect(first).toHaveAttribute('aria-expanded', 'false');
    expect(first).toHaveTextContent('1.8 s');
  });

  it('frames the options of which one is chosen', async () => {
    await openRun('open');
    const choice = await screen.findByRole('group', {
      name: 'Choose one of 2',
    });
    expect(
      within(choice)
        .getAllByRole('button')
        .map(head => head.textContent),
    ).toEqual([
      expect.stringContaining('Scale up'),
      expect.stringContaining('Restart'),
    ]);
  });

  it('leads from a step that failed to the rollback, and to the procedure that fits what is wrong', async () => {
    const api = new FakeRunbooksApi();
    api.runs.failed = withSteps(api.runs.failed, {
      'high-latency/1.1': stateOf(api.runs.finished, 'high-latency/2.1'),
    });
    await openRun('failed', api);
    const way = await screen.findByRole('link', { name: /^Rollback, step 6/ });
    expect(way).toHaveAttribute(
      'href',
      '/runbooks/runs/failed?step=high-latency%2F3.1',
    );
    const health = screen.getByRole('region', { name: 'Live health' });
    expect(
      await within(health).findByRole('link', {
        name: 'Incident: pods crash in a loop',
      }),
    ).toBeInTheDocument();
  });

  it('can be ended at the end of the steps too, once one is done', async () => {
    await openRun('failed');
    const end = await screen.findByRole('region', { name: 'End of the run' });
    expect(
      within(end).getByRole('button', { name: 'Finish: it worked' }),
    ).toBeEnabled();
  });

  it('offers its end once, with the reason, to those who may not end it', async () => {
    await openRun('approval');
    expect(
      await screen.findByRole('button', { name: 'Finish: it worked' }),
    ).toBeDisabled();
  });

  it('is ended at its head alone while nothing is done', async () => {
    await openRun('open');
    expect(
      await screen.findAllByRole('button', { name: 'Finish: it worked' }),
    ).toHaveLength(1);
  });
});

function withSteps(view: RunView, steps: RunView['run']['steps']): RunView {
  const { run } = view;
  return { ...view, run: { ...run, steps: { ...run.steps, ...steps } } };
}

function stateOf(view: RunView, stepId: string) {
  return view.run.steps[stepId];
}
