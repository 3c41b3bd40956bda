import type { PlaceholderUse } from '../shell/model';
import { quotingAt } from './bindText';

const PLAIN = 'expected only letters, digits and . _ : / @ + -';

/**
 * Why a value that is more than a plain word cannot stand where a document has a placeholder, with what is expected;
 * undefined where bash hands it on as it is: in quotes, or in a place that is put in quotes, it is one word whatever
 * it holds.
 *
 * @param written - The default of the document, which was read with the text.
 */
export function refusePlace(
  text: string,
  use: PlaceholderUse,
  value: string,
  written: string | undefined,
): string | undefined {
  switch (use.place) {
    case 'none':
      return `${use.because ?? 'no value can be put'}; ${PLAIN}`;
    case 'nested':
      return `${use.because ?? 'its value would be read once more'}; ${PLAIN}`;
    case 'unquoted':
      if (use.form === 'variable' && value !== written)
        return `bash splits it at blanks and matches files with it, because the document does not quote ${use.written}; ${PLAIN}, or "${use.written}" in the document`;
      break;
    default:
  }
  const isOption = /^[-+]/.test(value) && value !== written;
  return isOption && beginsWord(text, use)
    ? `it would be read as an option; expected a value that does not begin with "${value[0]}"`
    : undefined;
}

//   grep <text> x     grep "<text>" x     curl -d a=<text>     echo "a <text>"
//        ^                 ^                       no                  no
function beginsWord(text: string, { start, place }: PlaceholderUse): boolean {
  if (place === 'assignment' || place === 'heredoc') return false;
  const isQuoted = quotingAt(text, start) !== 'none';
  const opens = /["']/.test(text[start - 1] ?? '');
  if (isQuoted && !opens) return false;
  const before = text[start - (isQuoted ? 2 : 1)] ?? ' ';
  return /[\s(;|&]/.test(before);
}
