import { boundByNode } from './boundNames';
import { type CallableNames, namesOf } from './callableNames';
import { commandArguments } from './commandArguments';
import { outputOf, redirectedInput } from './commandInput';
import {
  atLeast,
  combined,
  isUnknown,
  isWorse,
  type Verdict,
} from './effects/verdict';
import type { Input, Scene } from './effects/scene';
import { endlessLoop } from './endlessLoop';
import { expandsPathnames } from './expandsPathnames';
import { exportedNames, prefixNames } from './exportedNames';
import { filesTested } from './filesTested';
import { type EvaluatedAround, hiddenEvaluation } from './hiddenEvaluation';
import { InnerJudge, type InnerScript, type WalkedScript } from './innerJudge';
import { CallJudge, type JudgingBudget, withExported } from './judgeCall';
import {
  isSourcing,
  type JudgingContext,
  type SeenRedirect,
} from './judgingContext';
import type { WorkingFolder } from './leaves';
import { unmask } from './masks';
import type { Interactive } from './model';
import { movesOf } from './movesOf';
import { NUMERIC_COMMANDS } from './numericWords';
import {
  childrenOf,
  type ShellNode,
  type ShellScript,
  type SimpleCommand,
} from './parse';
import { possibleFolders } from './possibleFolders';
import { redirectedFiles, withFiles } from './redirectedFiles';
import {
  judgeNameless,
  printsNothing,
  steeringBecause,
  steeringVariable,
} from './simpleCommand';
import { TRUSTED_TO_NAME } from './tameSubstitution';
import { type Argument, argumentsOf, type Variables } from './words';
import { folderAfter } from './workingFolder';

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

/** As if any variable could hold anything. */
const NOTHING_KNOWN: EvaluatedAround = {
  valuesOf: () => [],
  isUntold: () => true,
  isOpen: false,
  isSourced: true,
  isRedefined: true,
};

/**
 * Walks a script and judges each of its commands where it stands: with what it is fed, the folder it runs in and the
 * variables around it. What calls do is asked of a `CallJudge`, and what they run in their turn (functions, text,
 * scripts) of an `InnerJudge`, which walks it like this one.
 */
class ScriptJudge {
  private readonly commands: JudgedCommand[] = [];
  private readonly nested: JudgedScript['nested'] = [];
  private readonly interactive: Interactive[] = [];
  private readonly calls: CallJudge;
  private readonly inner: InnerJudge;
  private readonly variables: Variables;
  private readonly moves: ReturnType<typeof movesOf>;
  private scene: Scene;
  private folderDepth: number;
  private depthOfWalk = 0;
  private readonly evaluated: EvaluatedAround;

  constructor(
    private readonly script: ShellScript,
    private readonly context: JudgingContext,
    private readonly budget: JudgingBudget,
    names: CallableNames,
    depth: number,
    outer?: Scene,
  ) {
    this.folderDepth = context.folder?.depth ?? 0;
    this.moves = movesOf(script);
    this.variables = {
      values: context.values,
      masks: context.masks,
      base: depth === 0 ? 0 : undefined,
      ...(context.handedAt ? { handedAt: context.handedAt } : {}),
      ...(context.isLink ? { isLink: context.isLink } : {}),
    };
    this.inner = this.innerJudge(budget, names);
    this.calls = new CallJudge(names, budget, this.inner);
    this.evaluated = evaluatedIn(context, names);
    this.scene = this.sceneAtStart(depth, outer);
    if (this.scene.where === 'here')
      exportedNames(script).forEach(name => budget.exported.add(name));
  }

  private innerJudge(budget: JudgingBudget, names: CallableNames): InnerJudge {
    return new InnerJudge({
      script: this.script,
      context: this.context,
      budget,
      names,
      scene: () => this.scene,
      loseFolders: () => {
        this.scene = { ...this.scene, folders: undefined };
      },
      walk: one =>
        new ScriptJudge(
          one.script,
          one.context,
          budget,
          one.names,
          one.depth,
          one.scene,
        ).walk(one),
    });
  }

  private sceneAtStart(depth: number, outer: Scene | undefined): Scene {
    const { script, context } = this;
    const { judgeText, judgeFile, filesAt } = this.inner;
    const folders = possibleFolders(
      script,
      context.text ?? '',
      outer ? outer.folders : context.folders,
      word => argumentsOf(word, this.variablesAt(word))[0]?.fromRoot,
      context.isLink,
    );
    const asked = { depth, judgeText, judgeCommand: this.judgeCommand };
    if (outer)
      return {
        ...outer,
        ...asked,
        folders,
        ...(outer.judgeFile ? { judgeFile, filesAt } : {}),
      };
    return {
      where: 'here',
      place: '',
      inWorkspace: context.folder?.inWorkspace ?? true,
      ...(folders ? { folders } : {}),
      ...asked,
      show: text => unmask(text, context.masks),
      interpretsAgain: (argument, because) =>
        this.markNested(argument, because),
      ...(context.fileText ? { judgeFile, filesAt } : {}),
    };
  }

  run(): JudgedScript {
    this.visit(this.script);
    return {
      commands: this.inOrder(),
      nested: this.nested,
      interactive: this.interactive,
      folder: { inWorkspace: this.scene.inWorkspace, depth: this.folderDepth },
    };
  }

