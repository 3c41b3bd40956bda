import {
  createRedactor,
  type ApiCall,
  type RunEvent,
  type SecretForms,
} from '@backstage-runbooks/plugin-runbooks-common';

/** Returns a text with everything in it hidden that may not be stored. */
export type Hide = (text: string) => string;

/** Hides values; forms that are given may be taught more of them. */
export interface Hiding {
  hide: Hide;
}

/** Fields of events that are no text of anybody: ids, references, moments, digests and words of ours. */
const OURS: ReadonlySet<string> = new Set([
  'kind',
  'stepId',
  'by',
  'as',
  'outcome',
  'entityRef',
  'executor',
  'worker',
  'digest',
  'outputDigest',
  'startedAt',
  'expiresAt',
  // What the binder made of the step: it hides what it takes from the workspace.
  'binding',
  'differences',
  // What a dry run found: it is hidden before an approval binds to it.
  'preview',
  // What the portal asked to be typed, and compared.
  'confirmation',
]);

/** Hides those values, in the spellings of docs/redaction.md, and what looks like a credential. */
export function hiding(secrets: Iterable<string> | SecretForms): Hiding {
  const redactor = createRedactor({ secrets });
  return {
    hide: text => redactor.push(text) + redactor.flush(),
  };
}

/**
 * An event without secret values in any text of it: reasons, notes, commands and verdicts, also in fields that do not
 * exist yet. The plan of a run is from before it knew any.
 */
export function hideInEvent(event: RunEvent, hide: Hide): RunEvent {
  return event.kind === 'run-started' ? event : hideInFields(event, hide);
}

/**
 * A call without secret values in what the step chose of it.
 *
 * @param shown - Names that the plan or the approval shows anyway: a namespace that also stands in a Secret stays.
 */
export function hideInCall(
  call: ApiCall,
  hide: Hide,
  shown: ReadonlySet<string>,
): ApiCall {
  const { id, at, verb, decision, ...chosen } = call;
  const hidden = hideInFields(chosen, text =>
    shown.has(text) ? text : hide(text),
  );
  return { ...hidden, id, at, verb, decision };
}

function hideInFields<T>(value: T, hide: Hide): T {
  if (typeof value === 'string') return hide(value) as T;
  if (Array.isArray(value)) {
    return value.map(one => hideInFields(one, hide)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      OURS.has(key) ? one : hideInFields(one, hide),
    ]),
  ) as T;
}
