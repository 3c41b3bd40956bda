import type { StepDraft } from './stepDraft';

const CHECKS =
  /^(?:(?:finally|then|lastly),? )?(?:verify|validate|confirm|smoke[- ]?test|double[- ]check)\b|^(?:verification|validation)\b/i;

/**
 * The steps at the end of a phase that only see whether it worked: "Verify the new key is served". None where all
 * are such, or where an alternative is among them.
 */
export function closingChecks(steps: readonly StepDraft[]): StepDraft[] {
  let from = steps.length;
  while (from > 0 && isCheck(steps[from - 1])) from -= 1;
  return from === 0 ? [] : steps.slice(from);
}

function isCheck({ title, option, orBefore }: StepDraft): boolean {
  return CHECKS.test(title) && !option && !orBefore;
}
