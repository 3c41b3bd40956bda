import { pathsOf } from './assignedValues';
import {
  type CallableNames,
  namesInBody,
  namesInText,
  namesOf,
} from './callableNames';
import type { Input, Scene } from './effects/scene';
import { atLeast, combined, isUnknown, type Verdict } from './effects/verdict';
import {
  contextOfBody,
  contextOfFile,
  contextOfText,
  type StartedFile,
} from './innerContexts';
import {
  type BodyJudge,
  type JudgingBudget,
  mayJudgeAgain,
  RUNS_TOO_MUCH,
} from './judgeCall';
import type { JudgingContext } from './judgingContext';
import type { Interactive } from './model';
import { MAX_NESTING, NESTED_TOO_DEEPLY } from './nesting';
import { parseShell, type ShellNode, type ShellScript } from './parse';
import { isShellScript } from './scriptFile';
import { reasonWithOthers, scriptReason } from './scriptReason';
import type { Argument } from './words';

/** Longest text that is interpreted again. */
const MAX_NESTED_TEXT = 20_000;
/** Longest script of the workspace that is looked into, and how many call one another. */
const MAX_SCRIPT_TEXT = 64 * 1024;
const MAX_SCRIPTS = 5;

/** A script inside of another one, with what it is judged with. */
export interface InnerScript {
  script: ShellScript;
  /** The body of a function in it, where that runs and not the whole. */
  body?: ShellNode;
  context: JudgingContext;
  names: CallableNames;
  scene: Scene;
  depth: number;
  input?: Input;
}

/** What a walk through an inner script found. */
export interface WalkedScript {
  verdicts: Verdict[];
  interactive: Interactive[];
  /** Where relative paths may begin when it ends. */
  folders: readonly string[] | undefined;
}

/** The script that runs the inner ones, as far as they need it. */
export interface OuterScript {
  script: ShellScript;
  context: JudgingContext;
  budget: JudgingBudget;
  names: CallableNames;
  /** The scene where the walk is now. */
  scene(): Scene;
  /** A script that was read into this shell may have changed the folder. */
  loseFolders(): void;
  /** Walks a script inside of this one. */
  walk(inner: InnerScript): WalkedScript;
}

/**
 * Judges what a script runs in its turn: bodies of its functions, text that is interpreted again, and scripts of the
 * workspace. Each is walked like a script of its own, with a context made of the one around it; depth, length and
 * number are bounded, and what is beyond the bounds is unknown.
 */
export class InnerJudge implements BodyJudge {
  constructor(private readonly outer: OuterScript) {}

  /** Judges the body of a function where it is called. */
  judgeBody(name: string, body: ShellNode, args: readonly Argument[]): Verdict {
    const { script, context, names, budget } = this.outer;
    const size = body.end - body.pos + context.values.size;
    if (!mayJudgeAgain(budget, size)) return isUnknown(RUNS_TOO_MUCH);
    const scene = this.outer.scene();
    const { verdicts } = this.outer.walk({
      script,
      body,
      context: contextOfBody(context, body, args, names.sourced.has(body)),
      names: namesInBody(script, names),
      scene,
      depth: scene.depth + 1,
    });
    return combined(verdicts, `calls ${name}`);
  }

  /** Judges text that something interprets again. */
  readonly judgeText = (text: string, scene: Scene, input?: Input): Verdict => {
    if (scene.depth >= MAX_NESTING) return isUnknown(NESTED_TOO_DEEPLY);
    if (text.length > MAX_NESTED_TEXT)
      return isUnknown(`is longer than ${MAX_NESTED_TEXT} characters`);
    const size = text.length + this.outer.context.values.size;
    if (!mayJudgeAgain(this.outer.budget, size))
      return isUnknown(RUNS_TOO_MUCH);
    const { script, errors } = parseShell(text);
    const { verdicts, interactive } = this.outer.walk({
      script,
      context: contextOfText(
        this.outer.context,
        script,
        text,
        this.outer.budget.exported,
      ),
      names: namesInText(script, this.outer.names, scene.where === 'here'),
      scene,
      depth: scene.depth + 1,
      input,
    });
    const judged = combined(verdicts, 'does nothing');
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

  /** The file at a path, in each folder that it may be meant in; none where too much is read already. */
  readonly filesAt: NonNullable<Scene['filesAt']> = (path, scene) => {
    if (scene.where === 'there') return [];
    const { context } = this.outer;
    const paths = pathsOf(path, scene.folders, context.isLink);
    const found = paths.flatMap(whole => {
      const text = context.fileText?.(whole);
      return text === undefined ? [] : [{ path: whole, text }];
    });
    const size = found.reduce((sum, { text }) => sum + text.length, 0);
    return mayJudgeAgain(this.outer.budget, size) ? found : [];
  };

  /** Judges a script of the workspace. */
  readonly judgeFile: NonNullable<Scene['judgeFile']> = (
    path,
    args,
    scene,
    shell,
  ) => {
    const files = scene.filesAt?.(path, scene) ?? [];
    if (!mayJudgeAgain(this.outer.budget, 0)) return isUnknown(RUNS_TOO_MUCH);
    if (files.length === 0 || !files.every(({ text }) => isShellScript(text)))
      return undefined;
    const says = `runs ${scene.show(path.value)}`;
    const judged = combined(
      files.map(file =>
        this.judgeStarted(
          {
            ...{ file, words: [path, ...args], shell },
            exported: this.outer.budget.exported,
          },
          scene,
        ),
      ),
      '',
    );
    return {
      ...judged,
      because: scriptReason(says, judged),
      ...(judged.unknown === undefined
        ? {}
        : { unknown: `${says}: ${judged.unknown}` }),
      followed: true,
    };
  };

  private judgeStarted(started: StartedFile, scene: Scene): Verdict {
    const { file, shell } = started;
    const { scripts } = this.outer.budget;
    if (scene.depth >= MAX_NESTING) return isUnknown(`it ${NESTED_TOO_DEEPLY}`);
    if (
      scripts.includes(file.path) ||
      scripts.length >= MAX_SCRIPTS ||
      file.text.length > MAX_SCRIPT_TEXT
    )
      return isUnknown('it is too long or calls too many others to be read');
    const { script, errors } = parseShell(file.text);
    const context = contextOfFile(this.outer.context, script, started, scene);
    scripts.push(file.path);
    const { verdicts, folders } = this.outer.walk({
      script,
      context,
      names:
        shell === 'this'
          ? namesInText(script, this.outer.names, true)
          : namesOf(script, undefined, context.sourced),
      scene,
      depth: scene.depth + 1,
    });
    const judged = combined(verdicts, 'does nothing');
    scripts.pop();
    // What a script that runs in this shell does to the folder stays.
    if (shell === 'this' && folders !== scene.folders) this.outer.loseFolders();
    const told = {
      ...judged,
      because: reasonWithOthers(judged, verdicts),
      interactive: withoutEdits(judged.interactive),
    };
    return errors.length > 0
      ? atLeast('unknown', told, 'it cannot be read as shell')
      : told;
  }
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
