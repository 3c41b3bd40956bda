/**
 * What running something does to the world, in rising order of care.
 *
 * - `local`: touches only the files of the run.
 * - `read`: looks at a cluster or another system and changes nothing there.
 * - `unknown`: cannot be told from the text; treated as `change` wherever it matters.
 * - `change`: changes something that can be changed back.
 * - `destructive`: deletes, stops or overwrites something that may not come back.
 *
 * @public
 */
export type Effect = 'local' | 'read' | 'unknown' | 'change' | 'destructive';

/** All effects, in rising order of care. @public */
export const EFFECTS: readonly Effect[] = [
  'local',
  'read',
  'unknown',
  'change',
  'destructive',
];

/** An effect with the rule that decided, in words for people. @public */
export interface JudgedEffect {
  effect: Effect;
  /** For example "scales deployment auth-service to 0 replicas: all pods stop". */
  because: string;
}

/** The effect that needs the most care; `local` for an empty list. @public */
export function worstEffect(effects: Iterable<Effect>): Effect {
  let worst: Effect = 'local';
  for (const effect of effects) {
    if (EFFECTS.indexOf(effect) > EFFECTS.indexOf(worst)) worst = effect;
  }
  return worst;
}
