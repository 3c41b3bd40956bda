import { approvedChanges } from './bound/approvedChanges';
import { decideBoundWrite } from './bound/decideBoundWrite';
import { AROUND, changed, deployment, preview } from './testUtils/writes';
import type { DryRunWrite } from './DryRunWrite';

const SCALED = changed(deployment(), deployment({ replicas: 4 }));

describe('a write whose objects came as JSON texts', () => {
  const asTexts: DryRunWrite = {
    ...SCALED,
    before: JSON.stringify(SCALED.before),
    sent: '{"spec":{"replicas":4}}',
    answer: { status: 200, body: JSON.stringify(SCALED.answer.body) },
  };

  it('is shown, approved and held to like one with objects', () => {
    expect(preview([asTexts])).toEqual(preview([SCALED]));
    const approved = approvedChanges({ ...AROUND, writes: [asTexts] });
    expect(approved).toEqual(approvedChanges({ ...AROUND, writes: [SCALED] }));
    const task = { ...AROUND, approved, shown: [], counted: [], secrets: [] };
    expect(decideBoundWrite({ ...task, write: asTexts }).kind).toBe('pass');
    const other = JSON.stringify(deployment({ replicas: 5 }));
    const write = { ...asTexts, answer: { status: 200, body: other } };
    expect(decideBoundWrite({ ...task, write }).kind).toBe('refuse');
  });

  it('is no create where the object before it cannot be read', () => {
    expect(preview([{ ...asTexts, before: '{' }])).toEqual({
      outcome: 'not-possible',
      because: 'what deployments web is now could not be read',
    });
  });

  it('tells nothing where its answer cannot be read', () => {
    const answer = { status: 200, body: 'upstream is gone' };
    expect(preview([{ ...asTexts, answer }])).toEqual({
      outcome: 'not-possible',
      because: 'the answer about deployments web could not be read',
    });
  });
});
