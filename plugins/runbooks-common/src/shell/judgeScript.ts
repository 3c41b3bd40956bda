import { commandArguments } from './commandArguments';
import { outputOf, redirectedInput } from './commandInput';
import { type Definitions, definitionsOf } from './definitions';
import { endlessLoop } from './endlessLoop';
import { redirectedFiles, withFiles } from './redirectedFiles';
import type { VariableValues, WorkingFolder } from './leaves';
import { folderAfter } from './workingFolder';
import { interactiveByForm, isFed } from './effects/interactiveByForm';
import { judgeUnknownTool } from './effects/development/scriptNames';
import { ruleFor } from './effects/judgeTool';
import type { Call, Input, Scene } from './effects/scene';
import {
  adaptedTo,
  atLeast,
  combined,
  isLocal,
  isUnknown,
  isWorse,
  type Verdict,
} from './effects/verdict';
import { steersCommands } from './effects/wrappers/settings';
import { type Mask, unmask } from './masks';
import type { Interactive } from './model';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from './parse';
import type { Argument, Variables } from './words';
import { assignmentsOf, valuesOf } from './variables';

/** A simple command of a script with what it does. Offsets into the text of the script. */
export interface JudgedCommand {
  start: number;
  end: number;
  verdict: Verdict;
  tool?: string;
}

/** What a script does, command by command. */
export interface JudgedScript {
  commands: JudgedCommand[];
  /** Stretches that are interpreted again, with what does so. */
  nested: Array<{ start: number; end: number; because: string }>;
  /** Loops that never end. */
  interactive: Interactive[];
  /** Where it ends. */
  folder: WorkingFolder;
}

/** What a script is judged with. */
export interface JudgingContext {
  masks: readonly Mask[];
  values: ReadonlyMap<string, VariableValues>;
  /** Functions and aliases of earlier texts. */
  earlier?: Definitions;
  /** Where it begins. */
  folder?: WorkingFolder;
}

/** Text that is interpreted again this often is not looked into any more. */
const MAX_DEPTH = 8;
/** Longest text that is interpreted again. */
const MAX_NESTED_TEXT = 20_000;
/** `sudo env nice ...`: longer chains are not looked through. */
const MAX_WRAPPERS = 20;
/** How many commands one text may cost in all, nested ones included. */
const MAX_COMMANDS = 5_000;

class ScriptJudge {
  private readonly commands: JudgedCommand[] = [];
  private readonly nested: JudgedScript['nested'] = [];
  private readonly interactive: Interactive[] = [];
  private readonly functions: Map<string, ShellNode>;
  private readonly functionVerdicts = new Map<string, Verdict>();
  private readonly aliases: Map<string, string>;
  /** Functions of earlier texts, which a run of this text alone does not know. */
  private earlier: ReadonlySet<string>;
  /** Functions whose bodies are being judged: calls among them would never end. */
  private calling = new Set<string>();
  private readonly variables: Variables;
  private scene: Scene;
  private depthOfWalk = 0;

  constructor(
    private readonly script: ShellScript,
    private readonly context: JudgingContext,
    private readonly budget: { commands: number },
    depth: number,
    outer?: Scene,
  ) {
    this.folderDepth = context.folder?.depth ?? 0;
    this.variables = {
      values: context.values,
      masks: context.masks,
      base: depth === 0 ? 0 : undefined,
    };
    const { functions, aliases } = definitionsOf(script);
    const earlier = depth === 0 ? context.earlier : undefined;
    this.earlier = namesNotIn(earlier?.functions, functions);
    this.functions = new Map([...(earlier?.functions ?? []), ...functions]);
    this.aliases = new Map([...(earlier?.aliases ?? []), ...aliases]);
    this.scene = outer
      ? {
          ...outer,
          depth,
          judgeText: this.judgeText,
          judgeCommand: this.judgeCommand,
        }
      : {
          where: 'here',
          place: '',
          inWorkspace: context.folder?.inWorkspace ?? true,
          depth,
          show: text => unmask(text, context.masks),
          judgeText: this.judgeText,
          judgeCommand: this.judgeCommand,
          interpretsAgain: (argument, because) =>
            this.markNested(argument, because),
        };
  }

