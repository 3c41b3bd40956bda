import type { Step } from '../model';

/**
 * A step as the text tells it, before the whole procedure is known: which variables were assigned before it, and
 * whether it may change anything.
 */
export interface StepDraft
  extends Pick<Step, 'title' | 'type' | 'line' | 'text'> {
  block?: number;
  language?: string;
  condition?: string;
  /** "Option 1" of its comments; of a heading where it brings a group. */
  option?: { group?: string; label: string };
  /** Instead of the step before it. */
  orBefore?: true;
  /** What good looks like, as written. */
  expected?: Array<{ text: string; line: number }>;
  notes: string[];
  /** A numbered item right above a block that was not indented: the block is what it tells to do. */
  introduces?: true;
  manualBecause?: string;
}
