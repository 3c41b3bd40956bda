import {
  type CallableNames,
  namesInBody,
  namesInText,
  namesOf,
} from './callableNames';
import { commandArguments } from './commandArguments';
import { outputOf, redirectedInput } from './commandInput';
import type { Definitions } from './definitions';
import { endlessLoop } from './endlessLoop';
import { redirectedFiles, withFiles } from './redirectedFiles';
import type { VariableValues, WorkingFolder } from './leaves';
import { folderAfter } from './workingFolder';
import type { Input, Scene } from './effects/scene';
import {
  atLeast,
  combined,
  isUnknown,
  isWorse,
  type Verdict,
} from './effects/verdict';
import { type Mask, unmask } from './masks';
import { CallJudge, type JudgingBudget, MAX_DEPTH } from './judgeCall';
import type { Interactive } from './model';
import {
  childrenOf,
  parseShell,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from './parse';
import {
  judgeNameless,
  printsNothing,
  steeringVariable,
} from './simpleCommand';
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

/** Longest text that is interpreted again. */
const MAX_NESTED_TEXT = 20_000;
/**
 * Walks a script and judges each of its commands where it stands: with what it is fed, the folder it runs in and the
 * variables around it. What calls do is asked of a `CallJudge`.
 */
class ScriptJudge {
  private readonly commands: JudgedCommand[] = [];
  private readonly nested: JudgedScript['nested'] = [];
  private readonly interactive: Interactive[] = [];
  private readonly calls: CallJudge;
  private readonly variables: Variables;
  private scene: Scene;
  private folderDepth: number;
  private depthOfWalk = 0;

  constructor(
    private readonly script: ShellScript,
    private readonly context: JudgingContext,
    private readonly budget: JudgingBudget,
    private readonly names: CallableNames,
    depth: number,
    outer?: Scene,
  ) {
    this.folderDepth = context.folder?.depth ?? 0;
    this.variables = {
      values: context.values,
      masks: context.masks,
      base: depth === 0 ? 0 : undefined,
    };
    this.calls = new CallJudge(names, budget, this);
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
        this.visitArithmetic(node);
        return;
      case 'While':
        this.visitWhile(node, input);
        return;
      case 'Subshell':
        this.visitSubshell(node, input);
        return;
      case 'Script':
      case 'Statement':
      case 'AndOr':
      case 'CompoundList':
      case 'BraceGroup':
      case 'If':
      case 'For':
      case 'Case':
      case 'CaseItem':
      case 'Elif':
        this.visitChildren(node, input);
        return;
      default:
        this.visitChildren(node);
    }
  }

  private visitChildren(node: ShellNode, input?: Input): void {
    for (const child of childrenOf(node)) this.visit(child, input);
  }

  /** What looks like a command there is an error, or a subshell in a substitution. */
  private visitArithmetic(
    node: Extract<
      ShellNode,
      { type: 'ArithmeticExpansion' | 'ArithmeticCommand' }
    >,
  ): void {
    const text = 'text' in node ? node.text : node.body;
    if (/[A-Za-z_]\w*\s+[A-Za-z_/-][A-Za-z]/.test(text)) {
      this.add(node, isUnknown('arithmetic that is none'));
    }
    this.visitChildren(node);
  }

  private visitWhile(
    node: Extract<ShellNode, { type: 'While' }>,
    input?: Input,
  ): void {
    const forever = endlessLoop(node);
    if (forever) this.interactive.push(forever);
    this.visitChildren(node, input);
  }

  /** What a subshell does to the folder ends with it. */
  private visitSubshell(node: ShellNode, input?: Input): void {
    const before = this.folderDepth;
    const { inWorkspace } = this.scene;
    this.visitChildren(node, input);
    this.scene = { ...this.scene, inWorkspace };
    this.folderDepth = before;
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
    for (const redirect of node.redirects) this.visitChildren(redirect);
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
    this.visitChildren(node);
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
    const steered = steeringVariable(node);
    if (!node.name) {
      return combined([judgeNameless(node, steered), ...verdicts], '');
    }
    const args = commandArguments(node, this.variables);
    const at =
      this.variables.base === undefined
        ? undefined
        : { start: node.name.pos, end: node.end };
    const judged = this.calls.judge(args, this.scene, { input, piped, at });
    const all = withFiles(judged, verdicts);
    return steered
      ? atLeast(
          'unknown',
          all,
          `sets ${steered} for the command, which may make it another one`,
        )
      : all;
  }

  private readonly judgeCommand: Scene['judgeCommand'] = (
    args,
    scene,
    input,
    piped = false,
  ) => this.calls.judgeWrapped(args, scene, input, piped);

  /** Judges the body of a function where it is called. */
  judgeBody(name: string, body: ShellNode): Verdict {
    const inner = new ScriptJudge(
      this.script,
      this.context,
      this.budget,
      namesInBody(this.script, this.names),
      this.scene.depth + 1,
      this.scene,
    );
    inner.visit(body);
    return combined(
      inner.commands.map(one => one.verdict),
      `calls ${name}`,
    );
  }

  /** Judges text that something interprets again. */
  readonly judgeText = (text: string, scene: Scene, input?: Input): Verdict => {
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
      namesInText(script, this.names, scene.where === 'here'),
      scene.depth + 1,
      scene,
    );
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
  const names = namesOf(script, context.earlier);
  return new ScriptJudge(script, context, { commands: 0 }, names, 0).run();
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
