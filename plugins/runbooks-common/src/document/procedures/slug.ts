/** A text as part of an id: lower case letters and digits of any script, with single dashes. */
export function slugOf(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/&/g, ' and ')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80)
      .replace(/-$/, '') || 'section'
  );
}

/** Hands out ids that are unique within a document: the second "deploy" is "deploy-2". */
export class UniqueIds {
  readonly #given = new Set<string>();
  readonly #counts = new Map<string, number>();

  give(wanted: string): string {
    if (!this.#given.has(wanted)) {
      this.#given.add(wanted);
      return wanted;
    }
    let count = this.#counts.get(wanted) ?? 1;
    let id: string;
    do {
      count += 1;
      id = `${wanted}-${count}`;
    } while (this.#given.has(id));
    this.#counts.set(wanted, count);
    this.#given.add(id);
    return id;
  }
}
