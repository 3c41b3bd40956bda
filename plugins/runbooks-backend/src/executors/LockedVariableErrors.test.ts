import { LockedVariableErrors } from './LockedVariableErrors';

const errorsOf = (...chunks: string[]) => {
  const errors = new LockedVariableErrors(['PATH', 'BASH_CMDS']);
  for (const chunk of chunks) errors.push('stderr', Buffer.from(chunk));
  return errors.failure();
};

const outputOf = (text: string) => {
  const errors = new LockedVariableErrors(['PATH']);
  errors.push('stdout', Buffer.from(text));
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
      'by a key of an array',
      ['/run/runbooks/step.sh: line 3: BASH_CMDS[a: b]: readonly variable\n'],
    ],
    [
      'by taking it away',
      [
        '/run/runbooks/step.sh: line 3: unset: PATH: cannot unset: readonly variable\n',
      ],
    ],
    [
      'behind what it wrote on the same line',
      ['progress /run/runbooks/step.sh: line 3: PATH: readonly variable\n'],
    ],
    [
      'behind a line that does not end',
      [
        'x'.repeat(1_000_000),
        '/run/runbooks/step.sh: line 3: PATH: readonly variable\n',
      ],
    ],
    [
      'before what others write on the same line',
      ['/run/runbooks/step.sh: line 3: PATH: readonly variableGET / 200\n'],
    ],
    [
      'among what others write in the same words',
      [
        '/run/runbooks/step.sh: line 3: PATH: readonly variable: readonly variable x: readonly variable\n',
      ],
    ],
    [
      'in pieces of output, at its end',
      ['a\n/run/runbooks/st', 'ep.sh: line 3: PA', 'TH: readonly variable'],
    ],
  ])('has failed, with the line: %s', (_, chunks) => {
    expect(errorsOf(...chunks)).toMatch(/^line 3 of its text .* \w+,/);
  });

  it.each([
    'lib.sh: line 3: PATH: readonly variable\n',
    './a b.sh: line 3: wait: PATH: cannot unset: readonly variable\n',
    // Behind BASH_ARGV0=x.
    'x: line 3: PATH: readonly variable\n',
  ])(
    'has failed, with the line, where another script or another name of the shell says it: %s',
    line => {
      expect(errorsOf(line)).toBe(
        'line 3 of a script that it reads would change PATH, which decides which programs run, and its plan does not show that',
      );
    },
  );

  it('has failed where the line is not told', () => {
    expect(errorsOf('bash: PATH: readonly variable\n')).toMatch(
      /^a script that it reads would change PATH/,
    );
  });

  it('has failed where its error output goes where its output goes', () => {
    expect(
      outputOf('a/run/runbooks/step.sh: line 3: PATH: readonly variable\n'),
    ).toMatch(/^line 3 of its text would change PATH/);
  });

  it('has failed where others write between what bash says', () => {
    expect(
      errorsOf('step.sh: line 3: GET / 200\nPATH: readonly variable'),
    ).toMatch(/^a script that it reads would change PATH/);
  });

  it('has failed where others say the same in its error output, which nobody can tell apart', () => {
    expect(errorsOf('from a pod: PATH: readonly variable\n')).toMatch(/PATH/);
  });

  it('has not by what it shows of the output of others', () => {
    expect(
      outputOf('/entry.sh: line 3: PATH: readonly variable\n'),
    ).toBeUndefined();
  });

  it.each([
    '/run/runbooks/step.sh: line 3: MINE: readonly variable\n',
    '/run/runbooks/step.sh: line 3: MY_PATH: readonly variable\n',
    'readonly variable\n',
  ])('has not by another line: %s', line => {
    expect(errorsOf(line)).toBeUndefined();
  });

  it('has not by a line of a megabyte, of which no more than its end is kept', () => {
    expect(errorsOf('x'.repeat(1_000_000), 'y\n')).toBeUndefined();
  });
});
