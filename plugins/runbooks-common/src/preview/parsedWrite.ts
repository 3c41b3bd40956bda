import type { DryRunWrite } from './DryRunWrite';

/**
 * A write with its objects, where they came as JSON texts. An object before that cannot be read is null: it is there,
 * and nobody knows what it is.
 *
 * @public
 */
export function parsedWrite(write: DryRunWrite): DryRunWrite {
  const { before, sent, answer, ...rest } = write;
  const was = parsed(before, null);
  const asked = parsed(sent, undefined);
  return {
    ...rest,
    ...(was === undefined ? {} : { before: was }),
    ...(asked === undefined ? {} : { sent: asked }),
    answer: { ...answer, body: parsed(answer.body, undefined) },
  };
}

function parsed(value: unknown, unreadable: null | undefined): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return unreadable;
  }
}
