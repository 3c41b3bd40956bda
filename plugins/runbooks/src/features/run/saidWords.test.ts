import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';
import { CHECKED, stepResult } from '../../testing/runs';
import { LENA } from '../../testing/people';
import { saidWords } from './saidWords';

const AT = '2026-11-21T02:00:00Z';

describe('what a folded step said', () => {
  it.each<{ what: string; state: StepState; says: string | undefined }>([
    { what: 'how long it took', state: CHECKED, says: '1.8 s' },
    {
      what: 'what was found of its expectation, once, and what somebody noted',
      state: {
        ...CHECKED,
        result: stepResult({
          expectations: [
            {
              check: { kind: 'ready' },
              verdict: 'met',
              because: 'all 4 are ready',
            },
            {
              check: { kind: 'exit-zero' },
              verdict: 'unclear',
              because: 'not known',
            },
          ],
        }),
        judgement: { by: LENA, at: AT, good: true, note: 'p95 is 210 ms' },
      },
      says: 'all 4 are ready \u00b7 p95 is 210 ms \u00b7 1.8 s',
    },
    {
      what: 'what was noted of a step by hand',
      state: { status: 'confirmed', by: LENA, at: AT, note: 'Posted' },
      says: 'Posted',
    },
    {
      what: 'nothing of one that failed',
      state: { ...CHECKED, result: stepResult({ ok: false }) },
      says: undefined,
    },
    {
      what: 'nothing of one that somebody called wrong',
      state: { ...CHECKED, judgement: { by: LENA, at: AT, good: false } },
      says: undefined,
    },
    {
      what: 'nothing of one that is to come',
      state: { status: 'pending' },
      says: undefined,
    },
  ])('is $what', ({ state, says }) => {
    expect(saidWords(state)).toBe(says);
  });
});
