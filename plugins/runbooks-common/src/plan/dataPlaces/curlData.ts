import type { DataArgument } from './dataArguments';
import type { DataWord } from './DataWord';

const FLAG =
  /^(?:-[sSfGLivI]+|--silent|--show-error|--fail|--fail-with-body|--get|--location|--include|--head|--compressed)$/;
const VALUED =
  /^(?:-[XHmow]|--request|--header|--max-time|--output|--write-out|--connect-timeout|--retry|--data-urlencode)$/;

/** Nothing that curl would make several addresses of. */
const ADDRESS = {
  pattern: /^https?:\/\/[\w.~:/?#@%&=+-]+$/,
  expected: 'an http or https address without braces, brackets and blanks',
};

//   curl -s "<url>" -G --data-urlencode "q=<text>"
//            ^                             ^
/** What curl encodes before it sends it, and the address that it asks. */
export function curlData(words: readonly DataWord[]): DataArgument[] {
  const found: DataArgument[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const { head, whole = '', mayBeOption } = words[at];
    if (VALUED.test(whole)) {
      at += 1;
      const value = words[at];
      // Before a `=` or `@` of its own it would be a name, or a file to send.
      const isSent =
        whole === '--data-urlencode' && /^[\w.-]+=/.test(value?.head ?? '');
      if (isSent) found.push({ word: value });
    } else if (mayBeOption) {
      if (!FLAG.test(whole)) return [];
    } else if (head === '') {
      found.push({ word: words[at], accepts: ADDRESS });
    }
  }
  return found;
}
