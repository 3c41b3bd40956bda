import { boundByCall } from './boundByCall';
import type { CallableNames } from './callableNames';
import { judgeUnknownTool } from './effects/development/scriptNames';
import { interactiveByForm, isFed } from './effects/interactiveByForm';
import { ruleFor } from './effects/judgeTool';
import { mayTake } from './effects/wrappers/programSettings';
import type { Call, Input, Scene } from './effects/scene';
import {
  adaptedTo,
  atLeast,
  combined,
  isLocal,
  isUnknown,
  type Verdict,
} from './effects/verdict';
import { readsArguments } from './handedArguments';
import { MAX_NESTING, NESTED_TOO_DEEPLY } from './nesting';
import type { ShellNode } from './parse';
import { quoted } from './quoted';
import { steeringBecause } from './simpleCommand';
import type { Argument } from './words';

/** `sudo env nice ...`: longer chains are not looked through. */
const MAX_WRAPPERS = 20;
/** How many commands one text may cost in all, nested ones included. */
const MAX_COMMANDS = 5_000;
/**
 * What may be judged again because something runs it in its turn: characters of nested texts and of bodies of
 * functions, words of commands, and variables that are handed on.
 */
const MAX_AGAIN = 1_000_000;

/** Clients of the cluster that a step finds behind a program of ours, which is found by their names. */
const CLIENT_BY_PATH = /\/(?:kubectl|oc|k|kubecolor|helm)$/;

/** Why a text is unknown that costs more than may be judged again. */
export const RUNS_TOO_MUCH = 'runs too much text again to be judged';

/** What judging a text has cost so far; shared by all that is interpreted again in it. */
export interface JudgingBudget {
  commands: number;
  /** See `MAX_AGAIN`. */
  again: number;
  /** Scripts of the workspace that are being judged, outermost first. */
  scripts: string[];
  /** Variables that programs see, by what the texts around them export. */
  exported: Set<string>;
  /** Is told of every call. */
  onCall?(call: SeenCall): void;
}

/** One call as it was judged: the words that it would be started with, and where. */
export interface SeenCall {
  /** Its name and its arguments; `tool` is what it turned out to be. */
  args: readonly Argument[];
  where: 'here' | 'there';
  /** Where relative paths may begin, from the root of the workspace; undefined where it cannot be told. */
  folders?: readonly string[];
  input?: Input;
  verdict: Verdict;
  /** It is a function or an alias of the script. */
  defined: boolean;
  /** Scripts of the workspace around it, outermost first. */
  inScripts: readonly string[];
}

/** Judges what is called by walking it: text that is interpreted again, and bodies of functions. */
export interface BodyJudge {
  judgeText: Scene['judgeText'];
  judgeBody(name: string, body: ShellNode, args: readonly Argument[]): Verdict;
}

/**
 * Judges single calls: a function or an alias of the script, a tool with a rule, or a tool that nobody knows.
 *
 * Knows nothing about where in a script a call stands; what a call runs in its turn is walked by `bodies`. Chains of
 * wrappers, depth and number of calls are bounded; what is beyond the bounds is unknown.
 */
export class CallJudge {
  private wrappers = 0;

  constructor(
    private readonly names: CallableNames,
    private readonly budget: JudgingBudget,
    private readonly bodies: BodyJudge,
  ) {}

  /** Judges a command that a wrapper starts. */
  judgeWrapped(
    args: readonly Argument[],
    scene: Scene,
    input: Input | undefined,
    piped: boolean,
  ): Verdict {
    if (this.wrappers >= MAX_WRAPPERS) {
      return isUnknown('is wrapped too often to be read');
    }
    this.wrappers += 1;
    const judged = this.judge(args, scene, { input, piped }, true);
    this.wrappers -= 1;
    return judged;
  }

  /** Judges a command given as words, the first of which is its name. */
  judge(
    args: readonly Argument[],
    scene: Scene,
    around: Pick<Call, 'input' | 'piped' | 'at'>,
    wrapped = false,
  ): Verdict {
    const verdict = this.verdictOf(args, scene, around, wrapped);
    this.budget.onCall?.({
      args,
      where: scene.where,
      folders: scene.folders,
      input: around.input,
      verdict,
      defined:
        scene.where === 'here' &&
        (this.names.functions.has(args[0]?.value) ||
          this.names.aliases.has(args[0]?.value)),
      inScripts: [...this.budget.scripts],
    });
    return verdict;
  }

