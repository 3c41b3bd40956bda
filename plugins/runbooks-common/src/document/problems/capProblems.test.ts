import { capProblems, MAX_PROBLEMS } from './capProblems';
import type { DocumentProblem } from '../model';

function problem(line: number, severity: DocumentProblem['severity']) {
  return { line, column: 1, code: 'x', severity, message: 'm' };
}

it('lists problems by their lines', () => {
  const listed = capProblems([problem(3, 'note'), problem(1, 'error')]);
  expect(listed.map(({ line }) => line)).toEqual([1, 3]);
});

it('keeps the errors of a document with too many problems, and says how many are missing', () => {
  const notes = Array.from({ length: 2_000 }, (_, line) =>
    problem(line + 1, 'note'),
  );
  const listed = capProblems([...notes, problem(9_000, 'error')]);
  expect(listed).toHaveLength(MAX_PROBLEMS + 1);
  expect(listed.at(-2)).toMatchObject({ line: 9_000, severity: 'error' });
  expect(listed.at(-1)).toMatchObject({
    code: 'more-problems',
    message: 'The document has 1501 more problems',
  });
});
