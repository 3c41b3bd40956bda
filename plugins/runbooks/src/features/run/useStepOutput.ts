import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import type { OutputFeed } from './OutputFeed';
import { followOutput } from './followOutput';
import {
  appendOutput,
  emptyOutput,
  prependOutput,
  type OutputBuffer,
} from './outputBuffer';

/** Which attempt to show, and how far it has come. */
export interface StepOutputPlace {
  runId: string;
  stepId: string;
  attempt: number;
  /** Size of a finished attempt's output, where it is known. */
  outputBytes?: number;
  isGrowing: boolean;
  feed: OutputFeed;
}

/** Output at hand, and the way to what is before it. */
export interface StepOutput {
  buffer: OutputBuffer;
  error?: Error;
  isLoadingEarlier: boolean;
  loadEarlier?: () => void;
}

const TAIL_BYTES = 512 * 1024;
/** A step may print faster than a screen can be drawn. */
const SHOW_EVERY_MS = 60;

/** Shows a finished attempt from its tail and a growing one from its start. */
export function useStepOutput(place: StepOutputPlace): StepOutput {
  const api = useApi(runbooksApiRef);
  const { runId, stepId, attempt, outputBytes, isGrowing, feed } = place;
  const key = `${runId}|${stepId}|${attempt}`;
  const start = Math.max(0, (outputBytes ?? 0) - TAIL_BYTES);
  const held = useRef<{ key: string; buffer: OutputBuffer }>({
    key,
    buffer: emptyOutput(start),
  });
  if (held.current.key !== key) {
    held.current = { key, buffer: emptyOutput(start) };
  }
  const [, shown] = useState(0);
  const showing = useRef<ReturnType<typeof setTimeout>>();
  const [error, setError] = useState<Error>();
  const [isLoadingEarlier, setLoadingEarlier] = useState(false);

  const keep = useCallback((buffer: OutputBuffer) => {
    if (buffer === held.current.buffer) return;
    held.current = { ...held.current, buffer };
    showing.current ??= setTimeout(() => {
      showing.current = undefined;
      shown(count => count + 1);
    }, SHOW_EVERY_MS);
  }, []);
  useEffect(() => () => clearTimeout(showing.current), []);

  useEffect(
    () =>
      followOutput({
        attempt: { stepId, attempt },
        isGrowing,
        feed,
        read: offset => api.getOutput({ runId, stepId, attempt, offset }),
        held: () => held.current.buffer,
        keep,
        onError: setError,
      }),
    [api, runId, stepId, attempt, isGrowing, feed, keep],
  );

  const buffer = held.current.buffer;
  const loadEarlier = async () => {
    setLoadingEarlier(true);
    try {
      keep(
        await withEarlier(buffer, offset =>
          api.getOutput({ runId, stepId, attempt, offset }),
        ),
      );
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setLoadingEarlier(false);
    }
  };
  return {
    buffer,
    error,
    isLoadingEarlier,
    loadEarlier: buffer.start > 0 ? loadEarlier : undefined,
  };
}

/** Reads the bytes before a buffer; pages of the server may be smaller than what is wanted. */
async function withEarlier(
  buffer: OutputBuffer,
  read: (offset: number) => Promise<{
    offset: number;
    text: string;
    nextOffset: number;
  }>,
): Promise<OutputBuffer> {
  let earlier = emptyOutput(Math.max(0, buffer.start - TAIL_BYTES));
  const from = earlier.start;
  while (earlier.end < buffer.start) {
    const page = await read(earlier.end);
    if (page.nextOffset <= earlier.end) break;
    earlier = appendOutput(earlier, page);
  }
  return prependOutput(buffer, {
    offset: from,
    text: earlier.text,
    nextOffset: earlier.end,
  });
}
