import { ResponseError } from '@backstage/errors';
import { followStream, type StreamConnection } from './followStream';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** A stream that the test feeds. */
function openStream() {
  const encoder = new TextEncoder();
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
    },
  });
  return {
    response: new Response(body, { headers: EVENT_STREAM }),
    send: (text: string) => controller.enqueue(encoder.encode(text)),
    close: () => controller.close(),
  };
}

/** Follows with the answers of a server and writes down what a screen would hear. */
function follow(options: {
  answers: Array<() => Promise<Response>>;
  /** Instead of the answers. */
  fetch?: () => Promise<Response>;
  poll?: () => Promise<string>;
  silentAfterMs?: number;
  hiddenForMs?: number;
}) {
  const heard: string[] = [];
  const connections: StreamConnection['kind'][] = [];
  let opened = 0;
  const stop = followStream<string>({
    url: async () => 'http://backend/api/runbooks/events',
    fetch: async () => {
      if (options.fetch) return options.fetch();
      const answer = options.answers[opened++];
      return answer ? answer() : new Promise<Response>(() => undefined);
    },
    poll: options.poll ?? (async () => 'polled'),
    listener: {
      onMessage: message => heard.push(message),
      onConnection: connection => connections.push(connection.kind),
    },
    silentAfterMs: options.silentAfterMs ?? 10_000,
    hiddenForMs: options.hiddenForMs,
    pollEveryMs: 20,
    retryAfterMs: 20,
    jitter: () => 0,
  });
  return { heard, connections, stop, opened: () => opened };
}

function showPage(state: 'visible' | 'hidden') {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => jest.restoreAllMocks());

function refusal(status: number) {
  return new Response(
    JSON.stringify({
      error: { name: 'NotAllowedError', message: 'You may not see it' },
      response: { statusCode: status },
    }),
    { status, headers: { 'content-type': 'application/json' } },
  );
}

async function until(isTrue: () => boolean) {
  const deadline = Date.now() + 3_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('it did not happen in 3 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('following something on the server', () => {
  it('takes the reason why the server ended a stream for no message', async () => {
    const stream = openStream();
    const { heard, stop } = follow({ answers: [async () => stream.response] });
    stream.send('data: "first"\n\n');
    stream.send('event: failed\ndata: {"name":"NotAllowedError"}\n\n');
    stream.send('data: "late"\n\n');
    await new Promise(resolve => {
      setTimeout(resolve, 15);
    });
    stop();
    expect(heard.filter(message => message !== 'polled')).toEqual(['first']);
  });

  it('passes messages of the stream on as they come', async () => {
    const stream = openStream();
    const { heard, connections, stop } = follow({
      answers: [async () => stream.response],
    });
    stream.send('data: "one"\n\n');
    await until(() => heard.length === 1);
    stream.send(': sign of life\n\ndata: "two"\n\n');
    await until(() => heard.length === 2);
    stop();
    expect(heard).toEqual(['one', 'two']);
    expect(connections).toEqual(['connecting', 'streaming']);
  });

  it('polls when the stream cannot be opened, and streams again when it can', async () => {
    const stream = openStream();
    const { heard, connections, stop } = follow({
      answers: [
        async () => new Response('<html>', { status: 504 }),
        async () => stream.response,
      ],
    });
    await until(() => heard.includes('polled'));
    stream.send('data: "live"\n\n');
    await until(() => heard.includes('live'));
    stop();
    expect(connections).toEqual(['connecting', 'polling', 'streaming']);
  });

  it('gives up a stream that stays silent, as behind a proxy that holds it back', async () => {
    const { heard, connections, stop } = follow({
      answers: [async () => openStream().response],
      silentAfterMs: 50,
    });
    await until(() => heard.includes('polled'));
    stop();
    expect(connections).toEqual(['connecting', 'polling']);
  });

  it('says since when nothing is heard when polling fails too', async () => {
    const { connections, stop } = follow({
      answers: [async () => Promise.reject(new TypeError('Failed to fetch'))],
      poll: async () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await until(() => connections.includes('lost'));
    stop();
    expect(connections).toEqual(['connecting', 'lost']);
  });

  it.each([401, 403, 404])(
    'ends when the stream is answered with %d, and never asks again',
    async status => {
      let polled = 0;
      const { connections, stop, opened } = follow({
        answers: [async () => refusal(status)],
        poll: async () => `polled ${++polled}`,
      });
      await until(() => connections.includes('denied'));
      await new Promise(resolve => setTimeout(resolve, 150));
      stop();
      expect(connections).toEqual(['connecting', 'denied']);
      expect({ opened: opened(), polled }).toEqual({ opened: 1, polled: 0 });
    },
  );

  it('ends when a right is taken away while a stream is under way', async () => {
    const stream = openStream();
    const { heard, connections, stop, opened } = follow({
      answers: [async () => stream.response, async () => refusal(403)],
      poll: async () => {
        throw await ResponseError.fromResponse(refusal(403));
      },
    });
    stream.send('data: "one"\n\n');
    await until(() => heard.length === 1);
    stream.close();
    await until(() => connections.includes('denied'));
    await new Promise(resolve => setTimeout(resolve, 150));
    stop();
    expect(connections).toEqual(['connecting', 'streaming', 'denied']);
    expect(opened()).toBe(1);
  });

  it('asks more and more seldom as long as nothing answers', async () => {
    const askedAt: number[] = [];
    const { stop } = follow({
      answers: [],
      fetch: async () => {
        askedAt.push(Date.now());
        throw new TypeError('Failed to fetch');
      },
      poll: async () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await until(() => askedAt.length === 5);
    stop();
    const pauses = askedAt.slice(1).map((at, index) => at - askedAt[index]);
    expect(pauses[3]).toBeGreaterThan(pauses[0] * 3);
    expect(pauses[3]).toBeGreaterThanOrEqual(150);
  });

  it('gives its connection back while nobody looks, and begins again when somebody does', async () => {
    const first = openStream();
    const second = openStream();
    const { heard, connections, stop, opened } = follow({
      answers: [async () => first.response, async () => second.response],
      hiddenForMs: 20,
    });
    first.send('data: "before"\n\n');
    await until(() => heard.length === 1);
    showPage('hidden');
    await until(() => connections.lastIndexOf('connecting') > 0);
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(opened()).toBe(1);
    showPage('visible');
    second.send('data: "after"\n\n');
    await until(() => heard.length === 2);
    stop();
    expect(heard).toEqual(['before', 'after']);
    expect(connections).toEqual([
      'connecting',
      'streaming',
      'connecting',
      'streaming',
    ]);
  });

  it('is heard no more after it was stopped', async () => {
    const stream = openStream();
    const { heard, stop, opened } = follow({
      answers: [async () => stream.response],
    });
    stream.send('data: "one"\n\n');
    await until(() => heard.length === 1);
    stop();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(heard).toEqual(['one']);
    expect(opened()).toBe(1);
  });
});
