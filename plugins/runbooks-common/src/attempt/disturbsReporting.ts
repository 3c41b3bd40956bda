import { hasBehind } from '../text';

const ENDS = /[\n;]/;

const DISTURBANCES: ReadonlyArray<[(text: string) => boolean, string]> = [
  [
    text => /__runbooks/i.test(text),
    'it uses a name that begins with __runbooks',
  ],
  [
    text => hasBehind(text, /\btrap\b/i, /\bDEBUG\b/i, ENDS),
    'it sets or removes the trap DEBUG',
  ],
  [
    text =>
      /\bbuiltin\s*\(\s*\)|\bfunction\s+builtin\b/.test(text) ||
      hasBehind(text, /\benable\b/, /\s-[a-z]*n/, ENDS),
    'it takes builtins of bash away',
  ],
];

/**
 * Why a shell text would keep bash from telling which of its commands failed; undefined where it does not. Such a text
 * is not run: it could end as "Succeeded" whatever happened.
 */
export function disturbsReporting(text: string): string | undefined {
  const joined = text.replace(/\\\n/g, ' ');
  const because = DISTURBANCES.find(([disturbs]) => disturbs(joined))?.[1];
  return because && `${because}, and then nobody would see which commands fail`;
}
