import type { DataWord } from './DataWord';
import { curlData } from './curlData';
import { kubectlData } from './kubectlData';

/** A word of a command in which the program takes a value as data. */
export interface DataArgument {
  word: DataWord;
  /** What values may look like there; anything where it is missing. */
  accepts?: { pattern: RegExp; expected: string };
}

const PROGRAMS = new Map<
  string,
  (words: readonly DataWord[]) => DataArgument[]
>([
  ['echo', echoData],
  ['printf', printfData],
  ['grep', grepData],
  ['git', gitData],
  ['curl', curlData],
  ['kubectl', kubectlData],
  ['oc', kubectlData],
]);

/**
 * The words of a call in which the program takes any text as what it is: it prints, stores, sends or looks for it and
 * reads nothing in it. None where the program, or how it is called, is not on the list.
 */
export function dataArguments(
  program: string,
  words: readonly DataWord[],
): DataArgument[] {
  return PROGRAMS.get(program)?.(words) ?? [];
}

//   echo "<text>" x     echo -n "<text>"
//         ^                      ^
function echoData(words: readonly DataWord[]): DataArgument[] {
  const texts = words[0]?.whole === '-n' ? words.slice(1) : words;
  return texts.some(({ mayBeOption }) => mayBeOption)
    ? []
    : texts.map(word => ({ word }));
}

//   printf 'at %s\n' "<text>"
//                     ^
function printfData([format, ...texts]: readonly DataWord[]): DataArgument[] {
  const isPlain = /^(?!-)(?:[^%\\]|%%|\\[nt]|%-?\d{0,3}s)*$/.test(
    format?.whole ?? '%b',
  );
  return isPlain ? texts.map(word => ({ word })) : [];
}

const GREP_FLAG =
  /^(?:-[EFGinvcwxqolhsHr]+|-[ABCm]\d+|--color(?:=\w+)?|--fixed-strings|--ignore-case|--extended-regexp)$/;

//   grep -iF "<text>" file     grep -A 3 -e "<text>" file
//             ^                              ^
function grepData(words: readonly DataWord[]): DataArgument[] {
  let at = 0;
  for (; at < words.length; at += 1) {
    const { whole = '' } = words[at];
    if (/^-[ABCm]$/.test(whole) && /^\d+$/.test(words[at + 1]?.whole ?? ''))
      at += 1;
    else if (!GREP_FLAG.test(whole)) break;
  }
  if (/^(?:-e|--)$/.test(words[at]?.whole ?? '')) at += 1;
  const [pattern, ...files] = words.slice(at);
  const isAsRead = files.every(({ mayBeOption }) => !mayBeOption);
  return pattern && isAsRead ? [{ word: pattern }] : [];
}

//   git commit -am "<text>"
//                   ^
function gitData([verb, ...words]: readonly DataWord[]): DataArgument[] {
  if (verb?.whole !== 'commit') return [];
  const found: DataArgument[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const { head, whole = '' } = words[at];
    if (/^(?:-[as]*m|--message)$/.test(whole)) {
      at += 1;
      if (words[at]) found.push({ word: words[at] });
    } else if (/^--message=/.test(head)) {
      found.push({ word: words[at] });
    } else if (!/^(?:-[asq]+|--all|--signoff|--allow-empty)$/.test(whole)) {
      return [];
    }
  }
  return found;
}
