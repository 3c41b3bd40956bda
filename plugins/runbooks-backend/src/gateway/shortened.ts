import { sha256Hex } from '@backstage-runbooks/plugin-runbooks-common';

/** The text, or its beginning with its length and its digest where it is longer than that. */
export function shortened(text: string, maxLength: number): string {
  return text.length <= maxLength
    ? text
    : `${text.slice(0, maxLength)}… (${
        text.length
      } characters, SHA-256 ${sha256Hex(text)})`;
}
