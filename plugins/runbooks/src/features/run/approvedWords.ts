import type { StepState } from '@backstage-runbooks/plugin-runbooks-common';
import { listWords } from '../../words/listWords';
import type { Tone } from '../../words/tone';
import type { ApprovalPart } from './approvalParts';

/**
 * What became of the approval that the person looking has just given: told at the head of the step, since the buttons
 * are gone. Undefined where the step says it in its own way, as one that failed does.
 */
export function approvedWords(
  state: StepState,
  parts: readonly ApprovalPart[],
): { title: string; tone: Tone } | undefined {
  switch (state.status) {
    case 'waiting-approval': {
      const missing = parts.filter(part => !part.given);
      return {
        title:
          missing.length > 0
            ? `Approved by you; it still waits for an approval for ${listWords(
                missing.map(({ entityRef }) => entityRef),
              )}`
            : 'Approved by you',
        tone: 'info',
      };
    }
    case 'queued':
    case 'running':
      return { title: 'Approved: it runs', tone: 'info' };
    case 'succeeded':
      return state.result.ok
        ? { title: 'Approved: it ran and succeeded', tone: 'ok' }
        : undefined;
    default:
      return undefined;
  }
}
