import { readRunbook } from '@backstage-runbooks/plugin-runbooks-common';
import type { CommandLine } from '../CommandLine';
import { parseOptions } from '../input/parseOptions';
import { readDocuments } from '../input/readDocuments';
import { outlineOf } from '../output/outline';
import { runbookJson } from '../output/runbookJson';
import { UsageError } from '../UsageError';

/** `runbooks read FILE... [--format text|json]` */
export async function readCommand(
  args: string[],
  commandLine: CommandLine,
): Promise<number> {
  const { positionals, format } = parseOptions(args, ['text', 'json']);
  if (positionals.length === 0) {
    throw new UsageError(
      'read needs at least one file, or - for standard input',
    );
  }
  const documents = await readDocuments(positionals, commandLine);
  const runbooks = documents.flatMap(document => {
    if (document.kind === 'unreadable') {
      commandLine.err(
        `runbooks: ${document.path} cannot be read: ${document.because}\n`,
      );
      return [];
    }
    return [readRunbook(document.text, document.path)];
  });
  if (format === 'json') {
    const values = runbooks.map(runbookJson);
    if (positionals.length > 1 || values.length > 0) {
      const value = positionals.length === 1 ? values[0] : values;
      commandLine.out(`${JSON.stringify(value, undefined, 2)}\n`);
    }
  } else {
    commandLine.out(
      runbooks
        .map(runbook => outlineOf(runbook, commandLine.isTerminal))
        .join('\n'),
    );
  }
  return runbooks.length === documents.length ? 0 : 2;
}
