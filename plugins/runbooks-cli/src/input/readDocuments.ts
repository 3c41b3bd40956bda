import type { CommandLine } from '../CommandLine';

/** A document as text, or why it cannot be read. */
export type ReadDocument =
  | { kind: 'text'; path: string; text: string }
  | { kind: 'unreadable'; path: string; because: string };

const STDIN = '-';

/** Reads documents in order; one that cannot be read never keeps the others from being read. */
export async function readDocuments(
  paths: readonly string[],
  commandLine: CommandLine,
): Promise<ReadDocument[]> {
  const documents: ReadDocument[] = [];
  for (const path of paths) {
    documents.push(await readDocument(path, commandLine));
  }
  return documents;
}

async function readDocument(
  path: string,
  commandLine: CommandLine,
): Promise<ReadDocument> {
  const shown = path === STDIN ? 'standard input' : path;
  try {
    const bytes =
      path === STDIN
        ? await commandLine.readStdin()
        : commandLine.readFile(path);
    const text = asText(bytes);
    return text === undefined
      ? {
          kind: 'unreadable',
          path: shown,
          because: 'it is not text in UTF-8; expected Markdown',
        }
      : { kind: 'text', path: path === STDIN ? 'stdin.md' : path, text };
  } catch (error) {
    return { kind: 'unreadable', path: shown, because: reasonOf(error) };
  }
}

function asText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory; expected a Markdown file';
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read';
    default:
      return String(message ?? error);
  }
}
