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
  });
  return { heard, connections, stop, opened: () => opened };
}

function showPage(state: 'visible' | 'hidden') {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => jest.restoreAllMocks());

async function until(isTrue: () => boolean) {
  const deadline = Date.now() + 3_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('it did not happen in 3 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('following something on the server', () => {
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
