import { screen, waitFor } from '@testing-library/react';
import type { RunbooksApi } from '../api/RunbooksApi';
import { onPageOf, renderScreen } from '../__testUtils__/renderScreen';
import { FakeRunbooksApi } from '../testing/FakeRunbooksApi';
import { EntityContent } from './EntityContent';
import { RunbooksPage } from './RunbooksPage';

// Screens are large, and a busy machine renders them slowly.
jest.setTimeout(60_000);

/** Turns the order of what follows; shows as nothing; shows as nothing and is a letter to a program. */
const ODD = '\u202e\u200b\u3164';
/** A text field draws one zero-width space of its own. */
const ANY_ODD = /[\u202a-\u202e\u3164]|.\u200b|\u200b./;

/** Fields that hold words or names that somebody else chose. */
const FOREIGN_FIELDS =
  /^(?:title|stepTitle|procedureTitle|runbookTitle|label|name|path|text|message|because|says|reason|note|detail|summary|condition|verdict|failure|value|what|cluster|namespace|displayName|contact|groupTitle|source|entitledBy|suggestion|object|typed|failed|command|resource|changedBy|phone|chat|unavailable|notice|notes|headline|before|after)$/;
/** Words of ours that have these names too, by the field that holds them. */
const OWN = new Set(['connection', 'selection']);
const OWN_VALUES =
  /^(?:read|change|destructive|unknown|met|missed|unclear|user|owner|[a-z-]+:[a-z-]+\/[\w.-]+)$/;

/** A value of the backend with odd characters in every text that somebody else may have written. */
function withOddText<T>(value: T, field = ''): T {
  if (typeof value === 'string') {
    return (
      FOREIGN_FIELDS.test(field) && !OWN_VALUES.test(value)
        ? `${value}${ODD}`
        : value
    ) as T;
  }
  if (Array.isArray(value)) {
    return value.map(one => withOddText(one, field)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      OWN.has(key) && field === key ? one : withOddText(one, key),
    ]),
  ) as T;
}

/** The fake backend, whose every answer and message is full of odd characters. */
function oddApi(): FakeRunbooksApi {
  return new Proxy(new FakeRunbooksApi(), {
    get(api, name: keyof RunbooksApi) {
      const member = api[name] as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const listened = args.map(arg =>
          typeof arg === 'object' && arg !== null && 'onMessage' in arg
            ? {
                ...arg,
                onMessage: (message: unknown) =>
                  (arg.onMessage as (message: unknown) => void)(
                    withOddText(message),
                  ),
              }
            : arg,
        );
        const answer = member.apply(api, listened);
        return answer instanceof Promise
          ? answer.then(value => withOddText(value))
          : answer;
      };
    },
  });
}

/** Texts, and what a pointer or a screen reader is told, that hold an odd character as it is. */
function oddTexts(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(
    document.body,
    NodeFilter.SHOW_ELEMENT + NodeFilter.SHOW_TEXT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
        const value = node.getAttribute(name);
        if (value && ANY_ODD.test(value)) found.push(`${name}=${value}`);
      }
    } else if (ANY_ODD.test(node.textContent ?? '')) {
      found.push(`${node.parentElement?.outerHTML}`);
    }
  }
  return found;
}

async function settled() {
  await waitFor(() => {
    // A bar that says how far a run is waits for nothing.
    expect(
      screen
        .queryAllByRole('progressbar')
        .filter(bar => !bar.hasAttribute('aria-valuenow')),
    ).toEqual([]);
    expect(document.body.textContent).toContain('\\u{202E}');
  });
  await new Promise(resolve => setTimeout(resolve, 50));
}

describe('texts of others with characters that deceive', () => {
  it.each([
    '/runs',
    '/approvals',
    ...Object.keys(new FakeRunbooksApi().runs).map(id => `/runs/${id}`),
  ])('are nowhere shown as they are: %s', async at => {
    await renderScreen(<RunbooksPage />, {
      api: oddApi(),
      at: `/runbooks${at}`,
      mountedAt: '/runbooks',
    });
    await settled();
    expect(oddTexts()).toEqual([]);
  });

  it.each([
    ['auth-service', ''],
    ['payments', ''],
    ['broken-service', ''],
    ['auth-service', '/p/auth-service%2Foperations.md/canary'],
    ['broken-service', '/p/auth-service%2Foperations.md/canary'],
  ])('are nowhere shown as they are: the tab of %s %s', async (name, below) => {
    const tab = '/catalog/default/component/x/runbooks';
    await renderScreen(onPageOf(name, <EntityContent />), {
      api: oddApi(),
      at: `${tab}${below}`,
      mountedAt: tab,
    });
    await settled();
    expect(oddTexts()).toEqual([]);
  });
});
