import { HEALTH_STATES, type HealthState, type HealthVerdict } from './model';

/** Whether one state is worse than another, by the order of `HEALTH_STATES`. @public */
export function isWorse(state: HealthState, than: HealthState): boolean {
  return HEALTH_STATES.indexOf(state) > HEALTH_STATES.indexOf(than);
}

/** The worst verdict, the first of equals; undefined for none. @public */
export function worstOf<T extends HealthVerdict>(
  verdicts: Iterable<T>,
): T | undefined {
  let worst: T | undefined;
  for (const verdict of verdicts) {
    if (!worst || isWorse(verdict.state, worst.state)) worst = verdict;
  }
  return worst;
}
