import type { Procedure } from '../document/model';
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

  it('lets nobody else give a value like it, and says what would be accepted', () => {
    expect(parameterProblems(PROCEDURE, { Y: 'delete pod' })).toMatchObject([
      { code: 'invalid-value', message: expect.stringMatching(/such as "/) },
    ]);
  });
});