  run(input?: Input): JudgedScript {
    this.visit(this.script, input);
    this.commands.sort((a, b) => a.start - b.start);
    return {
      commands: this.commands,
      nested: this.nested,
      interactive: this.interactive,
      folder: { inWorkspace: this.scene.inWorkspace, depth: this.folderDepth },
    };
  }

  private markNested(argument: Argument | undefined, because: string): void {
    if (argument && argument.start >= 0) {
      this.nested.push({ start: argument.start, end: argument.end, because });
    }
  }

  private visit(node: ShellNode, input?: Input): void {
    if (this.depthOfWalk > 100) {
      this.add(node, isUnknown('is nested too deeply to be read'));
      return;
    }
    this.depthOfWalk += 1;
    this.visitNode(node, input);
    this.depthOfWalk -= 1;
  }

  private visitNode(node: ShellNode, input?: Input): void {
    switch (node.type) {
      case 'Command':
        this.visitCommand(node, input, false);
        return;
      case 'Pipeline':
        this.visitPipeline(node, input);
        return;
      case 'Redirected':
        this.visitRedirected(node, input);
        return;
      case 'ArithmeticExpansion':
      case 'ArithmeticCommand':
        // What looks like a command there is an error, or a subshell in a substitution.
        if (
          /[A-Za-z_]\w*\s+[A-Za-z_/-][A-Za-z]/.test(
            'text' in node ? node.text : node.body,
          )
        ) {
          this.add(node, isUnknown('arithmetic that is none'));
        }
        for (const child of childrenOf(node)) this.visit(child);
        return;
      case 'While':
        {
          const forever = endlessLoop(node);
          if (forever) this.interactive.push(forever);
        }
        for (const child of childrenOf(node)) this.visit(child, input);
        return;
      case 'Script':
      case 'Statement':
      case 'AndOr':
      case 'CompoundList':
      case 'Subshell':
      case 'BraceGroup':
      case 'If':
      case 'For':
      case 'Case':
      case 'CaseItem':
      case 'Elif': {
        const before = this.folderDepth;
        const { inWorkspace } = this.scene;
        for (const child of childrenOf(node)) this.visit(child, input);
        if (node.type === 'Subshell') {
          this.scene = { ...this.scene, inWorkspace };
          this.folderDepth = before;
        }
        return;
      }
      default:
        for (const child of childrenOf(node)) this.visit(child);
    }
  }

  private visitPipeline(
    node: Extract<ShellNode, { type: 'Pipeline' }>,
    outer?: Input,
  ): void {
    let input: Input | undefined = outer;
    node.commands.forEach((command, index) => {
      const piped = index < node.commands.length - 1;
      if (command.type === 'Command') this.visitCommand(command, input, piped);
      else this.visit(command, input);
      input = piped
        ? outputOf(command, input, this.variables, this.scene.show)
        : undefined;
    });
  }

  private visitRedirected(
    node: Extract<ShellNode, { type: 'Redirected' }>,
    outer?: Input,
  ): void {
    const input = redirectedInput(node.redirects, this.variables) ?? outer;
    this.visit(node.command, input);
    const verdicts = redirectedFiles(
      node.redirects,
      this.variables,
      this.scene,
    );
    const judged = combined(verdicts, '');
    if (verdicts.length > 0 && isWorse(judged.effect, 'local')) {
      const first = node.redirects[0];
      this.commands.push({
        start: first.pos,
        end: node.end,
        verdict: judged,
      });
    }
    for (const redirect of node.redirects)
      for (const child of childrenOf(redirect)) this.visit(child);
  }

  private visitCommand(
    node: SimpleCommand,
    input: Input | undefined,
    piped: boolean,
  ): void {
    const wholeInput = redirectedInput(node.redirects, this.variables) ?? input;
    const verdict = this.judgeSimple(node, wholeInput, piped);
    this.add(node, verdict);
    if (/^(cd|pushd)$/.test(node.name?.value ?? '')) this.follow(node);
    for (const child of childrenOf(node)) this.visit(child);
  }

