import type { Argument } from '../words';

/** Which options of a tool take a value; names without dashes, separated by spaces. */
export interface OptionSpec {
  values?: string;
  /** Long options begin with one dash (terraform, find, java). */
  singleDash?: boolean;
  /** The first operand ends the options (ssh, sudo, env, docker run). */
  stopsAtOperand?: boolean;
  /** Long options may be shortened (GNU getopt). */
  abbreviates?: boolean;
}

/** One option as it was given. */
export interface GivenOption {
  name: string;
  value?: Argument;
  /** The argument that holds the option itself. */
  argument: Argument;
}

/** The arguments of a command, sorted. */
export interface Options {
  given: GivenOption[];
  operands: Argument[];
  /** What stands after `--`; undefined where there is no `--`. */
  rest?: Argument[];
  /** Some argument may be anything, options included. */
  unclear: boolean;
  has(...names: string[]): boolean;
  /** The value of the last one given. */
  value(...names: string[]): Argument | undefined;
  all(...names: string[]): GivenOption[];
}

const cache = new Map<string, ReadonlySet<string>>();

/** Sorts arguments into options and operands, as pflag and getopt do. Never throws. */
export function parseOptions(
  args: readonly Argument[],
  spec: OptionSpec = {},
): Options {
  const takesValue = namesOf(spec.values ?? '');
  const isValued = (name: string) =>
    takesValue.has(name) ||
    (spec.abbreviates === true &&
      name.length > 2 &&
      [...takesValue].some(long => long.startsWith(name)));
  const given: GivenOption[] = [];
  const operands: Argument[] = [];
  let rest: Argument[] | undefined;
  let unclear = false;
  let index = 0;
  while (index < args.length) {
    const argument = args[index];
    index += 1;
    const { value } = argument;
    if (value === '--' && argument.certainty === 'exact') {
      rest = args.slice(index);
      break;
    }
    if (argument.certainty === 'words') unclear = true;
    const isOption =
      value.length > 1 &&
      value.startsWith('-') &&
      argument.certainty !== 'words';
    if (!isOption) {
      operands.push(argument);
      if (spec.stopsAtOperand) {
        for (const one of args.slice(index)) operands.push(one);
        unclear ||= args.slice(index).some(one => one.certainty === 'words');
        break;
      }
      continue;
    }
    const long = value.startsWith('--') || spec.singleDash === true;
    index = long
      ? takeLong(argument, args, index, isValued, given)
      : takeShort(argument, args, index, takesValue, given);
  }
  return {
    given,
    operands,
    rest,
    unclear,
    has: (...names) => given.some(option => matches(option, names, spec)),
    value: (...names) => {
      const found = given.filter(option => matches(option, names, spec));
      return found[found.length - 1]?.value;
    },
    all: (...names) => given.filter(option => matches(option, names, spec)),
  };
}

/** Whether an option is switched on: given, and not as `--option=false`. */
export function isOn(options: Options, ...names: string[]): boolean {
  const found = options.all(...names);
  const last = found[found.length - 1];
  return (
    last !== undefined &&
    (last.value?.certainty ?? 'exact') === 'exact' &&
    !/^(false|0|no|none|f|F|False|FALSE)$/.test(last.value?.value ?? '')
  );
}

/** Whether help is all that is asked for: of several, the last one counts, and its value may say no. */
export function asksForHelp(options: Options): boolean {
  const asked = options.given.filter(({ name }) => /^(?:h|help)$/.test(name));
  return (
    asked.length > 0 &&
    !options.unclear &&
    asked.every(
      ({ argument }) =>
        argument.certainty === 'exact' &&
        /^(?:-h|--help)$/.test(argument.value),
    )
  );
}

function namesOf(names: string): ReadonlySet<string> {
  let set = cache.get(names);
  if (!set) {
    set = new Set(names.split(/\s+/).filter(name => name !== ''));
    cache.set(names, set);
  }
  return set;
}

function matches(
  option: GivenOption,
  names: readonly string[],
  spec: OptionSpec,
): boolean {
  return names.some(
    name =>
      option.name === name ||
      (spec.abbreviates === true &&
        option.name.length > 1 &&
        name.length > option.name.length &&
        name.startsWith(option.name)),
  );
}

function takeLong(
  argument: Argument,
  args: readonly Argument[],
  next: number,
  takesValue: (name: string) => boolean,
  given: GivenOption[],
): number {
  const text = argument.value.replace(/^--?/, '');
  const equals = text.indexOf('=');
  if (equals >= 0) {
    given.push({
      name: text.slice(0, equals),
      value: textFrom(argument, argument.value.indexOf('=') + 1),
      argument,
    });
    return next;
  }
  if (takesValue(text) && next < args.length) {
    given.push({ name: text, value: args[next], argument });
    return next + 1;
  }
  given.push({ name: text, argument });
  return next;
}

/** The end of an argument: the value that is glued to an option. */
function textFrom(argument: Argument, from: number): Argument {
  return {
    ...argument,
    value: argument.value.slice(from),
    alternatives: argument.alternatives?.map(text => text.slice(from)),
    defaults: argument.defaults?.map(text => text.slice(from)),
  };
}

function takeShort(
  argument: Argument,
  args: readonly Argument[],
  next: number,
  takesValue: ReadonlySet<string>,
  given: GivenOption[],
): number {
  const letters = argument.value.slice(1);
  for (let at = 0; at < letters.length; at += 1) {
    const name = letters[at];
    // What an expansion becomes is no letter that is written.
    if (argument.certainty !== 'exact' && /[$`]/.test(name)) {
      given.push({ name: letters.slice(at), argument });
      return next;
    }
    if (!takesValue.has(name)) {
      if (letters[at + 1] === '=') {
        given.push({
          name,
          value: textFrom(argument, at + 3),
          argument,
        });
        return next;
      }
      given.push({ name, argument });
      continue;
    }
    const glued = letters.slice(at + 1).replace(/^=/, '');
    if (glued !== '') {
      given.push({
        name,
        value: textFrom(argument, argument.value.length - glued.length),
        argument,
      });
      return next;
    }
    given.push({ name, value: args[next], argument });
    return next + 1;
  }
  return next;
}
