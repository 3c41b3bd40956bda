import { hasBehind } from '../text';

const REPLACES = /\$\{[A-Za-z_@*0-9][\w[\]@*]*[/#%^,]/;
const COMMAND = /\$\(|`/;

/** Whether a text has `${NAME/$(command)/}`: the parser does not look for commands in there. */
export function hidesCommand(text: string): boolean {
  return hasBehind(text, REPLACES, COMMAND, /[}\n]/);
}
