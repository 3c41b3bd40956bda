/** A reason of an effect in the parts in which it is read. */
export interface ReasonParts {
  /** The worst, as a sentence of its own. */
  first: string;
  /** What else it does, one each; none is left out. */
  others: string[];
}

const ALSO = '; it also ';
const WORST = ': at worst, ';

/** Takes a long reason apart: "runs x.sh: at worst, A; it also B; C" is A first, and B and C on demand. */
export function reasonParts(because: string): ReasonParts {
  const at = because.indexOf(ALSO);
  if (at === -1) return { first: because, others: [] };
  return {
    first: because.slice(0, at),
    others: because.slice(at + ALSO.length).split('; '),
  };
}

/** What stands for a reason where there is room for a title only: that it runs a script, and not all that this does. */
export function reasonTitle(because: string): string {
  const { first } = reasonParts(because);
  const at = first.indexOf(WORST);
  return at === -1 ? first : first.slice(0, at);
}
