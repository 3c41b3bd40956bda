import type { ActsOn } from '../gateway/actsOnModel';
import type { Effect } from '../effect';
import type { ShellLeaves } from './leaves';

/** How a placeholder was written. @public */
export type PlaceholderForm =
  | 'angle' // <pod-name>
  | 'variable' // $POD or ${POD}, never assigned in the document before
  | 'export' // export POD="literal": a parameter with a default
  | 'braces' // {{pod}} or {pod}
  | 'brackets' // [pod name]
  | 'bare'; // POD_NAME, your-pod, XXX

/**
 * Where in a shell text a value lands, which decides how it can be passed safely.
 *
 * - `word`: unquoted, in a word of its own or part of one; becomes `"${RUNBOOKS_P_NAME}"`.
 * - `double`: inside double quotes; becomes `${RUNBOOKS_P_NAME}`.
 * - `single`: inside single quotes; the quote is closed and reopened around it.
 * - `nested`: in text that is interpreted once more (`sh -c`, ssh, `psql -c`, jsonpath, a JSON patch);
 *   only values that cannot mean anything there are accepted.
 * - `unquoted`: expanded without quotes by the document's own variable (`$POD`): splits and globs.
 * - `assignment`: the literal of `export X=literal`, replaced whole by what the person chose.
 * - `none`: where no value can be put safely (a command name, a redirection operator, a heredoc word).
 *
 * @public
 */
export type PlaceholderPlace =
  | 'word'
  | 'double'
  | 'single'
  | 'nested'
  | 'unquoted'
  | 'assignment'
  | 'heredoc'
  | 'none';

/** One occurrence of a parameter in a shell text. Offsets are UTF-16 units into that text. @public */
export interface PlaceholderUse {
  /** Name of the parameter: upper snake case, `[A-Z_][A-Z0-9_]*`. */
  parameter: string;
  form: PlaceholderForm;
  place: PlaceholderPlace;
  start: number;
  end: number;
  /** The text as written, for example `<pod-name>`. */
  written: string;
  /** The literal default: of `export X=literal` and `${X:-literal}`. */
  default?: string;
  /** Of a variable that the same text gives a value further on, so that it may read that one: in a loop. */
  assignedLater?: boolean;
  /** Where `place` is `nested`: how the text around it is quoted, which says how it has to be rewritten. */
  quoted?: 'word' | 'unquoted' | 'double' | 'single' | 'heredoc';
  /** Why no value can be passed, where `place` is `none`; or what interprets it again, where it is `nested`. */
  because?: string;
}

/** Why a command waits for a person or never ends, and what can be done about it. @public */
export interface Interactive {
  kind:
    | 'terminal' // -it, ssh, editors: wants a terminal
    | 'prompt' // asks for a password or a confirmation
    | 'endless' // -w, watch, logs -f, port-forward: never ends by itself
    | 'editor'; // kubectl edit, vim
  /** In words for people: "`-w` watches until it is stopped". */
  because: string;
  /**
   * How it becomes runnable: the edits that make it so (offsets into the text), and whether it is then stopped
   * by time. Missing where only a person can do it: then the step is manual.
   */
  remedy?: { edits: TextEdit[]; boundedSeconds?: number; says: string };
}

/** Replaces `[start, end)` of a text. Offsets are UTF-16 units. @public */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** What of Kubernetes a command writes, as far as its text tells. Empty strings mean "not told". @public */
export interface KubernetesWrite {
  /** RBAC verb: create, update, patch, delete, deletecollection, connect (exec, attach, port-forward). */
  verb: string;
  /** API group, '' for the core group; resources in the plural, as in RBAC: 'deployments'. */
  group: string;
  resource: string;
  subresource: string;
  /** Namespace as written; undefined: the default namespace of the run. '*' for all. */
  namespace?: string;
  /** Object name; '*' when a selector or `--all` chooses. May hold a placeholder as `${PARAMETER}`. */
  name: string;
  selector?: string;
  /** The words of an exec, where they are known. */
  command?: string[];
  /** Upon what in its namespace it acts besides the object; nothing where it is missing. */
  actsOn?: ActsOn[];
  /** A patch of `kubectl apply`, which also removes what is gone from the manifest. */
  applies?: true;
  /** A patch of `kubectl rollout undo`, which puts back a whole template that was there. */
  rollsBack?: true;
}

/** One simple command of a shell text, as it would run. @public */
export interface ShellCommand {
  /** As written, without the prompt, with continuation lines. */
  text: string;
  /** UTF-16 offsets into the text that was read. */
  start: number;
  end: number;
  /** 1-based line inside the text that was read. */
  line: number;
  effect: Effect;
  because: string;
  /** Reads values of Kubernetes Secrets, so that what it prints is secret. */
  secrets?: boolean;
  /** The tool it calls, after wrappers such as sudo and env: `kubectl`, `helm`, `./scripts/x.sh`. */
  tool?: string;
  /**
   * The Kubernetes writes it makes; undefined where they cannot be known from the text (scripts, loops over
   * names that are not known). An empty list: it makes none.
   */
  writes?: KubernetesWrite[];
  interactive?: Interactive;
}

/** How a text was understood as shell. Never thrown: a text that is not shell says so. @public */
export interface ShellReading {
  /** False for output, configuration, SQL, PromQL, YAML and prose, which are never run. */
  shell: boolean;
  /** What it is when it is not shell: 'output' | 'yaml' | 'json' | 'sql' | 'promql' | 'comment' | 'prose' | ... */
  otherwise?: string;
  /**
   * The worst of the commands. For text that is not shell: what it does where a person carries it out, as far as it
   * can be told (SQL, requests, sessions), `unknown` for other programs, `local` for what only shows something.
   */
  effect: Effect;
  because: string;
  secrets: boolean;
  /** The text to run: prompts and mixed-in output removed by blanking, so that offsets stay those of the source. */
  runnable: string;
  commands: ShellCommand[];
  placeholders: PlaceholderUse[];
  /** The first interactive command without a remedy, else the first with one. */
  interactive?: Interactive;
  /** Variables assigned and functions defined here, which later blocks may use. */
  assigns: string[];
  /** What it leaves to the texts that run after it in the same shell. */
  leaves: ShellLeaves;
  /** Top-level statements (a whole `if`, loop, pipeline or list), in order: where a text may be divided. */
  statements: Array<{ start: number; end: number }>;
  /** Comments between the top-level statements, without the `#`; never those inside quotes, heredocs or loops. */
  comments: Array<{ start: number; end: number; text: string }>;
  problems: ShellProblem[];
}

/** Something in a shell text that a person should know. Offsets into the text. @public */
export interface ShellProblem {
  code: string;
  message: string;
  start: number;
  end: number;
}
