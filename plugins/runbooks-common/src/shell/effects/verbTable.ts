import type { Effect } from '../../effect';
import type { Interactive } from '../model';
import {
  asks,
  endless,
  needsEditor,
  needsTerminal,
  servesForever,
} from './interactive';
import { inWords } from './inWords';
import {
  asksForHelp,
  isOn,
  type Options,
  type OptionSpec,
  parseOptions,
} from './options';
import type { Call, Scene, ToolRule } from './scene';
import { isLocal, isUnknown, reads, type Verdict, verdict } from './verdict';

interface VerbRule {
  effect: Effect;
  changesFiles: boolean;
  secrets: boolean;
  unknownWrites: boolean;
  because: string;
  interactive?: Interactive;
}

/** How the table of a tool is read. */
export interface VerbToolOptions extends OptionSpec {
  /** Options without a value that may stand before the verb. Any other there could hide the verb as its value. */
  flags?: string;
  /** Options that make any verb a rehearsal. */
  rehearsal?: string[];
  /** The tool without a verb only prints its help. */
  bare?: Verdict;
  /** Its changes may reach the cluster in ways that the text does not tell. */
  unknownWrites?: boolean;
  /** Options that answer its questions beforehand: with one of them it does not ask. */
  confirmedBy?: string[];
  /** Judges what is not in the table; without it that is unknown. */
  otherwise?(options: Options, call: Call, scene: Scene): Verdict;
  /** Looks at a call before the table does. */
  before?(options: Options, call: Call, scene: Scene): Verdict | undefined;
  /** May correct what the table says. */
  after?(
    judged: Verdict,
    options: Options,
    call: Call,
    scene: Scene,
    verb: string,
  ): Verdict;
}

/**
 * A rule made of a table, one line for each group of verbs: `effect | verbs | because`.
 *
 * Verbs of several words match the leading operands, the longest first. `{names}` in the reason stands for the
 * operands after the verb, `{names|all}` for "all" where there are none. A verb that ends in `:*` stands for all that begin so. What is not in the table is unknown.
 *
 * `files` as the effect changes files where it runs. Marks may follow the effect: `secrets` (prints secret values),
 * `cluster` (its writes cannot be told from the text), `asks` (asks before it goes on), `terminal`, `editor`,
 * `endless` (goes on until it is stopped) and `serves` (the same, of use only to who started it).
 */
export function verbTool(
  tool: string,
  options: VerbToolOptions,
  table: string,
): ToolRule {
  const rules = readTable(tool, table);
  const longest = Math.max(
    ...[...rules.keys()].map(verb => verb.split(' ').length),
  );
  return (call, scene) => {
    const given = parseOptions(call.args, options);
    if (isOn(given, 'help') && asksForHelp(given))
      return isLocal(`shows the help of ${tool}`);
    const early = options.before?.(given, call, scene);
    if (early) return early;
    if (given.operands.length === 0 && !given.unclear) {
      if (given.has('version', 'v', 'V'))
        return isLocal(`shows the version of ${tool}`);
      if (options.bare) return options.bare;
      return call.args.length === 0 || isOn(given, 'h', '?')
        ? isLocal(`shows the help of ${tool}`)
        : isUnknown(`what ${tool} does without a verb is not known`);
    }
    if (mayHideVerb(given, call, options)) {
      return isUnknown(
        `which argument of ${tool} says what to do is not known from the text`,
      );
    }
    const found = findVerb(rules, longest, given);
    if (!found && options.otherwise)
      return options.otherwise(given, call, scene);
    if (!found) {
      const verb = given.operands[0];
      return isUnknown(
        verb?.certainty === 'exact'
          ? `what ${tool} ${scene.show(verb.value)} does is not known`
          : `what ${tool} is told to do is not known from the text`,
      );
    }
    const names = given.operands
      .slice(found.length)
      .map(one => scene.show(one.value))
      .join(' ');
    const listed = toVerdict(
      found.rule,
      found.verb,
      names,
      options,
      isConfirmed(given, call, options),
    );
    const outside =
      listed.changesFiles &&
      listed.effect === 'local' &&
      scene.where === 'here' &&
      !scene.inWorkspace &&
      tool !== 'git';
    const judged: Verdict = outside
      ? {
          ...listed,
          effect: 'unknown',
          because: `${listed.because}, outside of the run`,
        }
      : listed;
    const final =
      options.after?.(judged, given, call, scene, found.verb) ?? judged;
    const rehearses =
      options.rehearsal?.some(name => isOn(given, name)) ?? false;
    return rehearses && !given.unclear && final.effect !== 'unknown'
      ? reads(`only rehearses: ${final.because}`)
      : final;
  };
}

