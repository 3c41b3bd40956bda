import {
  type CallableNames,
  namesInBody,
  namesInText,
  namesOf,
} from './callableNames';
import { assignedValues, pathsOf, unsure } from './assignedValues';
import { commandArguments } from './commandArguments';
import { outputOf, redirectedInput } from './commandInput';
import type { Definitions } from './definitions';
import { endlessLoop } from './endlessLoop';
import { expandsPathnames } from './expandsPathnames';
import { filesTested } from './filesTested';
import { handedArguments } from './handedArguments';
import { hiddenAssignments } from './hiddenAssignments';
import { movesOf } from './movesOf';
import type { OwnPlace } from './ownPlace';
import { type EvaluatedAround, hiddenEvaluation } from './hiddenEvaluation';
import { either } from './earlierTexts';
import { redirectedFiles, withFiles } from './redirectedFiles';
import type { VariableValues, WorkingFolder } from './leaves';
import { possibleFolders } from './possibleFolders';
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
import {
  CallJudge,
  type JudgingBudget,
  MAX_DEPTH,
  type SeenCall,
} from './judgeCall';
import type { Interactive } from './model';
import { exportedValues, isShellScript } from './scriptFile';
import { NUMERIC_COMMANDS } from './numericWords';
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
import { type Argument, argumentsOf, type Variables } from './words';
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
  /** Its text, and where it may begin from the root of the workspace; needed where `fileText` is given. */
  text?: string;
  folders?: readonly string[];
  /** Where a script lies that is a file. */
  own?: Pick<OwnPlace, 'source' | 'zero'>;
  /** What `"$@"` is at an offset; undefined where that is not sure. */
  handedAt?: Variables['handedAt'];
  /** Scripts that it reads into its own shell. */
  sourced?: readonly ShellScript[];
  /** Variables with a value that is not told; missing where nothing is bound yet, and every variable is a parameter. */
  untold?: ReadonlySet<string>;
  /** What the texts around this one give variables; its own may hold the same. */
  around?: ReadonlyArray<ReadonlyMap<string, VariableValues>>;
  /** A text around this one may be given variables in a way that is not followed. */
  isSourced?: boolean;
  /** The text of a file by its path from the root of the workspace. */
  fileText?(path: string): string | undefined;
  /** Is told of every call. */
  onCall?(call: SeenCall): void;
  /** Is told of every place whose content bash evaluates and that is not known. */
  onEvaluated?(place: ShellNode): void;
  /** Is told of every file that input or output is redirected to, and that `[[ ]]` looks at. */
  onRedirect?(target: Argument, folders: readonly string[] | undefined): void;
  /** Is told where bash may put the names of files in the place of a word. */
  onNamesOfFiles?(place: ShellNode): void;
}

