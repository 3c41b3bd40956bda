import type { IsLink } from './climbsFromLink';
import type { Definitions } from './definitions';
import type { SeenCall } from './judgeCall';
import type { VariableValues, WorkingFolder } from './leaves';
import type { Mask } from './masks';
import type { OwnPlace } from './ownPlace';
import type { ShellNode, ShellScript } from './parse';
import type { Argument, Variables } from './words';

/** A file that input or output is redirected to, or that `[[ ]]` looks at. */
export interface SeenRedirect {
  target: Argument;
  folders?: readonly string[];
  use: 'reads' | 'writes';
  /** Scripts of the workspace around it, outermost first. */
  inScripts: readonly string[];
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
  /** What goes up from behind a link is no path that is known; missing where there are no links. */
  isLink?: IsLink;
  /** Is told of every call. */
  onCall?(call: SeenCall): void;
  /** Is told of every place whose content bash evaluates and that is not known. */
  onEvaluated?(place: ShellNode): void;
  /** Is told of every file that input or output is redirected to, and that `[[ ]]` looks at. */
  onRedirect?(redirect: SeenRedirect): void;
  /** Is told where bash may put the names of files in the place of a word. */
  onNamesOfFiles?(place: ShellNode): void;
}

/** Values without `$1` and so on. */
export function withoutArguments(
  values: ReadonlyMap<string, VariableValues>,
): Array<[string, VariableValues]> {
  return [...values].filter(([name]) => !/^\d+$/.test(name));
}

/** Whether a text may run another one that gives variables of the same shell a value. */
export function isSourcing(text: string): boolean {
  return /\b(?:eval|source|trap)\b|(?:^|[\s;&|({`!])\.[ \t]/.test(text);
}
