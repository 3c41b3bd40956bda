import { readDay } from '../facts/dates';
import type { DocumentProblem, Runbook } from '../model';

const DAYS: Array<{ words: RegExp; days: number }> = [
  { words: /\bweekly\b|\bevery week\b|\bonce a week\b/i, days: 7 },
  { words: /\bbi-?monthly\b|\bevery (?:two|2) months\b/i, days: 61 },
  { words: /\bmonthly\b|\bevery month\b|\bonce a month\b/i, days: 31 },
  {
    words:
      /\bsemi-?annual|\bbi-?annual|\bevery (?:six|6) months\b|\btwice a year\b/i,
    days: 183,
  },
  { words: /\bquarter|\bevery (?:three|3) months\b/i, days: 92 },
  {
    words:
      /\bannual|\byearly\b|\bevery (?:year|twelve months|12 months)\b|\bonce a year\b/i,
    days: 366,
  },
];

/**
 * Says when a document is past the review that it promises: by `Next review:`, or by its last update and its review
 * schedule. Empty where it promises none, or where its dates are no days.
 *
 * @param today - an ISO day; the core has no clock
 * @public
 */
export function findReviewProblems(
  runbook: Pick<Runbook, 'metadata'>,
  today: string,
): DocumentProblem[] {
  const due = reviewDueOn(runbook.metadata);
  if (due === undefined || due >= today) return [];
  return [
    {
      line: 1,
      column: 1,
      code: 'past-review-date',
      severity: 'warning',
      message: `The review of this document was due on ${due}`,
      suggestion: 'Review it and write down the new date.',
    },
  ];
}

function reviewDueOn({
  nextReview,
  lastUpdated,
  reviewSchedule,
}: Runbook['metadata']): string | undefined {
  if (nextReview !== undefined) return readDay(nextReview);
  const updated = lastUpdated && readDay(lastUpdated);
  const days = DAYS.find(({ words }) => words.test(reviewSchedule ?? ''))?.days;
  if (!updated || days === undefined) return undefined;
  const due = new Date(Date.parse(updated) + days * 86_400_000);
  return due.toISOString().slice(0, 10);
}
