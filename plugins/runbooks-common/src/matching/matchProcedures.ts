import type { AlertEntry, ProcedureKind } from '../document/model';
import type { HealthSignal } from '../health/model';
import { SIGNAL_PHRASES, type Phrases } from './signalPhrases';
import { holdsPhrase, wordsOf } from './wordsOf';

/** A runbook as far as matching reads it; `RunbookSummary` is one, and so is a `Runbook` with an id. @public */
export interface MatchableRunbook {
  id: string;
  title: string;
  alerts?: AlertEntry[];
  procedures: Array<{
    id: string;
    title: string;
    kind: ProcedureKind;
    context: string[];
    symptoms: string[];
  }>;
}

/** A procedure that fits what is broken now, with the reason in words. @public */
export interface ProcedureMatch {
  runbookId: string;
  procedureId: string;
  /** Only for comparing matches with one another. */
  score: number;
  because: string;
}

const BEST = 3;
const LEAST_SCORE = 5;
const OWN_CODE_WEIGHT = 11;
const FURTHER_SIGNAL_SCORE = 1;

/** What a fit is worth by where it was found. */
const TITLE = 1;
const SYMPTOM = 0.9;
const ALERT = 0.8;
const CONTEXT = 0.5;

/** People in trouble look for these first, and hardly ever for those with a negative number. */
const KIND_SCORES: Record<ProcedureKind, number> = {
  incident: 3,
  troubleshoot: 3,
  recovery: 1,
  rollback: 1,
  scale: 0,
  check: 0,
  deploy: -3,
  maintenance: -3,
  routine: -4,
  setup: -5,
  onboarding: -6,
  reference: -4,
};

/** Kinds that are the remedy itself. */
const REMEDIES: Record<string, ProcedureKind[]> = {
  HpaAtLimit: ['scale'],
  HpaCannotScale: ['scale'],
  ScaledToZero: ['scale'],
  StalledRollout: ['rollback'],
  ImagePullBackOff: ['rollback'],
};
const REMEDY_SCORE = 3;

/** Words of procedures that would make the trouble worse. */
const HARMFUL = new Map(
  ['HpaAtLimit', 'HpaCannotScale', 'ScaledToZero'].map(code => [
    code,
    /\b(scale|scaling)\s+(down|in)\b|\bdecreas/i,
  ]),
);

/**
 * The three procedures that fit best to what is broken now, best first, each with its reason. Fewer, or none, where
 * nothing fits: a wrong hint at three in the morning costs more than none.
 *
 * It compares words: of titles, of symptoms, of the headings above, and of alert tables (an alert that fits leads to
 * the procedure that has its name or that its action names).
 *
 * @public
 */
export function matchProcedures(
  signals: HealthSignal[],
  runbooks: MatchableRunbook[],
): ProcedureMatch[] {
  const matches: ProcedureMatch[] = [];
  for (const runbook of runbooks) {
    for (const procedure of runbook.procedures) {
      const fits = signals
        .map(signal => bestFit(signal, runbook, procedure))
        .filter(fit => fit !== undefined)
        .sort((a, b) => b.score - a.score);
      const [best] = fits;
      if (!best || best.score < LEAST_SCORE) continue;
      const further = new Set(fits.map(fit => fit.code)).size - 1;
      matches.push({
        runbookId: runbook.id,
        procedureId: procedure.id,
        score: best.score + further * FURTHER_SIGNAL_SCORE,
        because: best.because,
      });
    }
  }
  return matches.sort((a, b) => b.score - a.score).slice(0, BEST);
}

type Procedure = MatchableRunbook['procedures'][number];

interface Fit {
  code: string;
  score: number;
  because: string;
}

function bestFit(
  signal: HealthSignal,
  runbook: MatchableRunbook,
  procedure: Procedure,
): Fit | undefined {
  if (HARMFUL.get(signal.code)?.test(procedure.title)) return undefined;
  let best: Fit | undefined;
  for (const { text, worth, says } of placesOf(runbook, procedure)) {
    const fit = weightOf(signal.code, text) * worth;
    if (fit === 0) continue;
    const score = fit + kindScore(signal.code, procedure.kind);
    if (best && score <= best.score) continue;
    best = {
      code: signal.code,
      score,
      because: `${signal.code} of ${signal.object.kind} ${signal.object.name} fits ${says}`,
    };
  }
  return best;
}

interface Place {
  text: string;
  worth: number;
  says: string;
}

function placesOf(runbook: MatchableRunbook, procedure: Procedure): Place[] {
  return [
    {
      text: procedure.title,
      worth: TITLE,
      says: `the title '${procedure.title}'`,
    },
    ...procedure.symptoms.map(symptom => ({
      text: symptom,
      worth: SYMPTOM,
      says: `the symptom '${symptom}'`,
    })),
    ...(runbook.alerts ?? [])
      .filter(alert => leadsTo(alert, procedure.title))
      .map(({ alert, condition = '' }) => ({
        // Not its action: "scale up" is what to do then, not what is wrong.
        text: `${alert} ${condition}`,
        worth: ALERT,
        says: `the alert '${alert}'`,
      })),
    ...procedure.context.map(heading => ({
      text: heading,
      worth: CONTEXT,
      says: `the heading '${heading}'`,
    })),
  ];
}

/** An alert with the name of the procedure, or one whose action names it. */
function leadsTo({ alert, action = '' }: AlertEntry, title: string): boolean {
  const titleWords = wordsOf(title);
  const actionWords = ` ${wordsOf(action).join(' ')} `;
  return (
    wordsOf(alert).every(word => titleWords.includes(word)) ||
    actionWords.includes(` ${titleWords.join(' ')} `)
  );
}

/** How surely the text speaks of the signal; 0 for not at all. */
function weightOf(code: string, text: string): number {
  const phrases: Phrases = Object.hasOwn(SIGNAL_PHRASES, code)
    ? SIGNAL_PHRASES[code]
    : [];
  const lower = text.toLocaleLowerCase('en-US');
  if (lower.includes(code.toLocaleLowerCase('en-US'))) return OWN_CODE_WEIGHT;
  const words = new Set(wordsOf(text));
  return phrases
    .filter(([phrase]) => holdsPhrase(words, phrase))
    .reduce((most, [, weight]) => Math.max(most, weight), 0);
}

function kindScore(code: string, kind: ProcedureKind): number {
  const isRemedy = REMEDIES[code]?.includes(kind);
  return KIND_SCORES[kind] + (isRemedy ? REMEDY_SCORE : 0);
}
