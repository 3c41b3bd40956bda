import { trimmedEnd } from '../../text/trimmed';

/** A title stands on one line. */
export const LONGEST_TITLE = 90;

/** A title of one line: without marks and closing signs, its first sentence, cut at a word. */
export function shortTitle(text: string): string {
  const begun = text.replace(/\s+/g, ' ').replace(/^[\s\-–—*•>:.]+/, '');
  const bare = trimmedEnd(begun, /[\s:：;,]/)
    .replace(/\.$/, '')
    .trim();
  if (bare.length <= LONGEST_TITLE) return bare;
  const sentence = /^.{8,90}?[.!?](?=\s\p{Lu})/u.exec(bare);
  if (sentence) return sentence[0].replace(/\.$/, '');
  const cut = bare.slice(0, LONGEST_TITLE - 1);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > 40 ? word : cut.length)}…`;
}

const ASSIGNMENT = /^(?:export\s+)?[A-Za-z_]\w*=(?!\$\()[^\s#]*\s*(?:#.*)?$/;

/** Commands as a title: the first that does more than set a variable, its first line, without continuation. */
export function titleOfCommand(text: string): string {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const telling = lines.find(line => !ASSIGNMENT.test(line)) ?? lines[0];
  const command = withoutRemark(
    withoutContinuation(telling ?? text).replace(/^\$\s+/, ''),
  );
  return command.length > LONGEST_TITLE
    ? `${command.slice(0, LONGEST_TITLE - 1)}…`
    : command;
}

function withoutContinuation(command: string): string {
  return command.endsWith('\\') ? command.slice(0, -1).trimEnd() : command;
}

/** "make check" of "make check   # what it is for". */
function withoutRemark(command: string): string {
  const remark = /\s#\s/g;
  // A remark ends with its line, and only the last line is asked for one.
  remark.lastIndex = Math.max(command.lastIndexOf('\n') - 2, 0);
  const found = remark.exec(command);
  return found ? command.slice(0, found.index).trimEnd() : command;
}
