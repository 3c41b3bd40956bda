import type { CallWord } from './boundByCall';

const LETTERS = /^[-+][abefhmnuvxBCEHPTo]+$/;
const NAMED = /^[-+][a-zA-Z]*o$/;
/** Not `keyword`, under which words that look like assignments are some, nor `posix`, under which aliases count. */
const NAMES =
  /^(?:allexport|braceexpand|emacs|errexit|errtrace|functrace|hashall|histexpand|history|ignoreeof|monitor|noclobber|noexec|noglob|nolog|notify|nounset|physical|pipefail|privileged|verbose|vi|xtrace)$/;

/**
 * Whether the words of `set` change nothing of how later words are read: `set -euo pipefail`, `set -- a b`, `set a b`.
 * Everything else may.
 */
export function isPlainSet(args: readonly CallWord[]): boolean {
  let isName = false;
  for (const { value, certainty } of args) {
    if (certainty !== 'exact') return false;
    if (isName) {
      if (!NAMES.test(value)) return false;
      isName = false;
      continue;
    }
    if (value === '--' || value === '-' || /^[^-+]/.test(value)) return true;
    if (!LETTERS.test(value)) return false;
    isName = NAMED.test(value);
  }
  return true;
}
