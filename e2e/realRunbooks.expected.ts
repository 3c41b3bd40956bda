/** By the title of a procedure: how each of its steps ends, one line a step. */
export type ExpectedEnds = Record<string, string[]>;

/** By the component that a document is attached to. */
export const EXPECTED_ENDS: Record<string, ExpectedEnds> = {};
