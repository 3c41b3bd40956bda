import { didWords } from './didWords';

describe('what something did, once it has ended', () => {
  it.each([
    { planned: 'destructive', did: { writes: 0 }, label: 'Wrote nothing' },
    { planned: 'destructive', did: { writes: 4 }, label: 'Made 4 writes' },
    { planned: 'unknown', did: { writes: 1 }, label: 'Made 1 write' },
    { planned: 'read', did: { writes: 1 }, label: 'Made 1 write' },
    {
      planned: 'read',
      did: { writes: 0, executions: 1 },
      label: 'Executed in a pod',
    },
    {
      planned: 'change',
      did: { writes: 0, uncertain: 1 },
      label: 'May have changed something',
    },
    { planned: 'read', did: { writes: 0 }, label: undefined },
    { planned: 'local', did: { writes: 0 }, label: undefined },
  ] as const)(
    'is told by its calls ($planned, $did): $label',
    ({ planned, did, label }) => {
      expect(didWords(did, { effect: planned })?.label).toBe(label);
    },
  );

  it('says as what it was judged before', () => {
    expect(
      didWords({ writes: 0 }, { effect: 'destructive' })?.explains,
    ).toContain('judged as: Destructive');
  });

  it('does not say of what was executed in a pod that it changed something', () => {
    const words = didWords({ writes: 0, executions: 1 }, { effect: 'read' });
    expect(words?.explains).toContain('inside a pod is not seen');
    expect(words?.explains).not.toContain('accepted');
  });

  it.each([
    {
      effect: 'read',
      did: { writes: 0, secretReads: 2 },
      says: 'Read Secrets',
    },
    { effect: 'read', did: { writes: 0 }, says: 'Read no Secrets' },
    {
      effect: 'change',
      did: { writes: 1, secretReads: 1 },
      says: 'Made 1 write, read Secrets',
    },
    {
      effect: 'change',
      did: { writes: 0 },
      says: 'Wrote nothing, read no Secrets',
    },
  ] as const)(
    'tells whether Secrets were read where that was let: $says',
    ({ effect, did, says }) => {
      const words = didWords(did, { effect, readsSecrets: true });
      expect(words?.label).toBe(says);
    },
  );
});
