/** `$NAME`, `${NAME...}`, `${#NAME}`, `${!NAME}`. */
const EXPANSION = /\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/g;
/** Changes a variable without a value of its own: what it changes is what came before. */
const KEEPS_VALUE =
  /(?:^|[\s;&|(])(?:export|unset|readonly|declare|typeset)\s([^;&|\n]*)/g;
const NAMES = /[A-Za-z_][A-Za-z0-9_]*/g;

/**
 * The names of variables that a shell text reads, wherever they stand: `$NAME` in single quotes counts too, because a
 * shell inside may read it. In the order of the text, each once.
 *
 * @public
 */
export function variablesRead(text: string): string[] {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(EXPANSION)) names.add(name);
  for (const expression of arithmeticIn(text)) {
    for (const [name] of expression.matchAll(NAMES)) names.add(name);
  }
  for (const [, words] of text.matchAll(KEEPS_VALUE)) {
    for (const word of words.split(/\s+/)) {
      if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(word)) names.add(word);
    }
  }
  return [...names];
}

/** What stands in `(( ))`, where bare names are read. */
function arithmeticIn(text: string): string[] {
  const found: string[] = [];
  let start = text.indexOf('((');
  while (start !== -1) {
    const end = text.indexOf('))', start + 2);
    if (end === -1) break;
    found.push(text.slice(start + 2, end));
    start = text.indexOf('((', end + 2);
  }
  return found;
}
