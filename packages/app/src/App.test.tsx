import {
  configure,
  fireEvent,
  render,
  screen,
  within,
} from '@testing-library/react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { createDemoApp } from './App';

// The whole app is loaded lazily, which takes seconds on a busy machine
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(90_000);

const MAYA = {
  userRef: 'user:default/maya.lindqvist',
  name: 'Maya Lindqvist',
  role: 'Service owner',
  teams: ['Identity'],
  hint: 'Scale the auth service',
};

/** The build finds the installed plugins; a test names them. */
const FOUND_BY_THE_BUILD = {
  '__@backstage/discovered__': {
    modules: [
      { name: 'catalog', default: catalogPlugin },
      { name: 'notifications', default: notificationsPlugin },
      { name: 'search', default: searchPlugin },
      { name: 'signals', default: signalsPlugin },
      { name: 'user-settings', default: userSettingsPlugin },
    ],
  },
};

describe('opening the demo portal', () => {
  const asked: Array<{ url: string; method: string; body?: string }> = [];

  beforeEach(() => {
    Object.assign(window, FOUND_BY_THE_BUILD);
    asked.length = 0;
    sessionStorage.clear();
    jest.replaceProperty(process, 'env', {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: {
              title: 'Test',
              baseUrl: 'http://localhost:3000',
              packages: 'all',
            },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    });
    global.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push({
        url,
        method: init?.method ?? 'GET',
        body: init?.body as string | undefined,
      });
      return answerTo(url, init?.body as string | undefined);
    }) as typeof fetch;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    Reflect.deleteProperty(window, 'matchMedia');
  });

  it('asks who the visitor wants to be, and signs that person in', async () => {
    render(createDemoApp().createRoot());

    const card = await screen.findByRole('button', {
      name: 'Sign in as Maya Lindqvist',
    });
    expect(
      within(card).getByText('Service owner · Identity'),
    ).toBeInTheDocument();
    expect(
      within(card).getByText('Scale the auth service'),
    ).toBeInTheDocument();
    fireEvent.click(card);

    expect(
      await screen.findByRole('link', { name: 'Runbooks demo, home' }),
    ).toBeInTheDocument();
    expect(asked).toContainEqual({
      url: 'http://localhost:7007/api/auth/demo/refresh',
      method: 'POST',
      body: JSON.stringify({ userRef: MAYA.userRef }),
    });
  });

  it('keeps a tab signed in when it is loaded again', async () => {
    sessionStorage.setItem('runbooks-demo.signed-in-as', MAYA.userRef);

    render(createDemoApp().createRoot());

    expect(
      await screen.findByRole('link', { name: 'Runbooks demo, home' }),
    ).toBeInTheDocument();
  });

  it('has the notifications with their count, Runbooks and Settings on a phone too', async () => {
    Object.defineProperty(window, 'matchMedia', {
      configurable: true,
      value: isPhone,
    });
    sessionStorage.setItem('runbooks-demo.signed-in-as', MAYA.userRef);

    render(createDemoApp().createRoot());

    const bar = await screen.findByTestId('mobile-sidebar-root');
    const bell = within(bar).getByRole('button', { name: 'Notifications' });
    expect(bell).toHaveAttribute('href', '/notifications');
    expect(await within(bell).findByText('3')).toBeInTheDocument();
    expect(
      within(bar)
        .getAllByRole('button')
        .map(link => link.getAttribute('aria-label')),
    ).toEqual(['Search', 'Menu', 'Notifications', 'Settings']);
  });

  it('says why somebody could not be signed in, and lets the visitor choose again', async () => {
    sessionStorage.setItem('runbooks-demo.signed-in-as', 'user:default/gone');

    render(createDemoApp().createRoot());

    expect(await screen.findByText('User not found')).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: 'Sign in as Maya Lindqvist' }),
    ).toBeEnabled();
  });
});

/** Answers as the window of a phone does, which is no wider than any of the asked widths. */
function isPhone(query: string): MediaQueryList {
  return {
    matches: query.includes('max-width'),
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    dispatchEvent: () => false,
  };
}

function answerTo(url: string, body: string | undefined): Response {
  if (url.includes('/notifications/status')) {
    return json(200, { unread: 3, read: 1 });
  }
  if (url.endsWith('/demo/start')) return json(200, { people: [MAYA] });
  if (body?.includes('gone')) {
    return json(404, { error: { message: 'User not found' } });
  }
  return json(200, {
    profile: { displayName: MAYA.name },
    backstageIdentity: {
      token: 'a-token',
      expiresInSeconds: 3600,
      identity: {
        type: 'user',
        userEntityRef: MAYA.userRef,
        ownershipEntityRefs: [MAYA.userRef],
      },
    },
  });
}

function json(status: number, body: unknown): Response {
  return {
    ok: status === 200,
    status,
    json: async () => body,
  } as Response;
}
