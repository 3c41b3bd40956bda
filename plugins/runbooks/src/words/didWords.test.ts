import { didWords } from './didWords';

describe('what something did, once it has ended', () => {
  it.each([
    { planned: 'destructive', writes: 0, label: 'Wrote nothing' },
    { planned: 'destructive', writes: 4, label: 'Made 4 writes' },
    { planned: 'unknown', writes: 1, label: 'Made 1 write' },
    { planned: 'read', writes: 1, label: 'Made 1 write' },
    { planned: 'read', writes: 0, label: undefined },
    { planned: 'local', writes: 0, label: undefined },
  ] as const)(
    'is told by its writes ($planned, $writes): $label',
    ({ planned, writes, label }) => {
      expect(didWords(writes, planned)?.label).toBe(label);
    },
  );

  it('says as what it was judged before', () => {
    expect(didWords(0, 'destructive')?.explains).toContain(
      'judged as: Destructive',
    );
  });
});
