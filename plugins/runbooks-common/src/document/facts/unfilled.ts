/** True where a text stands for something that somebody should have written. */
export function isUnfilled(text: string): boolean {
  return (
    /^\W*(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|tbd|tba|todo|n\/?a|xxx+|yy(?:yy)?[-/.]mm[-/.]dd|-+|none)\W*$/i.test(
      text,
    ) || text.trim() === ''
  );
}
