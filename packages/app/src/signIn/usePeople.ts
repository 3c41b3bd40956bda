import { useEffect, useState } from 'react';
import type { DemoAuthClient, DemoPerson } from './DemoAuthClient';

/** How often the list is asked for while it is empty or cannot be had: the backend may still be starting. */
const ASK_AGAIN_MS = 2000;

/** The people to choose from. */
export type People =
  | { status: 'loading' }
  | { status: 'failed'; message: string }
  | { status: 'ready'; people: DemoPerson[] };

/** Asks for the people until there are some. */
export function usePeople(client: DemoAuthClient): People {
  const [people, setPeople] = useState<People>({ status: 'loading' });

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const found = await loadPeople(client, stop.signal);
      if (stop.signal.aborted) return;
      setPeople(found);
      if (found.status !== 'ready') timer = setTimeout(ask, ASK_AGAIN_MS);
    };
    ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client]);

  return people;
}

async function loadPeople(
  client: DemoAuthClient,
  signal: AbortSignal,
): Promise<People> {
  try {
    const people = await client.listPeople(signal);
    return people.length > 0
      ? { status: 'ready', people }
      : { status: 'loading' };
  } catch (error) {
    return {
      status: 'failed',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