  private verdictOf(
    args: readonly Argument[],
    scene: Scene,
    around: Pick<Call, 'input' | 'piped' | 'at'>,
    wrapped: boolean,
  ): Verdict {
    this.budget.commands += 1;
    if (scene.depth > MAX_NESTING) return isUnknown(NESTED_TOO_DEEPLY);
    if (this.budget.commands > MAX_COMMANDS)
      return isUnknown(`runs more than ${MAX_COMMANDS} commands`);
    if (!mayJudgeAgain(this.budget, wrapped ? args.length : 0))
      return isUnknown(RUNS_TOO_MUCH);
    const [name, ...rest] = args;
    if (!name) return isLocal('is empty');
    if (!isNamed(name)) {
      return isUnknown(
        `which command ${scene.show(
          name.value,
        )} is cannot be told from the text`,
      );
    }
    const tool = name.value;
    const rule = name.fromRoot === undefined ? ruleFor(tool) : undefined;
    const defined =
      scene.where === 'here'
        ? this.definedVerdict(tool, rest, scene)
        : undefined;
    // The function may be defined after the call, or be gone again.
    const isSure = !wrapped && !rule;
    if (defined && isSure) return { ...defined, tool };
    const script = rule ? undefined : this.scriptVerdict(name, rest, scene);
    const own =
      script ??
      this.withSettings(tool, rest, scene, () =>
        rule
          ? rule(
              { ...around, tool: tool.replace(/^.*\//, ''), args: rest },
              scene,
            )
          : judgeUnknownTool(tool, rest, scene),
      );
    // A wrapper may or may not see a function of that name, so both count.
    const judged = defined ? combined([defined, own], '') : own;
    const steered = tool.includes('/')
      ? undefined
      : steeringBecause(boundByCall(tool, rest));
    const interactive = judged.interactive ?? interactiveByForm(rest, !rule);
    const waits = interactive && !isFed(interactive, rest, around.input);
    return adaptedTo(scene, {
      ...(steered ? atLeast('unknown', judged, steered) : judged),
      interactive: waits ? interactive : undefined,
      tool: judged.tool ?? tool,
    });
  }

  /** The verdict of a program: unknown where it may take a variable that it sees as a setting. */
  private withSettings(
    tool: string,
    args: readonly Argument[],
    scene: Scene,
    judgeTool: () => Verdict,
  ): Verdict {
    if (scene.where === 'there') return judgeTool();
    const given = /^(?:.*\/)?(?:env|sudo|doas)$/.test(tool)
      ? args.flatMap(({ value }) => /^([A-Za-z_]\w*)=/.exec(value)?.[1] ?? [])
      : [];
    const judged = withExported(this.budget, given, judgeTool);
    if (CLIENT_BY_PATH.test(tool))
      return atLeast(
        'unknown',
        judged,
        `starts ${scene.show(
          tool,
        )} by its path, past what gives it the settings of the step and no others`,
      );
    const taken = [...this.budget.exported].find(name => mayTake(tool, name));
    return taken === undefined
      ? judged
      : atLeast(
          'unknown',
          judged,
          `gives ${scene.show(
            tool,
          )} the variable ${taken}, which it may take as a setting`,
        );
  }

  /** A script of the workspace that is started by its path. */
  private scriptVerdict(
    name: Argument,
    args: readonly Argument[],
    scene: Scene,
  ): Verdict | undefined {
    return name.value.includes('/')
      ? scene.judgeFile?.(name, args, scene, 'own')
      : undefined;
  }

  private definedVerdict(
    tool: string,
    args: readonly Argument[],
    scene: Scene,
  ): Verdict | undefined {
    const body = this.names.functions.get(tool);
    if (body) return this.functionVerdict(tool, body, args);
    const { aliases } = this.names;
    const alias = aliases.get(tool);
    if (alias === undefined || scene.depth > 3) return undefined;
    const words = args
      .map(one => (one.certainty === 'exact' ? quoted(one.value) : one.value))
      .join(' ');
    aliases.delete(tool);
    const judged = this.bodies.judgeText(`${alias} ${words}`, scene);
    aliases.set(tool, alias);
    const rule = ruleFor(tool);
    return rule
      ? combined([judged, rule({ tool, args, piped: false }, scene)], '')
      : judged;
  }

  private functionVerdict(
    name: string,
    body: ShellNode,
    args: readonly Argument[],
  ): Verdict | undefined {
    const { verdicts, calling } = this.names;
    const known = verdicts.get(name);
    if (known) return known;
    const depends = readsArguments(body);
    if (calling.has(name)) {
      if (ruleFor(name)) return undefined;
      return depends
        ? isUnknown(`calls ${name} again, with other arguments`)
        : isLocal(`calls ${name} again`);
    }
    calling.add(name);
    const judged = this.bodies.judgeBody(name, body, args);
    const verdict = { ...judged, because: `calls ${name}: ${judged.because}` };
    calling.delete(name);
    if (!depends) verdicts.set(name, verdict);
    return verdict;
  }
}

/** Judges while programs see these variables too. */
export function withExported(
  { exported }: JudgingBudget,
  names: readonly string[],
  judge: () => Verdict,
): Verdict {
  const added = names.filter(name => !exported.has(name));
  added.forEach(name => exported.add(name));
  const judged = judge();
  added.forEach(name => exported.delete(name));
  return judged;
}

/** Counts what is judged again; false where it is too much. */
export function mayJudgeAgain(budget: JudgingBudget, size: number): boolean {
  budget.again += size;
  return budget.again <= MAX_AGAIN;
}

/** Whether it can be told what is called: by its name, or by where a tool is installed (`$JAVA_HOME/bin/java`). */
function isNamed(name: Argument): boolean {
  if (name.certainty === 'exact' || name.fromRoot !== undefined) return true;
  return (
    /^\$\{?\w+_HOME\}?\//.test(name.value) && ruleFor(name.value) !== undefined
  );
}