const COMMON_FLAGS =
  'debug verbose v q quiet no-color insecure D V vv vvv y yes';

/** Whether an option that we do not know stands right before the verb, which may then be its value. */
function mayHideVerb(
  given: Options,
  call: Call,
  options: VerbToolOptions,
): boolean {
  const verb = given.operands[0];
  const at = call.args.indexOf(verb);
  const before = at > 0 ? call.args[at - 1] : undefined;
  if (!before || !before.value.startsWith('-') || before.value.includes('='))
    return false;
  const option = given.given.find(one => one.argument === before);
  if (!option || option.value) return false;
  return !` ${COMMON_FLAGS} ${options.flags ?? ''} `.includes(
    ` ${option.name} `,
  );
}

function isConfirmed(
  given: Options,
  call: Call,
  { confirmedBy = [] }: VerbToolOptions,
): boolean {
  return (
    call.input !== undefined || confirmedBy.some(name => isOn(given, name))
  );
}

function toVerdict(
  rule: VerbRule,
  verb: string,
  names: string,
  options: VerbToolOptions,
  confirmed: boolean,
): Verdict {
  const interactive =
    confirmed && rule.interactive?.kind === 'prompt'
      ? undefined
      : rule.interactive;
  const because = rule.because
    .replace(': {names}', names === '' ? '' : ': {names}')
    .replace(
      /\{names(?:\|([^{}]*))?\}/,
      (_whole, none: string | undefined) => names || none || 'what it is given',
    )
    .replace('{verb}', verb)
    .replace('{does}', inWords(verb))
    .trim();
  const harmless = rule.effect === 'read' || rule.effect === 'local';
  return verdict(rule.effect, because, {
    writes:
      !harmless &&
      (rule.effect === 'unknown' || options.unknownWrites || rule.unknownWrites)
        ? undefined
        : [],
    secrets: rule.secrets || undefined,
    changesFiles: rule.changesFiles || undefined,
    ...(interactive ? { interactive } : {}),
  });
}

function findVerb(
  rules: ReadonlyMap<string, VerbRule>,
  longest: number,
  given: Options,
): { rule: VerbRule; length: number; verb: string } | undefined {
  for (
    let length = Math.min(longest, given.operands.length);
    length > 0;
    length -= 1
  ) {
    const words = given.operands.slice(0, length);
    if (words.some(word => word.certainty !== 'exact')) continue;
    const verb = words.map(word => word.value).join(' ');
    const rule = rules.get(verb) ?? rules.get(verb.replace(/:[^:]*$/, ':*'));
    if (rule) return { rule, length, verb };
  }
  const any = rules.get('*');
  return any && given.operands[0]?.certainty === 'exact'
    ? { rule: any, length: 0, verb: '*' }
    : undefined;
}

function readTable(tool: string, table: string): Map<string, VerbRule> {
  const rules = new Map<string, VerbRule>();
  for (const line of table.split('\n')) {
    const [kind, verbs, because] = line.split(' | ').map(cell => cell.trim());
    if (!because) continue;
    const [effect, ...marks] = kind.split(' ');
    for (const verb of verbs.split(',')) {
      rules.set(verb.trim(), {
        effect: effect === 'files' ? 'local' : (effect as Effect),
        changesFiles: effect === 'files' || marks.includes('files'),
        secrets: marks.includes('secrets'),
        unknownWrites: marks.includes('cluster'),
        because: because.replace('{tool}', tool),
        interactive: interactiveOf(marks, `${tool} ${verb.trim()}`),
      });
    }
  }
  return rules;
}

function interactiveOf(
  marks: readonly string[],
  command: string,
): Interactive | undefined {
  for (const mark of marks) {
    switch (mark) {
      case 'asks':
        return asks(`\`${command}\` asks before it goes on`);
      case 'terminal':
        return needsTerminal(`\`${command}\` waits for what a person types`);
      case 'editor':
        return needsEditor(`\`${command}\` opens an editor`);
      case 'endless':
        return endless(`\`${command}\` goes on until it is stopped`);
      case 'serves':
        return servesForever(`\`${command}\` serves until it is stopped`);
      default:
    }
  }
  return undefined;
}
