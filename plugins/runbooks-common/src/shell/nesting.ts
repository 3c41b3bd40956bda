/**
 * Text in text is followed this far: what `eval`, `bash -c`, here-documents, functions and scripts run in their turn.
 * What is nested deeper is unknown, so that no text is read again for each of its levels.
 */
export const MAX_NESTING = 8;

/** Why a text that is nested deeper is unknown. */
export const NESTED_TOO_DEEPLY = `is nested deeper than ${MAX_NESTING}`;