  private judgeSimple(
    node: SimpleCommand,
    input: Input | undefined,
    piped: boolean,
  ): Verdict {
    const verdicts = redirectedFiles(
      node.redirects,
      this.variables,
      this.scene,
      printsNothing(node),
    );
    const steered = this.steeringAssignment(node);
    if (!node.name) {
      const names = node.prefix.flatMap(one =>
        one.type === 'Assignment' ? [one.name] : [],
      );
      const base = steered
        ? isUnknown(`sets ${steered}, which changes what later commands do`)
        : isLocal(
            names.length > 0
              ? `sets ${names.join(', ')}`
              : 'opens or empties files',
          );
      return combined([base, ...verdicts], '');
    }
    const args = commandArguments(node, this.variables);
    const at =
      this.variables.base === undefined
        ? undefined
        : { start: node.name.pos, end: node.end };
    const judged = this.judge(args, this.scene, input, piped, at);
    const all = withFiles(judged, verdicts);
    return steered
      ? atLeast(
          'unknown',
          all,
          `sets ${steered} for the command, which may make it another one`,
        )
      : all;
  }

  private steeringAssignment(node: SimpleCommand): string | undefined {
    for (const part of node.prefix) {
      if (part.type !== 'Assignment') continue;
      const value = part.value.type === 'Word' ? part.value.value : undefined;
      if (steersCommands(part.name, value)) return part.name;
    }
    return undefined;
  }

  /** Judges a command given as words; used by wrappers too. */
  private readonly judgeCommand = (
    args: readonly Argument[],
    scene: Scene,
    input?: Input,
    piped = false,
  ): Verdict => {
    if (this.wrappers >= MAX_WRAPPERS) {
      return isUnknown('is wrapped too often to be read');
    }
    this.wrappers += 1;
    const judged = this.judge(args, scene, input, piped, undefined, true);
    this.wrappers -= 1;
    return judged;
  };

  private wrappers = 0;