  /** Walks it as a script inside of another one; of a body, its calls are told in the order of the walk. */
  walk({ script, body, input }: InnerScript): WalkedScript {
    this.visit(body ?? script, input);
    const commands = body ? this.commands : this.inOrder();
    return {
      verdicts: commands.map(one => one.verdict),
      interactive: this.interactive,
      folders: this.scene.folders,
    };
  }

  private inOrder(): JudgedCommand[] {
    return this.commands.sort((a, b) => a.start - b.start);
  }

  private markNested(argument: Argument | undefined, because: string): void {
    if (argument && argument.start >= 0) {
      this.nested.push({ start: argument.start, end: argument.end, because });
    }
  }

  /** What is known of variables where a node stands. */
  private variablesAt(node: { pos: number }): Variables {
    const { own } = this.context;
    return own
      ? {
          ...this.variables,
          own: {
            ...own,
            mayHaveMoved: this.moves.mayHaveMoved(node),
            moves: false,
          },
        }
      : this.variables;
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
    const hidden = hiddenEvaluation(node, this.evaluated);
    if (hidden !== undefined) {
      this.add(node, isUnknown(hidden));
      this.context.onEvaluated?.(node);
    }
    // Whatever a value turns out to be, bash would look into it there.
    if (hiddenEvaluation(node, NOTHING_KNOWN) !== undefined)
      this.nested.push({
        start: node.pos,
        end: node.end,
        because: 'bash, which evaluates what stands there',
      });
    // Assignments are judged with the command that they stand at, and builtins as calls.
    const steered =
      node.type === 'Assignment'
        ? undefined
        : steeringBecause(boundByNode(node));
    if (steered !== undefined) this.add(node, isUnknown(steered));
    if (this.scene.where === 'here') this.tellFiles(node);
    if (node.type === 'Function' && TRUSTED_TO_NAME.has(node.name.value))
      this.add(
        node,
        isUnknown(
          `defines ${node.name.value} anew, whose answers are taken for names elsewhere`,
        ),
      );
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
        if (node === this.script) this.visitChildren(node, input);
        else this.visitSubshell(node, input);
        return;
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
    if (/\b\d*[A-Za-z_]\w*\s+[A-Za-z_/-][A-Za-z]/.test(text)) {
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
    this.tellRedirects(node.redirects);
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
    this.tellRedirects(node.redirects);
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
    const args = commandArguments(node, this.variablesAt(node));
    const at =
      this.variables.base === undefined
        ? undefined
        : { start: node.name.pos, end: node.end };
    const judged = withExported(this.budget, prefixNames(node), () =>
      this.calls.judge(args, this.scene, { input, piped, at }),
    );
    const all = withFiles(judged, verdicts);
    return steered
      ? atLeast(
          'unknown',
          all,
          `sets ${steered} for the command, which may make it another one`,
        )
      : all;
  }

  private tellRedirects(redirects: SimpleCommand['redirects']): void {
    const { onRedirect } = this.context;
    if (!onRedirect || this.scene.where === 'there') return;
    for (const redirect of redirects) {
      if (redirect.type !== 'Redirect' || !redirect.target) continue;
      for (const path of argumentsOf(redirect.target, this.variables))
        onRedirect(this.seen(path, useOf(redirect.operator, path)));
    }
  }

  private seen(target: Argument, use: SeenRedirect['use']): SeenRedirect {
    const { folders } = this.scene;
    return {
      target,
      use,
      inScripts: [...this.budget.scripts],
      ...(folders ? { folders } : {}),
    };
  }

  /** What a node other than a call and a redirection looks for among the files. */
  private tellFiles(node: ShellNode): void {
    if (expandsPathnames(node, this.evaluated))
      this.context.onNamesOfFiles?.(node);
    for (const word of filesTested(node))
      for (const path of argumentsOf(word, this.variables))
        this.context.onRedirect?.(this.seen(path, 'reads'));
  }

  private readonly judgeCommand: Scene['judgeCommand'] = (
    args,
    scene,
    input,
    piped = false,
  ) => this.calls.judgeWrapped(args, scene, input, piped);

  /** `cd` decides where relative paths lie from here on. */
  private follow(node: SimpleCommand): void {
    const { inWorkspace, depth } = folderAfter(
      { inWorkspace: this.scene.inWorkspace, depth: this.folderDepth },
      commandArguments(node, this.variablesAt(node)).slice(1),
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
  const names = namesOf(script, context.earlier, context.sourced);
  const budget: JudgingBudget = {
    commands: 0,
    again: 0,
    exported: new Set(),
    scripts: [],
    ...(context.onCall ? { onCall: context.onCall } : {}),
  };
  return new ScriptJudge(script, context, budget, names, 0).run();
}

/** `2>&1` writes to what is open already. */
function useOf(
  operator: string,
  { value, certainty }: Argument,
): SeenRedirect['use'] {
  const isOpen =
    operator === '>&' && certainty === 'exact' && /^(?:\d+-?|-)$/.test(value);
  return isOpen || /^(?:<|<&|<<<)$/.test(operator) ? 'reads' : 'writes';
}

function evaluatedIn(
  { values, around = [], untold, text, isSourced }: JudgingContext,
  { functions, aliases }: CallableNames,
): EvaluatedAround {
  return {
    valuesOf: name =>
      [values, ...around].flatMap(known => known.get(name) ?? []),
    isUntold: name => untold?.has(name) === true,
    isOpen: untold === undefined,
    isSourced: isSourced === true || isSourcing(text ?? ''),
    isRedefined: NUMERIC_COMMANDS.some(
      one => functions.has(one) || aliases.has(one),
    ),
  };
}
