import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';
import { durationWords } from '../../words/timeWords';

/**
 * What a step that ended well said, in one line for where it is folded: what was found of its expectation, or what
 * somebody noted, and how long it took. Undefined for all others, which say more than a line.
 */
export function saidWords(state: StepState): string | undefined {
  switch (state.status) {
    case 'confirmed':
      return state.note;
    case 'succeeded': {
      const { result, judgement } = state;
      if (!result.ok || judgement?.good === false) return undefined;
      const found = (result.expectations ?? [])
        .filter(({ verdict }) => verdict === 'met')
        .map(({ because }) => because);
      return [
        ...new Set([...found, ...(judgement?.note ? [judgement.note] : [])]),
        durationWords(result.durationMs),
      ].join(' \u00b7 ');
    }
    default:
      return undefined;
  }
}
