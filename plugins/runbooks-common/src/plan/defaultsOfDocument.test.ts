import type { Procedure } from '../document/model';
import { readShell } from '../shell/readShell';
import { parameterProblems } from './bindParameters';

const PROCEDURE = {
  title: 'Clean up',
  phases: [],
  parameters: [
    {
      name: 'Y',
      label: 'Y',
      type: 'text',
      default: 'delete ns',
      required: true,
      written: '$Y',
      line: 1,
    },
  ],
} as unknown as Procedure;

describe('a value that the document writes itself', () => {
  it('is accepted as it stands there', () => {
    expect(parameterProblems(PROCEDURE, {})).toEqual([]);
    expect(parameterProblems(PROCEDURE, { Y: 'delete ns' })).toEqual([]);
  });

  it('lets nobody else give a value that is none, and says what would be accepted', () => {
    expect(parameterProblems(PROCEDURE, { Y: 'delete\npod' })).toMatchObject([
      { code: 'invalid-value', message: expect.stringMatching(/such as "/) },
    ]);
  });

  it('may be split where its document does not quote it, and no other value may', () => {
    const text = 'kubectl $Y web';
    const steps = [
      {
        id: 'a',
        title: 'A',
        line: 3,
        text,
        placeholders: readShell(text).placeholders,
        commands: [],
      },
    ];
    const procedure = { ...PROCEDURE, phases: [{ steps }] } as never;
    expect(parameterProblems(procedure, { Y: 'delete ns' })).toEqual([]);
    expect(parameterProblems(procedure, { Y: 'delete pod' })).toMatchObject([
      {
        code: 'unsafe-place',
        message: expect.stringMatching(
          /step "A" \(line 3\).*does not quote \$Y/,
        ),
      },
    ]);
  });
});
