import { type Binder, BINDERS, isDeclaring } from './bashTable';
import type { Bound, BoundName } from './boundNames';
import { namesIn } from './variables';
import type { Argument } from './words';

/** A word of a call, as far as it matters here. */
export type CallWord = Pick<Argument, 'value' | 'certainty'>;

const NAME = /^[A-Za-z_]\w*(?:\[[^]*\])?$/;
/** `name=`, `name+=`, `name[x]=`. */
const GIVEN = /^([A-Za-z_]\w*)(?:\[[^=]*\])?\+?=([^]*)$/;

/** The variables that a call of a builtin of bash binds, by its words. */
export function boundByCall(tool: string, args: readonly CallWord[]): Bound {
  switch (tool) {
    case 'read':
    case 'mapfile':
    case 'readarray':
    case 'wait':
      return byTable(BINDERS[tool], args);
    case 'printf':
      return byPrintf(args);
    case 'getopts':
      return args.slice(0, 2).some(one => one.certainty === 'words')
        ? 'anything'
        : named(args.slice(1, 2), BINDERS.getopts.otherwise);
    case 'unset':
      return byUnset(args);
    case 'let':
      return args.flatMap(({ value }) =>
        [...namesIn(value)].map(name => ({ name, how: 'taken' as const })),
      );
    case 'compgen':
      return args.some(({ value }) => /^-\w*V/.test(value)) ? 'anything' : [];
    default:
      return isDeclaring(tool) ? byDeclaring(tool, args) : [];
  }
}

/** What the words of a call name, where the table alone tells. */
function byTable(
  { options: known, option, operands, otherwise = [] }: Binder,
  args: readonly CallWord[],
): Bound {
  const { options, rest } = optionsOf(args, known);
  return named(
    [
      ...(option === undefined ? [] : valuesOf(options, option)),
      ...(operands === 'all' ? rest : []),
    ],
    otherwise,
  );
}

interface Parsed {
  options: Array<{ letter: string; value?: CallWord }>;
  rest: readonly CallWord[];
}

/** Options and the words behind them. A word that may be several, or an option, ends what can be told. */
function optionsOf(args: readonly CallWord[], known: string): Parsed {
  const options: Parsed['options'] = [];
  let at = 0;
  for (; at < args.length; at += 1) {
    const { value, certainty } = args[at];
    if (certainty !== 'exact' || !/^-./.test(value)) break;
    if (value === '--') {
      at += 1;
      break;
    }
    for (let index = 1; index < value.length; index += 1) {
      const letter = value[index];
      if (!known.includes(`${letter}:`)) {
        options.push({ letter });
        continue;
      }
      const glued = value.slice(index + 1);
      if (glued === '') at += 1;
      options.push({
        letter,
        value: glued === '' ? args[at] : { value: glued, certainty: 'exact' },
      });
      break;
    }
  }
  const isOpen = options.some(one => one.value?.certainty === 'words');
  const rest = args.slice(at);
  return {
    options,
    rest: isOpen ? [{ value: '', certainty: 'words' }, ...rest] : rest,
  };
}

function valuesOf(options: Parsed['options'], letter: string): CallWord[] {
  return options.flatMap(one =>
    one.letter === letter && one.value ? [one.value] : [],
  );
}

/** The variables that words name; others where there are none. */
function named(words: readonly CallWord[], others: readonly string[]): Bound {
  const names = words.map(nameIn);
  if (names.includes(undefined)) return 'anything';
  return [...(names.length > 0 ? [] : others), ...names].map(name => ({
    name: name!,
    how: 'taken' as const,
  }));
}

function nameIn({ value, certainty }: CallWord): string | undefined {
  return certainty === 'exact' && NAME.test(value) ? bare(value) : undefined;
}

//   printf -v NAME ...     printf 'text%n' NAME
function byPrintf(args: readonly CallWord[]): Bound {
  const { options, rest } = optionsOf(args, BINDERS.printf.options);
  const [format, ...values] = rest;
  const bound = named(valuesOf(options, 'v'), []);
  if (bound === 'anything' || !format) return bound;
  if (format.certainty === 'words') return 'anything';
  if (format.certainty === 'exact') {
    const counts = /%[^%A-Za-z(]*[hjlLtz]*n/.test(
      format.value.replace(/%%/g, ''),
    );
    if (!counts) return bound;
    return values.some(one => one.certainty !== 'exact')
      ? 'anything'
      : [...bound, ...takenAmong(values)];
  }
  return [...bound, ...takenAmong(values)];
}

function takenAmong(words: readonly CallWord[]): BoundName[] {
  return words.flatMap(word => {
    const name = nameIn(word);
    return name === undefined ? [] : { name, how: 'taken' as const };
  });
}

function byUnset(args: readonly CallWord[]): Bound {
  const { options, rest } = optionsOf(args, BINDERS.unset.options);
  if (options.some(one => one.letter === 'f')) return [];
  const bound = named(rest, []);
  return bound === 'anything'
    ? bound
    : bound.map(({ name }) => ({ name, how: 'unset' }));
}

/** `export`, `declare` and their like. */
function byDeclaring(tool: string, args: readonly CallWord[]): Bound {
  const letters = args
    .flatMap(({ value }) => (/^[-+][A-Za-z]/.test(value) ? value.slice(1) : []))
    .join('');
  // They print, or concern functions.
  if (/^[pfF]+$/.test(letters)) return [];
  // Another name for a variable may come to mean any other.
  if (/^(?:declare|typeset|local)$/.test(tool) && letters.includes('n'))
    return 'anything';
  const names: BoundName[] = [];
  for (const { value, certainty } of args) {
    const given = GIVEN.exec(value);
    if (given) names.push({ name: given[1], how: 'assigned', value: given[2] });
    else if (certainty !== 'exact') return 'anything';
    else if (NAME.test(value))
      names.push(
        ...withoutValue(tool, letters).map(how => ({ name: bare(value), how })),
      );
  }
  return names;
}

/** What becomes of a variable that is named and given nothing. In a function `local` and `declare` make an empty one. */
function withoutValue(tool: string, letters: string): BoundName['how'][] {
  if (tool === 'readonly') return [];
  if (tool === 'export') return [letters.includes('n') ? 'unset' : 'declared'];
  return letters.includes('x') ? ['unset', 'declared'] : ['unset'];
}

/** Without a subscript. */
function bare(name: string): string {
  return name.split('[')[0];
}
