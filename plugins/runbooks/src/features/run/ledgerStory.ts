import type {
  Plan,
  RecordedRunEvent,
  RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import {
  assertNever,
  didText,
} from '@backstage-runbooks/plugin-runbooks-common';
import { countWords } from '../../words/procedureWords';
import { durationWords } from '../../words/timeWords';
import { upperFirst } from '../../words/upperFirst';
import { previewLine } from './previewWords';
import { plannedStepView, shownParameters } from '../step/stepView';

/** One recorded event as a sentence: who, what, and the words they gave. */
export interface StoryLine {
  seq: number;
  at: string;
  hash: string;
  /** The person who did it; missing where the machine did. */
  by?: string;
  /** Follows the name: "approved step 'Scale up'". */
  did: string;
  /** What came out, in our sentences. */
  detail?: string;
  /** What they wrote, and nothing else: it is shown as it stands. */
  words?: string;
}

/** Tells recorded events as a story. Steps are named by their titles in the plan. */
export function ledgerStory(
  events: RecordedRunEvent[],
  plan: Plan,
): StoryLine[] {
  const shown = shownParameters(plan.parameters);
  const titles = new Map(
    plan.steps.map((step, index) => {
      const { number, title } = plannedStepView(step, `${index + 1}`, shown);
      return [step.id, `step ${number}, ${title}`];
    }),
  );
  const titleOf = (stepId: string) => titles.get(stepId) ?? `step ${stepId}`;
  return events.map(({ seq, at, hash, event }, index) => ({
    seq,
    at,
    hash,
    ...(startedByApproval(events, index, titleOf) ?? tell(event, titleOf)),
  }));
}

/**
 * The last approval queues the step in the same breath, and the event bears the approver's name: the one who wanted it
 * is who asked. Undefined for everything else.
 */
function startedByApproval(
  events: RecordedRunEvent[],
  index: number,
  titleOf: (stepId: string) => string,
): Pick<StoryLine, 'did' | 'detail'> | undefined {
  const { event } = events[index];
  const before = events[index - 1]?.event;
  if (
    event.kind !== 'step-queued' ||
    before?.kind !== 'step-approved' ||
    before.stepId !== event.stepId
  ) {
    return undefined;
  }
  const asked = events
    .slice(0, index)
    .map(one => one.event)
    .reverse()
    .find(
      one => one.kind === 'approval-requested' && one.stepId === event.stepId,
    );
  return {
    did: `${upperFirst(
      titleOf(event.stepId),
    )} was started by its last approval${again(event.attempt)}`,
    detail:
      asked?.kind === 'approval-requested'
        ? `${asked.by} had asked for it`
        : undefined,
  };
}

function detailOfRequest({
  preview,
  confirmation,
}: Extract<RunEvent, { kind: 'approval-requested' }>): string | undefined {
  const parts = [
    preview && previewLine(preview),
    confirmation && `Typed "${confirmation}" to ask for it`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function tell(
  event: RunEvent,
  titleOf: (stepId: string) => string,
): Pick<StoryLine, 'by' | 'did' | 'detail' | 'words'> {
  switch (event.kind) {
    case 'run-started':
      return { by: event.by, did: `started the run` };
    case 'approval-requested':
      return {
        by: event.by,
        did: `asked for an approval of ${titleOf(event.stepId)}`,
        detail: detailOfRequest(event),
        words: event.reason,
      };
    case 'step-approved':
      return {
        by: event.by,
        did: `approved ${titleOf(event.stepId)}`,
        detail: `For ${event.covers
          .map(({ entityRef, entitledBy }) => `${entityRef}: ${entitledBy}`)
          .join('; for ')}`,
      };
    case 'step-denied':
      return {
        by: event.by,
        did: `denied ${titleOf(event.stepId)}`,
        words: event.reason,
      };
    case 'approval-expired':
      return { did: `The approval of ${titleOf(event.stepId)} expired` };
    case 'approval-voided':
      return {
        did: `${upperFirst(titleOf(event.stepId))} was not started`,
        detail: event.because,
      };
    case 'step-queued':
      return {
        by: event.by,
        did: `ran ${titleOf(event.stepId)}${again(event.attempt)}`,
      };
    case 'step-started':
      return {
        did: `Started ${titleOf(event.stepId)}`,
        detail: `Executor ${event.executor} on ${event.worker}`,
      };
    case 'step-finished':
      return finished(event, titleOf);
    case 'step-interrupted':
      return {
        did: `Lost sight of ${titleOf(event.stepId)}`,
        detail: event.because,
      };
    case 'interruption-settled':
      return {
        by: event.by,
        did:
          event.as === 'done'
            ? `settled that ${titleOf(event.stepId)} was done`
            : `decided to run ${titleOf(event.stepId)} again`,
        words: event.reason,
      };
    case 'step-confirmed':
      return {
        by: event.by,
        did: `confirmed ${titleOf(event.stepId)}`,
        words: event.note,
      };
    case 'step-skipped':
      return {
        by: event.by,
        did: `skipped ${titleOf(event.stepId)}`,
        words: event.reason,
      };
    case 'step-judged':
      return {
        by: event.by,
        did: `judged that ${titleOf(event.stepId)} looks ${
          event.good ? 'good' : 'wrong'
        }`,
        words: event.note,
      };
    case 'cancel-requested':
      return {
        by: event.by,
        did: 'asked to cancel the run',
        words: event.reason,
      };
    case 'run-finished':
      return {
        by: event.by,
        did: `finished the run as ${event.outcome}`,
        words: event.note,
      };
    default:
      return assertNever(event);
  }
}

function finished(
  event: Extract<RunEvent, { kind: 'step-finished' }>,
  titleOf: (stepId: string) => string,
) {
  const { result } = event;
  const end =
    result.failure ||
    (result.cancelled && 'cancelled') ||
    (result.timedOut && 'timed out');
  const facts = [
    result.verdict,
    end || `exit code ${result.exitCode ?? 'none'}`,
    durationWords(result.durationMs),
    `${countWords(result.calls.total, 'Kubernetes call')}, ${didText(
      result.calls,
    )}`,
  ];
  return {
    did: `${upperFirst(titleOf(event.stepId))} ${
      result.ok ? 'succeeded' : 'failed'
    }`,
    detail: facts.filter(Boolean).join(', '),
  };
}

function again(attempt: number) {
  return attempt > 1 ? ` (attempt ${attempt})` : '';
}
