import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import type { LintedDocument } from './LintedDocument';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
} as const;

/** Problems as workflow commands, which GitHub shows beside the lines of a pull request. */
export function githubLines(documents: readonly LintedDocument[]): string {
  return documents
    .flatMap(({ path, problems }) =>
      problems.map(
        ({ line, column, severity, message, code }) =>
          `::${COMMANDS[severity]} file=${property(
            path,
          )},line=${line},col=${column},title=${property(code)}::${data(
            message,
          )}\n`,
      ),
    )
    .join('');
}

function data(text: string): string {
  return visibleText(text)
    .replace(/%/g, '%25')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
