import type { Verdict } from './effects/verdict';

/**
 * What calls of functions were found to do, inside of what was known outside. What is found inside stays there.
 *
 * A copy of what is known, for each call of a function, would take time with the square of their number.
 */
export class KnownVerdicts {
  readonly #found = new Map<string, Verdict>();
  readonly #outer?: KnownVerdicts;

  constructor(outer?: KnownVerdicts) {
    this.#outer = outer;
  }

  get(name: string): Verdict | undefined {
    return this.#found.get(name) ?? this.#outer?.get(name);
  }

  set(name: string, verdict: Verdict): void {
    this.#found.set(name, verdict);
  }
}
