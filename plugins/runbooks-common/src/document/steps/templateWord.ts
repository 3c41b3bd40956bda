import type { ShellCommand } from '../../shell';

//   kubectl get pods -l key=value,otherkey=othervalue
//                       ^
const PAIR =
  '(?:other|another|some|my|your|new)?[-_]?(?:key|name|label|annotation|variable|var)[-_]?\\d?' +
  '=(?:other|another|some|my|your|new)?[-_]?(?:value|val)[-_]?\\d?';
const TEMPLATE = new RegExp(
  `^(?:-[A-Za-z]|--[a-z-]{1,40}=)?(${PAIR}(?:,${PAIR}){0,9})$`,
  'i',
);
/** What they are given is printed, looked for, or sent as the fields of a form, so it may be any word. */
const TAKES_ANY_WORD =
  /^(?:echo|printf|logger|[efz]?grep|rg|ag|sed|g?awk|jq|yq|curl|wget)$/;

/**
 * The argument of a command that only shows how it is written: nobody means the words `key` and `value`. How many
 * pairs belong there, and that their names are to be replaced too, no single value could say. So is
 * `helm --set name=value`: who means a value of that name gives it another text.
 */
export function templateWordIn(
  commands: readonly ShellCommand[],
): string | undefined {
  for (const { text, tool } of commands) {
    if (tool === undefined || TAKES_ANY_WORD.test(tool)) continue;
    for (const word of wordsOf(text).slice(1)) {
      const pairs = TEMPLATE.exec(unquoted(word))?.[1];
      if (pairs !== undefined) return pairs;
    }
  }
  return undefined;
}

/** As bash divides a text: not at the blanks of what is quoted. */
function wordsOf(text: string): readonly string[] {
  return (
    text.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\]|["'\\])+/gs) ?? []
  );
}

function unquoted(word: string): string {
  return word.replace(/["']/g, '');
}
