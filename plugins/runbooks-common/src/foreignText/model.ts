/**
 * A piece of a text that somebody else wrote, by how it is shown. The texts of all pieces, one after the other, are
 * the text as page, copy and export show it.
 *
 * - `plain`: as it is.
 * - `marked`: what would show as nothing, as a blank or out of order, in a visible spelling such as `\u{202E}`.
 * - `mixed`: a word whose letters come from several scripts and look alike.
 * - `folded`: a long stretch of blanks or empty lines, as `… 240 blanks …`.
 * - `overwritten`: what a terminal would have written over.
 * - `masked`: where a secret was.
 *
 * @public
 */
export type ForeignSegment =
  | { kind: 'plain'; text: string }
  | {
      kind: 'marked' | 'mixed' | 'folded' | 'overwritten' | 'masked';
      text: string;
      /** What it is, in words. */
      says: string;
    };

/** A piece with the part of the text that it stands for, half open. A plain one is that part. @public */
export type PlacedSegment = ForeignSegment & { start: number; end: number };

/** What one look at a text found. */
export type Finding = Exclude<ForeignSegment, { kind: 'plain' }> & {
  start: number;
  end: number;
};