  private judge(
    args: readonly Argument[],
    scene: Scene,
    input: Input | undefined,
    piped: boolean,
    at?: Call['at'],
    wrapped = false,
  ): Verdict {
    this.budget.commands += 1;
    if (this.budget.commands > MAX_COMMANDS || scene.depth > MAX_DEPTH) {
      return isUnknown('is too long or nested too deeply to be read');
    }
    const [name, ...rest] = args;
    if (!name) return isLocal('is empty');
    const isOwn = /^\$\{?\w+_HOME\}?\//.test(name.value);
    if (name.certainty !== 'exact' && !(isOwn && ruleFor(name.value))) {
      return isUnknown(
        `which command ${scene.show(
          name.value,
        )} is cannot be told from the text`,
      );
    }
    const tool = name.value;
    const rule = ruleFor(tool);
    const defined =
      scene.where === 'here'
        ? this.definedVerdict(tool, rest, scene)
        : undefined;
    const isSure = !wrapped && !(rule && this.earlier.has(tool));
    if (defined && isSure) return { ...defined, tool };
    const own = rule
      ? rule(
          { tool: tool.replace(/^.*\//, ''), args: rest, input, piped, at },
          scene,
        )
      : judgeUnknownTool(tool, rest, scene);
    // A wrapper may or may not see a function of that name, so both count.
    const judged = defined ? combined([defined, own], '') : own;
    const interactive = judged.interactive ?? interactiveByForm(rest, !rule);
    const waits = interactive && !isFed(interactive, rest, input);
    return adaptedTo(scene, {
      ...judged,
      interactive: waits ? interactive : undefined,
      tool: judged.tool ?? tool,
    });
  }

  private definedVerdict(
    tool: string,
    args: readonly Argument[],
    scene: Scene,
  ): Verdict | undefined {
    const body = this.functions.get(tool);
    if (body) return this.functionVerdict(tool, body);
    const alias = this.aliases.get(tool);
    if (alias === undefined || scene.depth > 3) return undefined;
    const words = args
      .map(one => (one.certainty === 'exact' ? quoted(one.value) : one.value))
      .join(' ');
    this.aliases.delete(tool);
    const judged = this.judgeText(`${alias} ${words}`, scene);
    this.aliases.set(tool, alias);
    const rule = ruleFor(tool);
    return rule
      ? combined([judged, rule({ tool, args, piped: false }, scene)], '')
      : judged;
  }

  private functionVerdict(name: string, body: ShellNode): Verdict | undefined {
    const known = this.functionVerdicts.get(name);
    if (known) return known;
    if (this.calling.has(name))
      return ruleFor(name) ? undefined : isLocal(`calls ${name} again`);
    this.calling.add(name);
    const inner = new ScriptJudge(
      this.script,
      this.context,
      this.budget,
      this.scene.depth + 1,
      this.scene,
    );
    for (const [other, node] of this.functions)
      inner.functions.set(other, node);
    for (const [other, verdict] of this.functionVerdicts)
      inner.functionVerdicts.set(other, verdict);
    inner.calling = this.calling;
    inner.earlier = this.earlier;
    inner.visit(body);
    const judged = combined(
      inner.commands.map(one => one.verdict),
      `calls ${name}`,
    );
    const verdict = { ...judged, because: `calls ${name}: ${judged.because}` };
    this.calling.delete(name);
    this.functionVerdicts.set(name, verdict);
    return verdict;
  }

  /** Judges text that something interprets again. */
  private readonly judgeText = (
    text: string,
    scene: Scene,
    input?: Input,
  ): Verdict => {
    if (scene.depth >= MAX_DEPTH || text.length > MAX_NESTED_TEXT) {
      return isUnknown('is too long or nested too deeply to be read');
    }
    const { script, errors } = parseShell(text);
    const assigned = assignmentsOf(script);
    const values = new Map([...this.context.values, ...valuesOf(assigned)]);
    const inner = new ScriptJudge(
      script,
      { ...this.context, values },
      this.budget,
      scene.depth + 1,
      scene,
    );
    if (scene.where === 'here') {
      for (const [name, node] of this.functions)
        if (!inner.functions.has(name)) inner.functions.set(name, node);
      for (const [name, verdict] of this.functionVerdicts)
        inner.functionVerdicts.set(name, verdict);
    }
    inner.calling = this.calling;
    inner.earlier = this.earlier;
    const { commands, interactive } = inner.run(input);
    const judged = combined(
      commands.map(one => one.verdict),
      'does nothing',
    );
    const bare: Verdict = {
      ...judged,
      interactive: withoutEdits(judged.interactive ?? interactive[0]),
    };
    return errors.length > 0
      ? atLeast(
          'unknown',
          bare,
          `cannot be read as shell: ${errors[0].message}`,
        )
      : bare;
  };

  /** `cd` decides where relative paths lie from here on. */
  private follow(node: SimpleCommand): void {
    const { inWorkspace, depth } = folderAfter(
      { inWorkspace: this.scene.inWorkspace, depth: this.folderDepth },
      commandArguments(node, this.variables).slice(1),
      this.scene,
    );
    this.folderDepth = depth;
    this.scene = { ...this.scene, inWorkspace };
  }

  private folderDepth: number;

  private add(node: ShellNode, verdict: Verdict): void {
    this.commands.push({
      start: node.pos,
      end: node.end,
      verdict,
      tool: verdict.tool,
    });
  }
}

/** Judges every simple command of a script, those in loops, functions and substitutions included. */
export function judgeScript(
  script: ShellScript,
  context: JudgingContext,
): JudgedScript {
  const budget = { commands: 0 };
  const judge = new ScriptJudge(script, context, budget, 0);
  return judge.run();
}

function namesNotIn(
  some: ReadonlyMap<string, unknown> | undefined,
  others: ReadonlyMap<string, unknown>,
): Set<string> {
  return new Set([...(some?.keys() ?? [])].filter(name => !others.has(name)));
}

/** Edits of text that is interpreted again have no place in the document. */
function withoutEdits(
  interactive: Interactive | undefined,
): Interactive | undefined {
  if (!interactive?.remedy || interactive.remedy.edits.length === 0)
    return interactive;
  const { kind, because } = interactive;
  return interactive.remedy.boundedSeconds
    ? { kind, because, remedy: { ...interactive.remedy, edits: [] } }
    : { kind, because };
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** `> file`, `: > file`, `cat /dev/null > file`, `echo -n > file`. */
function printsNothing(node: SimpleCommand): boolean {
  const words = node.args.map(arg => (arg.type === 'Word' ? arg.value : '='));
  switch (node.name?.value) {
    case undefined:
    case ':':
    case 'true':
      return true;
    case 'cat':
      return words.length === 1 && words[0] === '/dev/null';
    case 'echo':
    case 'printf':
      return words.every(word => word === '' || word === '-n');
    default:
      return false;
  }
}
