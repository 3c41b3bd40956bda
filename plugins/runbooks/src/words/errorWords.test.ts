import { ResponseError } from '@backstage/errors';
import { errorWords } from './errorWords';

async function answered(status: number, message?: string) {
  const body = message
    ? JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      })
    : 'Bad gateway <html>';
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: '',
    headers: new Headers({
      'content-type': message ? 'application/json' : 'text/html',
    }),
    text: async () => body,
  } as Response);
}

describe('a failed call in words', () => {
  it.each([
    {
      status: 403,
      says: 'only owners may see it',
      detail: 'only owners may see it.',
      canRetry: false,
    },
    {
      status: 404,
      says: "no run has the id 'x'",
      detail: "no run has the id 'x'.",
      canRetry: true,
    },
    {
      status: 500,
      says: '{"code":"E1"}',
      detail: 'The runbooks backend answered with an error.',
      canRetry: true,
    },
  ])(
    'keeps what the server said, but nothing raw ($status)',
    async ({ status, says, detail, canRetry }) => {
      const words = errorWords(await answered(status, says), 'load the run');
      expect(words).toEqual({
        title: 'Could not load the run',
        detail,
        canRetry,
      });
    },
  );

  it('names the run that holds what it needs, to be linked instead of its path', async () => {
    const words = errorWords(
      await answered(
        409,
        '"Scale up" is changing deployments.apps auth in identity right now; wait until it is settled: /runbooks/runs/0b7e-1f',
      ),
      'do that',
    );
    expect(words).toMatchObject({
      detail:
        '"Scale up" is changing deployments.apps auth in identity right now; wait until it is settled.',
      runId: '0b7e-1f',
    });
  });

  it('says that the server cannot be reached when the network is down', () => {
    expect(errorWords(new TypeError('Failed to fetch'), 'load').detail).toBe(
      'The server could not be reached. Check the connection and try again.',
    );
  });

  it('says that the backend may be starting when a proxy answers', async () => {
    const words = errorWords(await answered(502), 'load');
    expect(words.detail).not.toMatch(/</);
  });
});
