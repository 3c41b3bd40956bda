import { readShell } from '../../shell';
import { evidenceFor, type Shown } from './evidence';

/** What good looks like, as written: one sentence, one line of a list, or one block of output. */
export interface ExpectedText {
  text: string;
  line: number;
  /** The sentence that leads in a list, which stands with each of its lines. */
  lead?: string;
}

/** What may be expected of something: a step before it is finished. */
export interface ExpectingStep {
  title: string;
  type: 'command' | 'manual' | 'query' | 'link';
  text: string;
  expected?: Array<{ text: string; line: number }>;
}

/**
 * Gives each expectation to the step that can show it: a status to the command that lists it, a load to the one that
 * measures it. Where several can, the last of them.
 *
 * @param otherwise - what becomes of a text that no step shows: it stays with the last step, or is left out because
 * it is kept as a criterion of the procedure
 */
export function placeExpectations(
  texts: readonly ExpectedText[],
  steps: readonly ExpectingStep[],
  otherwise: 'last step' | 'left out',
): void {
  const last = steps.at(-1);
  if (!last || texts.length === 0) return;
  if (steps.length === 1 && otherwise === 'last step') {
    give(last, texts);
    return;
  }
  const shown = steps.map(shownBy);
  const placed = new Map<ExpectingStep, ExpectedText[]>();
  for (const text of texts) {
    const at = bestOf(text.text, shown);
    const step = at === undefined ? last : steps[at];
    if (at === undefined && otherwise === 'left out') continue;
    placed.set(step, [...(placed.get(step) ?? []), text]);
  }
  placed.forEach((given, step) => give(step, given));
}

function bestOf(text: string, shown: readonly Shown[]): number | undefined {
  let best: { at: number; evidence: number } | undefined;
  shown.forEach((step, at) => {
    const evidence = evidenceFor(text, step);
    if (evidence > 0 && evidence >= (best?.evidence ?? 0)) {
      best = { at, evidence };
    }
  });
  return best?.at;
}

function shownBy(step: ExpectingStep): Shown {
  return {
    text: step.text,
    title: step.title,
    looks: step.type === 'command' && onlyLooks(step.text),
  };
}

function onlyLooks(text: string): boolean {
  const { effect } = readShell(text, { language: 'bash' });
  return effect === 'read' || effect === 'local';
}

/** Lines that are led in by the same sentence stand below it together. */
function give(step: ExpectingStep, texts: readonly ExpectedText[]): void {
  const expected = (step.expected ??= []);
  let lead: string | undefined;
  texts.forEach(({ text, line, lead: own }, index) => {
    const continues = index > 0 && own !== undefined && own === lead;
    const before = expected.at(-1);
    if (continues && before) before.text += `\n${text}`;
    else expected.push({ text: own ? `${own}\n${text}` : text, line });
    lead = own;
  });
}
