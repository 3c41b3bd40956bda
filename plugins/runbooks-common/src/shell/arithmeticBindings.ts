/** What an arithmetic text gives values to; `anything` where it is not read to its last character. */
export type ArithmeticBindings = { names: string[] } | 'anything';

const BLANK = /^\s+/;
const NUMBER = /^(?:0[xX][0-9a-fA-F]+|\d+(?:#\w+)?)/;
const STEP = /^(?:\+\+|--)/;
const COMPARES = /^(?:==|!=|<=|>=|&&|\|\||\*\*(?!=)|<<(?!=)|>>(?!=))/;
const ASSIGNS = /^(?:(?:<<|>>|[-+*/%&|^])?=)/;
const OPERATOR = /^[-+*/%<>!&|^~?:,()]/;
const NAME = /^[A-Za-z_]\w*/;
/** A subscript that gives nothing a value itself. */
const SUBSCRIPT = /^\[(?:\d+|\$?[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}|[@*])\]/;
/** What bash puts its value in the place of, before the text is read: the value must be a number. */
const EXPANDED =
  /^"?(?:\$\{#\w+(?:\[[@*]\])?\}|\$\{[A-Za-z_]\w*(?::?-\d*)?\}|\$\{[A-Za-z_]\w*\[(?:\d+|\$?[A-Za-z_]\w*)\]\}|\$[A-Za-z_]\w*|\$[#?$!])"?/;
const QUOTED_NUMBER = /^(?:"\d*"|'\d*')/;

/**
 * Reads an arithmetic text as a list of what may stand in it: numbers, operators, names, and variables whose value is put
 * in their place. Of such a text it is told which names it gives values to. Not read are quotes around more than one
 * variable or number, positional parameters, subscripts with more than one name in them: what bash makes of these is
 * another text than the one that stands there.
 *
 * That the values are numbers is for others to tell, see `hiddenEvaluation`; a value may be empty here, so that what
 * stands around it would come together.
 *
 * @param substitutionAt - The `$(...)` that a text begins with, whose output is put in its place.
 */
export function arithmeticBindings(
  text: string,
  substitutionAt: (text: string) => string | undefined,
): ArithmeticBindings {
  const names: string[] = [];
  let rest = text;
  /** The name that stands to the left; `operand` where a number or a value does. */
  let left: { name: string } | 'operand' | undefined;
  let isStepped = false;
  /** The operators, as they come together where all values are empty. */
  let joined = '';
  const take = (form: RegExp) => {
    const found = form.exec(rest)?.[0];
    if (found !== undefined) rest = rest.slice(found.length);
    return found;
  };
  const takeSubstitution = () => {
    const found = substitutionAt(rest);
    if (found !== undefined) rest = rest.slice(found.length);
    return found;
  };
  while (rest !== '') {
    if (take(BLANK) !== undefined) {
      joined += ' ';
    } else if ((take(NUMBER) ?? take(QUOTED_NUMBER)) !== undefined) {
      if (left !== undefined || isStepped) return 'anything';
      left = 'operand';
    } else if ((takeSubstitution() ?? take(EXPANDED)) !== undefined) {
      if (left !== undefined || isStepped) return 'anything';
      left = 'operand';
    } else if (take(STEP) !== undefined) {
      if (left === 'operand' || isStepped) return 'anything';
      if (left === undefined) isStepped = true;
      else names.push(left.name);
      joined += '0';
    } else if (take(COMPARES) !== undefined) {
      left = undefined;
      joined += '0';
    } else if (take(ASSIGNS) !== undefined) {
      if (left === undefined || left === 'operand') return 'anything';
      names.push(left.name);
      left = undefined;
      joined += '0';
    } else {
      const operator = take(OPERATOR);
      if (operator !== undefined) {
        if (operator !== ')') left = undefined;
        joined += operator;
        continue;
      }
      const name = take(NAME);
      if (name === undefined || left !== undefined) return 'anything';
      if (rest.startsWith('[') && take(SUBSCRIPT) === undefined)
        return 'anything';
      if (isStepped) names.push(name);
      isStepped = false;
      left = { name };
      joined += '0';
    }
  }
  return isStepped || /\+\+|--|[-+*/%&|^<>!]=/.test(joined)
    ? 'anything'
    : { names };
}
