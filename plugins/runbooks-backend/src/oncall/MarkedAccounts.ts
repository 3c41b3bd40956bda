import type { EntityRef } from '@backstage-runbooks/plugin-runbooks-common';

/** Accounts with their marks (a mail address, an employee number): who has one in common is one person. */
export class MarkedAccounts {
  readonly #marks = new Map<EntityRef, string[]>();
  readonly #accounts = new Map<string, EntityRef[]>();

  get size(): number {
    return this.#marks.size;
  }

  add(userRef: EntityRef, marks: string[]): void {
    this.#marks.set(userRef, marks);
    for (const mark of marks) {
      const accounts = this.#accounts.get(mark);
      if (accounts) accounts.push(userRef);
      else this.#accounts.set(mark, [userRef]);
    }
  }

  /** All accounts that can be reached by marks, itself among them; undefined for one that was not added. */
  accountsOf(userRef: EntityRef): EntityRef[] | undefined {
    if (!this.#marks.has(userRef)) return undefined;
    const found = new Set([userRef]);
    for (const account of found) {
      for (const mark of this.#marks.get(account) ?? []) {
        this.#accounts.get(mark)?.forEach(other => found.add(other));
      }
    }
    return [...found];
  }
}
