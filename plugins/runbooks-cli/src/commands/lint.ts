import {
  findReviewProblems,
  readRunbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { CommandLine } from '../CommandLine';
import { parseOptions } from '../input/parseOptions';
import { readDocuments } from '../input/readDocuments';
import { githubLines } from '../output/githubLines';
import { lintText } from '../output/lintText';
import type { LintedDocument } from '../output/LintedDocument';
import { sarifOf } from '../output/sarif';
import { UsageError } from '../UsageError';

/** `runbooks lint FILE... [--format text|json|sarif|github]`: 1 when a document has errors. */
export async function lintCommand(
  args: string[],
  commandLine: CommandLine,
): Promise<number> {
  const { positionals, format } = parseOptions(args, [
    'text',
    'json',
    'sarif',
    'github',
  ]);
  if (positionals.length === 0) {
    throw new UsageError(
      'lint needs at least one file, or - for standard input',
    );
  }
  const documents = await readDocuments(positionals, commandLine);
  const linted = documents.flatMap((document): LintedDocument[] => {
    if (document.kind === 'unreadable') {
      commandLine.err(
        `runbooks: ${document.path} cannot be read: ${document.because}\n`,
      );
      return [];
    }
    const runbook = readRunbook(document.text, document.path);
    const review = findReviewProblems(runbook, commandLine.today);
    return [
      { path: document.path, problems: [...review, ...runbook.problems] },
    ];
  });
  commandLine.out(formatted(linted, format));
  if (linted.length < documents.length) return 2;
  const hasErrors = linted.some(({ problems }) =>
    problems.some(({ severity }) => severity === 'error'),
  );
  return hasErrors ? 1 : 0;
}

function formatted(linted: LintedDocument[], format: string): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(linted, undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifOf(linted), undefined, 2)}\n`;
    case 'github':
      return githubLines(linted);
    default:
      return lintText(linted);
  }
}
