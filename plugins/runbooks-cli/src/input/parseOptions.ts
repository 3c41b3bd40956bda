import { parseArgs } from 'node:util';
import { UsageError } from '../UsageError';

/** What stands behind a command: files or texts, the format, and switches. */
export interface Options {
  positionals: string[];
  format: string;
  jsonl: boolean;
}

/** Reads the arguments of a command; the first format is the default. */
export function parseOptions(
  args: string[],
  formats: readonly string[],
  allowsJsonl = false,
): Options {
  const { values, positionals } = parsed(args, allowsJsonl);
  const format = values.format ?? formats[0];
  if (!formats.includes(format)) {
    throw new UsageError(
      `--format cannot be "${format}"; expected ${formats.join(', ')}`,
    );
  }
  return { positionals, format, jsonl: values.jsonl === true };
}

function parsed(args: string[], allowsJsonl: boolean) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        ...(allowsJsonl ? { jsonl: { type: 'boolean' as const } } : {}),
      },
    }) as {
      values: { format?: string; jsonl?: boolean };
      positionals: string[];
    };
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}
