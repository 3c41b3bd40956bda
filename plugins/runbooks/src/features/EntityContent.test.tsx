import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRunbooksApi } from '../testing/FakeRunbooksApi';
import { answeredWith } from '../testing/refusals';
import { onPageOf, renderScreen } from '../__testUtils__/renderScreen';
import { EntityContent } from './EntityContent';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(30_000);

const TAB = '/catalog/default/component/x/runbooks';

function openTab(name: string, api?: FakeRunbooksApi, below = '') {
  return renderScreen(onPageOf(name, <EntityContent />), {
    api,
    at: `${TAB}${below}`,
    mountedAt: TAB,
  });
}

describe('the tab of a service', () => {
  it('shows health, on-call, procedures and recent runs as regions one can jump to', async () => {
    await openTab('auth-service');
    const health = await screen.findByRole('region', { name: 'Live health' });
    expect(within(health).getAllByText('Degraded').length).toBeGreaterThan(0);
    expect(within(health).getByText('CrashLoopBackOff')).toBeInTheDocument();
    expect(within(health).getByText('Simulated nodes')).toBeInTheDocument();

    const onCall = screen.getByRole('region', { name: 'On call' });
    expect(
      await within(onCall).findByRole('link', { name: '+1 555 0142' }),
    ).toHaveAttribute('href', 'tel:+15550142');

    const procedures = await screen.findByRole('region', {
      name: 'Procedures',
    });
    expect(
      within(procedures).getByRole('link', { name: 'Canary deployment' }),
    ).toHaveAttribute('href', `${TAB}/p/auth-service%2Foperations.md/canary`);
    const runs = screen.getByRole('region', { name: 'Recent runs' });
    expect(
      within(runs).getByRole('link', { name: 'All runs' }),
    ).toHaveAttribute(
      'href',
      '/runbooks/runs?entityRef=component%3Adefault%2Fauth-service',
    );
  });

  it('offers the procedure that fits what is wrong now, with the reason', async () => {
    await openTab('auth-service');
    const fitting = await screen.findByRole('region', {
      name: 'Fits what is wrong now',
    });
    expect(
      within(fitting).getByRole('link', {
        name: 'Incident: pods crash in a loop',
      }),
    ).toBeInTheDocument();
    expect(within(fitting).getByText(/CrashLoopBackOff/)).toBeInTheDocument();
  });

  it('is narrowed by a search and by a kind, and can be widened again', async () => {
    const user = userEvent.setup();
    await openTab('auth-service');
    await user.type(
      await screen.findByRole('textbox', { name: 'Search procedures' }),
      'zebra',
    );
    expect(screen.getByText('No procedure matches.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await user.click(screen.getByRole('button', { name: 'Deploy 1' }));
    const list = screen.getByRole('list', { name: 'Auth service operations' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText('1 of 8')).toBeInTheDocument();
  });

  it('says why a document could not be read and still shows the others', async () => {
    await openTab('broken-service');
    expect(
      await screen.findByText(
        '2 documents could not be read; the others are below',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('runbooks/deploy.md:14')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Canary deployment' }),
    ).toBeInTheDocument();
  });

  it('shows stale health as stale, never as healthy', async () => {
    await openTab('broken-service');
    const health = await screen.findByRole('region', { name: 'Live health' });
    expect(
      within(health).getAllByText('Last known: Healthy').length,
    ).toBeGreaterThan(0);
    expect(within(health).queryByText('Healthy')).not.toBeInTheDocument();
    expect(
      within(health).getByText('Building kube-apiserver (2 of 3)'),
    ).toBeInTheDocument();
  });

  it('shows a run as a success nowhere, where steps of it failed', async () => {
    const api = new FakeRunbooksApi();
    for (const id of Object.keys(api.runs)) {
      if (id !== 'called-a-success') delete api.runs[id];
    }
    api.olderRuns = 0;
    await openTab('auth-service', api);
    const runs = await screen.findByRole('region', { name: 'Recent runs' });
    expect(
      await within(runs).findByText('Success, but 1 failed'),
    ).toBeInTheDocument();
    const procedures = await screen.findByRole('region', {
      name: 'Procedures',
    });
    expect(
      within(procedures).getByText('Success, but 2 failed'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Succeeded')).not.toBeInTheDocument();
  });

  it('tells how to add runbooks where there is no annotation', async () => {
    await openTab('new-service');
    expect(
      await screen.findByText(
        /backstage-runbooks.io\/runbooks-ref: dir:runbooks/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy annotation' }),
    ).toBeInTheDocument();
  });

  it('says what failed and tries again when asked to', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const works = api.getEntityRunbooks.bind(api);
    let calls = 0;
    api.getEntityRunbooks = async entityRef => {
      calls += 1;
      if (calls === 1) throw new TypeError('Failed to fetch');
      return works(entityRef);
    };
    await openTab('auth-service', api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not load the runbooks');
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Canary deployment' }),
    ).toBeInTheDocument();
  });
});

describe('the tab of a person who may not see a part of it', () => {
  it('is quiet about that part and does not ask for it again', async () => {
    const api = new FakeRunbooksApi();
    const onCall = jest.spyOn(api, 'getOnCall');
    const runs = jest.spyOn(api, 'listRuns');
    await openTab('closed-service', api);
    expect(
      await screen.findByText('You may not see live health here.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('You may not see who is on call here.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('You may not see recent runs here.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'All runs' })).toBeNull();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(onCall).toHaveBeenCalledTimes(1);
    expect(runs).toHaveBeenCalledTimes(1);
  });
});

describe('a procedure below the tab', () => {
  const PROCEDURE = '/p/auth-service%2Foperations.md/high-latency';

  it('cannot be started until what is missing is filled in, and says so', async () => {
    const user = userEvent.setup();
    const api = await openTab('auth-service', undefined, PROCEDURE);
    const start = await screen.findByRole('button', { name: 'Start run' });
    expect(start).toBeDisabled();
    expect(start).toHaveAccessibleDescription('Fill in Replicas.');

    await user.type(screen.getByRole('textbox', { name: /Replicas/ }), '6');
    expect(
      await screen.findByText(/--replicas=6 -n identity/, undefined, {
        timeout: 3_000,
      }),
    ).toBeInTheDocument();
    expect(start).toBeEnabled();
    await user.click(start);
    expect(api.started).toMatchObject([
      {
        procedureId: 'high-latency',
        cluster: 'local',
        parameters: { NAMESPACE: 'identity', REPLICAS: '6' },
        planDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('says before the start where its steps may go and which source says so', async () => {
    const user = userEvent.setup();
    await openTab('auth-service', undefined, PROCEDURE);
    await user.type(
      await screen.findByRole('textbox', { name: /Replicas/ }),
      '6',
    );
    const panel = screen.getByRole('region', { name: 'Run this procedure' });
    const scope = await within(panel).findByRole(
      'group',
      { name: 'Scope' },
      { timeout: 3_000 },
    );
    expect(scope).toHaveTextContent(
      'Writes only in identity; reads in the whole cluster; Secrets: none.',
    );
    expect(scope).toHaveTextContent("Rule 'identity' of the configuration.");
  });

  it('shows at the field why a value was refused', async () => {
    const user = userEvent.setup();
    await openTab('auth-service', undefined, PROCEDURE);
    const replicas = await screen.findByRole('textbox', { name: /Replicas/ });
    await user.type(replicas, 'six');
    expect(
      await screen.findByText(/'six' is not a number of replicas/),
    ).toBeInTheDocument();
    expect(replicas).toBeInvalid();
  });

  it('shows the steps by phase with what each does and what good looks like', async () => {
    await openTab('auth-service', undefined, PROCEDURE);
    expect(
      await screen.findByRole('heading', {
        name: 'Incident: high latency of logins',
      }),
    ).toBeInTheDocument();
    const mitigation = screen.getByRole('region', { name: /Steps/ });
    const choice = within(mitigation).getByRole('group', {
      name: 'Choose one of 2',
    });
    expect(within(choice).getByText('Destructive')).toBeInTheDocument();
    expect(
      within(choice).getByText('READY equals DESIRED within two minutes.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Rollback' }),
    ).toBeInTheDocument();
  });

  it('says why there is no cluster before anybody tries to start', async () => {
    const api = new FakeRunbooksApi();
    const works = api.getProcedure.bind(api);
    api.getProcedure = async place => ({
      ...(await works(place)),
      clusters: [],
      noClusters: 'the kubernetes backend plugin is not installed',
    });
    await openTab('auth-service', api, PROCEDURE);
    const panel = await screen.findByRole('region', {
      name: 'Run this procedure',
    });
    expect(
      within(panel).getByText('The kubernetes backend plugin is not installed'),
    ).toBeInTheDocument();
  });

  it('starts one run, though the answer to the first press was lost', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    const keys: Array<string | undefined> = [];
    api.startRun = async request => {
      keys.push(request.idempotencyKey);
      if (keys.length === 1) throw new TypeError('Failed to fetch');
      return api.runs.open;
    };
    await openTab('auth-service', api, PROCEDURE);
    await user.type(
      await screen.findByRole('textbox', { name: /Replicas/ }),
      '6',
    );
    await screen.findByText(/--replicas=6/);
    await user.click(screen.getByRole('button', { name: 'Start run' }));
    await screen.findByText('Could not start the run');
    await user.click(screen.getByRole('button', { name: 'Start run' }));
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('plans again instead of starting a plan that has changed', async () => {
    const user = userEvent.setup();
    const api = new FakeRunbooksApi();
    api.startRun = async () => {
      throw await answeredWith(409, 'The plan has changed', 'ConflictError');
    };
    await openTab('auth-service', api, PROCEDURE);
    await user.type(
      await screen.findByRole('textbox', { name: /Replicas/ }),
      '6',
    );
    const start = screen.getByRole('button', { name: 'Start run' });
    await screen.findByText(/--replicas=6/);
    await user.click(start);
    expect(await screen.findByText('The plan has changed')).toBeInTheDocument();
  });
});