/** Longest text that is interpreted again. */
const MAX_NESTED_TEXT = 20_000;
/** Longest script of the workspace that is looked into, and how many call one another. */
const MAX_SCRIPT_TEXT = 64 * 1024;
const MAX_SCRIPTS = 5;

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
  private readonly moves: ReturnType<typeof movesOf>;
  private scene: Scene;
  private folderDepth: number;
  private depthOfWalk = 0;
  private readonly evaluated: EvaluatedAround;

  constructor(
    private readonly script: ShellScript,
    private readonly context: JudgingContext,
    private readonly budget: JudgingBudget,
    private readonly names: CallableNames,
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
    };
    this.calls = new CallJudge(names, budget, this);
    this.evaluated = evaluatedIn(context, names);
    const folders = possibleFolders(
      script,
      context.text ?? '',
      outer ? outer.folders : context.folders,
      word => argumentsOf(word, this.variablesAt(word))[0]?.fromRoot,
    );
    this.scene = outer
      ? {
          ...outer,
          depth,
          judgeText: this.judgeText,
          judgeCommand: this.judgeCommand,
          folders,
          ...(outer.judgeFile
            ? { judgeFile: this.judgeFile, filesAt: this.filesAt }
            : {}),
        }
      : {
          where: 'here',
          place: '',
          inWorkspace: context.folder?.inWorkspace ?? true,
          ...(folders ? { folders } : {}),
          depth,
          show: text => unmask(text, context.masks),
          judgeText: this.judgeText,
          judgeCommand: this.judgeCommand,
          interpretsAgain: (argument, because) =>
            this.markNested(argument, because),
          ...(context.fileText
            ? { judgeFile: this.judgeFile, filesAt: this.filesAt }
            : {}),
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
    if (this.scene.where === 'here') this.tellFiles(node);
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

  private tellRedirects(redirects: SimpleCommand['redirects']): void {
    const { onRedirect } = this.context;
    if (!onRedirect || this.scene.where === 'there') return;
    for (const redirect of redirects) {
      if (redirect.type !== 'Redirect' || !redirect.target) continue;
      for (const path of argumentsOf(redirect.target, this.variables))
        onRedirect(path, this.scene.folders);
    }
  }

  /** What a node other than a call and a redirection looks for among the files. */
  private tellFiles(node: ShellNode): void {
    if (expandsPathnames(node, this.evaluated))
      this.context.onNamesOfFiles?.(node);
    for (const word of filesTested(node))
      for (const path of argumentsOf(word, this.variables))
        this.context.onRedirect?.(path, this.scene.folders);
  }

  private readonly judgeCommand: Scene['judgeCommand'] = (
    args,
    scene,
    input,
    piped = false,
  ) => this.calls.judgeWrapped(args, scene, input, piped);

  /** Judges the body of a function where it is called. */
  judgeBody(name: string, body: ShellNode, args: readonly Argument[]): Verdict {
    const handed = handedArguments(body, args);
    const { own, ...context } = this.context;
    const isElsewhere = this.names.sourced.has(body);
    const inner = new ScriptJudge(
      this.script,
      {
        ...context,
        ...(own && !isElsewhere ? { own } : {}),
        // Its changes of folder are among those of the script.
        text: '',
        values: new Map([
          ...withoutArguments(context.values),
          ...handed.values,
        ]),
        handedAt: handed.handedAt,
      },
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
    const { anything } = hiddenAssignments(script);
    const {
      own: _own,
      handedAt: _handedAt,
      values: around,
      ...context
    } = this.context;
    const assigned = valuesOf(assignmentsOf(script));
    const values = new Map([...withoutArguments(around), ...assigned]);
    if (anything)
      for (const [name, value] of values) values.set(name, unsure(value));
    const inner = new ScriptJudge(
      script,
      { ...context, ...this.outside(text), values, text },
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

  /** What a text that is judged inside of this one sees of it. */
  private outside(text: string): Partial<JudgingContext> {
    return {
      around: [...(this.context.around ?? []), this.context.values],
      isSourced: this.evaluated.isSourced || isSourcing(text),
    };
  }

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

  /** The file at a path, in each folder that it may be meant in. */
  private readonly filesAt: NonNullable<Scene['filesAt']> = (path, scene) =>
    scene.where === 'there'
      ? []
      : pathsOf(path, scene.folders).flatMap(whole => {
          const text = this.context.fileText?.(whole);
          return text === undefined ? [] : [{ path: whole, text }];
        });

  /** Judges a script of the workspace. */
  private readonly judgeFile: NonNullable<Scene['judgeFile']> = (
    path,
    args,
    scene,
    shell,
  ) => {
    const files = scene.filesAt?.(path, scene) ?? [];
    if (files.length === 0 || !files.every(({ text }) => isShellScript(text)))
      return undefined;
    const says = `runs ${scene.show(path.value)}`;
    const judged = combined(
      files.map(file => this.judgeFileAt(file, [path, ...args], scene, shell)),
      '',
    );
    return {
      ...judged,
      because: `${says}: ${judged.because}`,
      followed: true,
    };
  };

  private judgeFileAt(
    file: { path: string; text: string },
    words: readonly Argument[],
    scene: Scene,
    shell: 'own' | 'this',
  ): Verdict {
    const { scripts } = this.budget;
    if (
      scripts.includes(file.path) ||
      scripts.length >= MAX_SCRIPTS ||
      scene.depth >= MAX_DEPTH ||
      file.text.length > MAX_SCRIPT_TEXT
    )
      return isUnknown('it is too long or nested too deeply to be read');
    const { script, errors } = parseShell(file.text);
    const context = this.contextOf(script, file, words, scene, shell);
    scripts.push(file.path);
    const inner = new ScriptJudge(
      script,
      { ...context, ...this.outside(file.text) },
      this.budget,
      shell === 'this'
        ? namesInText(script, this.names, true)
        : namesOf(script, undefined, context.sourced),
      scene.depth + 1,
      scene,
    );
    const judged = combined(
      inner.run().commands.map(one => one.verdict),
      'does nothing',
    );
    scripts.pop();
    // What a script that runs in this shell does to the folder stays.
    if (shell === 'this' && inner.scene.folders !== scene.folders)
      this.scene = { ...this.scene, folders: undefined };
    const told = {
      ...judged,
      interactive: withoutEdits(judged.interactive),
    };
    return errors.length > 0
      ? atLeast('unknown', told, 'it cannot be read as shell')
      : told;
  }

  /** What a script of the workspace is judged with. */
  private contextOf(
    script: ShellScript,
    file: { path: string; text: string },
    words: readonly Argument[],
    scene: Scene,
    shell: 'own' | 'this',
  ): JudgingContext {
    const args = words.slice(1);
    const isOwn = shell === 'own';
    const { own: outer, handedAt: _handedAt, ...context } = this.context;
    const zero = isOwn ? file.path : outer?.zero;
    const own = {
      source: file.path,
      ...(zero === undefined ? {} : { zero }),
    };
    const around = {
      ...(this.context.fileText
        ? { fileText: this.context.fileText.bind(this.context) }
        : {}),
      ...(scene.folders ? { folders: scene.folders } : {}),
    };
    const { sourced } = assignedValues(script, {
      ...around,
      own,
      given: new Map(),
    });
    const handed = handedArguments(
      script,
      args,
      sourced.every(one => handedArguments(one, []).values.length > 0),
    );
    const seen = isOwn
      ? exportedValues(this.context.values)
      : withoutArguments(this.context.values);
    // Without arguments of its own, a sourced file has those of the script around it.
    const isGiven = isOwn || args.length > 0;
    const given = new Map([...seen, ...(isGiven ? handed.values : [])]);
    const mayMove = sourced.some(one => movesOf(one).moves);
    const { values, assignments } = assignedValues(script, {
      ...around,
      given,
      ...(mayMove ? {} : { own }),
    });
    for (const { name } of assignments) {
      const before = given.get(name);
      const mine = values.get(name);
      if (before && mine) given.set(name, either(before, mine, false));
    }
    return {
      ...context,
      values: new Map([...values, ...given]),
      text: file.text,
      sourced,
      ...(mayMove ? {} : { own }),
      ...(isGiven ? { handedAt: handed.handedAt } : {}),
    };
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
    scripts: [],
    ...(context.onCall ? { onCall: context.onCall } : {}),
  };
  return new ScriptJudge(script, context, budget, names, 0).run();
}

/** Values without `$1` and so on. */
function withoutArguments(
  values: ReadonlyMap<string, VariableValues>,
): Array<[string, VariableValues]> {
  return [...values].filter(([name]) => !/^\d+$/.test(name));
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

/** Whether a text may run another one that gives variables of the same shell a value. */
function isSourcing(text: string): boolean {
  return /\b(?:eval|source|trap)\b|(?:^|[\s;&|({`!])\.[ \t]/.test(text);
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
