const DISTURBANCES: ReadonlyArray<[RegExp, string]> = [
  [/__runbooks/i, 'it uses a name that begins with __runbooks'],
  [/\btrap\b[^\n;]*\bDEBUG\b/i, 'it sets or removes the trap DEBUG'],
  [
    /\bbuiltin\s*\(\s*\)|\bfunction\s+builtin\b|\benable\b[^\n;]*\s-[a-z]*n/,
    'it takes builtins of bash away',
  ],
];

/**
 * Why a shell text would keep bash from telling which of its commands failed; undefined where it does not. Such a text
 * is not run: it could end as "Succeeded" whatever happened.
 */
export function disturbsReporting(text: string): string | undefined {
  const because = DISTURBANCES.find(([pattern]) => pattern.test(text))?.[1];
  return because && `${because}, and then nobody would see which commands fail`;
}
