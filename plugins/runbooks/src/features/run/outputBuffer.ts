import type { OutputPage } from '@backstage-runbooks/plugin-runbooks-common';

/** The part of an attempt's output that is at hand: bytes `start` to `end`. */
export interface OutputBuffer {
  start: number;
  end: number;
  text: string;
  complete: boolean;
  /** The server kept only the head and the tail. */
  truncated: boolean;
}

/** A page or a piece of the stream. */
export type OutputPart = Pick<OutputPage, 'offset' | 'text' | 'nextOffset'> &
  Partial<Pick<OutputPage, 'complete' | 'truncated'>>;

/** What is kept; older output is dropped from the front and can be loaded again. */
export const MOST_KEPT_CHARACTERS = 4_000_000;

/** An empty buffer that begins at a byte offset. */
export function emptyOutput(start: number): OutputBuffer {
  return { start, end: start, text: '', complete: false, truncated: false };
}

/** Whether a part follows what is at hand without a hole. */
export function continues(buffer: OutputBuffer, part: OutputPart): boolean {
  return part.offset <= buffer.end;
}

/**
 * Puts a part at the end. What is already there is not repeated; a part beyond a hole is left out, and the caller
 * asks for the bytes from `end` on.
 */
export function appendOutput(
  buffer: OutputBuffer,
  part: OutputPart,
): OutputBuffer {
  const flags = {
    complete: buffer.complete || Boolean(part.complete),
    truncated: buffer.truncated || Boolean(part.truncated),
  };
  if (!continues(buffer, part)) return buffer;
  if (part.nextOffset <= buffer.end) {
    return flags.complete === buffer.complete &&
      flags.truncated === buffer.truncated
      ? buffer
      : { ...buffer, ...flags };
  }
  const text =
    buffer.text + withoutFirstBytes(part.text, buffer.end - part.offset);
  return dropOldest({ ...buffer, ...flags, text, end: part.nextOffset });
}

/** Puts a part before what is there; bytes that reach into it are not repeated. */
export function prependOutput(
  buffer: OutputBuffer,
  part: OutputPart,
): OutputBuffer {
  if (part.offset >= buffer.start || part.nextOffset < buffer.start) {
    return buffer;
  }
  const text = firstBytes(part.text, buffer.start - part.offset);
  return { ...buffer, start: part.offset, text: text + buffer.text };
}

function dropOldest(buffer: OutputBuffer): OutputBuffer {
  if (buffer.text.length <= MOST_KEPT_CHARACTERS) return buffer;
  const least = buffer.text.length - Math.floor(MOST_KEPT_CHARACTERS * 0.75);
  const lineEnd = buffer.text.indexOf('\n', least);
  const cut = lineEnd === -1 ? least : lineEnd + 1;
  const dropped = new TextEncoder().encode(buffer.text.slice(0, cut)).length;
  return {
    ...buffer,
    start: buffer.start + dropped,
    text: buffer.text.slice(cut),
  };
}

function withoutFirstBytes(text: string, count: number) {
  if (count <= 0) return text;
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(count));
}

function firstBytes(text: string, count: number) {
  return new TextDecoder().decode(
    new TextEncoder().encode(text).slice(0, count),
  );
}
