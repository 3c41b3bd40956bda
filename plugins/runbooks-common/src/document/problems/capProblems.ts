import type { DocumentProblem } from '../model';

/** Most problems of one document; nobody reads more, and they are stored and sent. */
export const MAX_PROBLEMS = 500;

/** Problems in the order of the document; errors are kept when there are too many, and the last one says so. */
export function capProblems(
  problems: readonly DocumentProblem[],
): DocumentProblem[] {
  if (problems.length <= MAX_PROBLEMS) return inOrder(problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const others = problems.filter(({ severity }) => severity !== 'error');
  const kept = inOrder(
    [...inOrder(errors), ...inOrder(others)].slice(0, MAX_PROBLEMS),
  );
  return [
    ...kept,
    {
      line: kept[kept.length - 1].line,
      column: 1,
      code: 'more-problems',
      severity: 'note',
      message: `The document has ${
        problems.length - MAX_PROBLEMS
      } more problems`,
      suggestion: 'Mend the listed ones first.',
    },
  ];
}

function inOrder(problems: readonly DocumentProblem[]): DocumentProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
