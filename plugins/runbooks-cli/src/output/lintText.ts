import { visibleText } from '@backstage-runbooks/plugin-runbooks-common';
import type { LintedDocument } from './LintedDocument';

/** Problems as `path:line:column severity message (code)`, and how many there are. */
export function lintText(documents: readonly LintedDocument[]): string {
  const problems = documents.flatMap(({ path, problems: found }) =>
    found.map(problem => ({ path, ...problem })),
  );
  const lines = problems.map(
    ({ path, line, column, severity, message, code, suggestion }) =>
      `${path}:${line}:${column} ${severity}: ${message} (${code})${
        suggestion ? `\n    ${suggestion}` : ''
      }`,
  );
  const count = (severity: string) =>
    problems.filter(problem => problem.severity === severity).length;
  const total = `${documents.length} documents: ${count(
    'error',
  )} errors, ${count('warning')} warnings, ${count('note')} notes`;
  return `${[...lines.map(visibleText), total].join('\n')}\n`;
}
