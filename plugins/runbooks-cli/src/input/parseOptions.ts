import { parseArgs } from 'node:util';
import { UsageError } from '../UsageError';

/** What stands behind a command: files or texts, the format, and switches. */
export interface Options {
  positionals: string[];
  format: string;
  jsonl: boolean;
  /** Values of `--key`, in order. */
  keys: string[];
  /** Values of `--head`, in order. */
  heads: string[];
}

/** Reads the arguments of a command; the first format is the default. */
export function parseOptions(
  args: string[],
  formats: readonly string[],
  allowed: { jsonl?: boolean; keys?: boolean } = {},
): Options {
  const { values, positionals } = parsed(args, allowed);
  const format = values.format ?? formats[0];
  if (!formats.includes(format)) {
    throw new UsageError(
      `--format cannot be "${format}"; expected ${formats.join(', ')}`,
    );
  }
  return {
    positionals,
    format,
    jsonl: values.jsonl === true,
    keys: values.key ?? [],
    heads: values.head ?? [],
  };
}

function parsed(args: string[], allowed: { jsonl?: boolean; keys?: boolean }) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        ...(allowed.jsonl ? { jsonl: { type: 'boolean' as const } } : {}),
        ...(allowed.keys
          ? {
              key: { type: 'string' as const, multiple: true },
              head: { type: 'string' as const, multiple: true },
            }
          : {}),
      },
    }) as {
      values: {
        format?: string;
        jsonl?: boolean;
        key?: string[];
        head?: string[];
      };
      positionals: string[];
    };
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}
