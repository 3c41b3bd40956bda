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
import { either } from './earlierTexts';
import { redirectedFiles, withFiles } from './redirectedFiles';
import type { VariableValues, WorkingFolder } from './leaves';
import { joinPaths, possibleFolders } from './possibleFolders';
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
import { argumentValues, exportedValues, isShellScript } from './scriptFile';
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
  /** The folder of a script that is a file. */
  ownFolder?: string;
  /** The text of a file by its path from the root of the workspace. */
  fileText?(path: string): string | undefined;
  /** Is told of every call. */
  onCall?(call: SeenCall): void;
  /** Is told of every file that input or output is redirected to. */
  onRedirect?(target: Argument, folders: readonly string[] | undefined): void;
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
    const folders = possibleFolders(
      script,
      context.text ?? '',
      outer ? outer.folders : context.folders,
      context.ownFolder,
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

  private tellRedirects(redirects: SimpleCommand['redirects']): void {
    const { onRedirect } = this.context;
    if (!onRedirect || this.scene.where === 'there') return;
    for (const redirect of redirects) {
      if (redirect.type !== 'Redirect' || !redirect.target) continue;
      for (const path of argumentsOf(redirect.target, this.variables))
        onRedirect(path, this.scene.folders);
    }
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
      // Its changes of folder are among those of the script.
      { ...this.context, text: '' },
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
      { ...this.context, values, text },
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

  /** The file at a path, in each folder that it may be meant in. */
  private readonly filesAt: NonNullable<Scene['filesAt']> = (path, scene) => {
    if (path.certainty !== 'exact' || scene.where === 'there') return [];
    return (scene.folders ?? []).flatMap(folder => {
      const whole = joinPaths(folder, path.value);
      const text =
        whole === undefined ? undefined : this.context.fileText?.(whole);
      return whole === undefined || text === undefined
        ? []
        : [{ path: whole, text }];
    });
  };

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
    const seen =
      shell === 'this'
        ? this.context.values
        : exportedValues(this.context.values);
    const own = valuesOf(assignmentsOf(script));
    const given = [...seen, ...argumentValues(words, file.text)].map(
      ([name, value]): [string, VariableValues] => {
        const mine = own.get(name);
        return [name, mine ? either(value, mine, false) : value];
      },
    );
    scripts.push(file.path);
    const inner = new ScriptJudge(
      script,
      {
        ...this.context,
        values: new Map([...own, ...given]),
        text: file.text,
        ownFolder: file.path.replace(/(?:^|\/)[^/]*$/, ''),
      },
      this.budget,
      shell === 'this'
        ? namesInText(script, this.names, true)
        : namesOf(script, undefined),
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
  const budget: JudgingBudget = {
    commands: 0,
    scripts: [],
    ...(context.onCall ? { onCall: context.onCall } : {}),
  };
  return new ScriptJudge(script, context, budget, names, 0).run();
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
