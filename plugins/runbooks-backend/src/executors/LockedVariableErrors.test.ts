import { LockedVariableErrors } from './LockedVariableErrors';

const failureOf = (...chunks: string[]) => {
  const errors = new LockedVariableErrors(['PATH', 'BASH_CMDS']);
  for (const chunk of chunks) errors.push(Buffer.from(chunk));
  return errors.failure();
};

describe('a step that would change a variable which it may not change', () => {
  it.each<[string, string[]]>([
    [
      'by an assignment',
      ['/run/runbooks/step.sh: line 3: PATH: readonly variable\n'],
    ],
    [
      'by a builtin',
      ['x\n/run/runbooks/step.sh: line 3: read: PATH: readonly variable\ny'],
    ],
    [
      'in pieces of output, at its end',
      ['a\n/run/runbooks/st', 'ep.sh: line 3: PA', 'TH: readonly variable'],
    ],
  ])('has failed, with the line: %s', (_, chunks) => {
    expect(failureOf(...chunks)).toMatch(/^line 3 of its text .* PATH,/);
  });

  it.each([
    '/run/runbooks/step.sh: line 3: MINE: readonly variable\n',
    'other.sh: line 3: PATH: readonly variable\n',
    'kubectl: /run/runbooks/step.sh: line 3: PATH: readonly variable\n',
    '/run/runbooks/step.sh: line 3: PATH: readonly variable, says nobody\n',
  ])('has not by another line: %s', line => {
    expect(failureOf(line)).toBeUndefined();
  });

  it('has not by a line of a megabyte, of which no more than its beginning is kept', () => {
    expect(failureOf('x'.repeat(1_000_000), 'y\n')).toBeUndefined();
  });
});
