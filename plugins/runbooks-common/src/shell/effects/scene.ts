import type { Argument } from '../words';
import type { Verdict } from './verdict';

/** What a command gets on its standard input. */
export type Input =
  | { kind: 'text'; text: string; exact: boolean; argument?: Argument }
  | { kind: 'command'; says: string }
  | { kind: 'file'; path: Argument };

/** One command as it would be started. */
export interface Call {
  tool: string;
  args: readonly Argument[];
  input?: Input;
  /** Its output goes into another command. */
  piped: boolean;
  /** Where the whole command stands, for edits; undefined in text that is interpreted again. */
  at?: { start: number; end: number };
}

/** Where a command runs and what is known there. Rules ask it; they never parse by themselves. */
export interface Scene {
  /** `here`: in the workspace of the run. `there`: in a pod, a container or on another host. */
  where: 'here' | 'there';
  /** In words: "in pod web-0", "on host db1"; empty here. */
  place: string;
  /** Whether relative paths lie in the workspace. */
  inWorkspace: boolean;
  /** Where relative paths may begin, from the root of the workspace; undefined where it cannot be told. */
  folders?: readonly string[];
  /** How often text was interpreted again on the way here. */
  depth: number;
  /** The text with placeholders as `${NAME}`. */
  show(text: string): string;
  /** Judges shell text that a command interprets again. */
  judgeText(text: string, scene: Scene, input?: Input): Verdict;
  /** Judges a command given as arguments; the first is its name. */
  judgeCommand(
    args: readonly Argument[],
    scene: Scene,
    input?: Input,
    piped?: boolean,
  ): Verdict;
  /**
   * Judges a script of the workspace, with its arguments; undefined where its text is not known. In `this shell` it
   * sees all variables (`source`), in one of its own only those that are exported.
   */
  judgeFile?(
    path: Argument,
    args: readonly Argument[],
    scene: Scene,
    shell: 'own' | 'this',
  ): Verdict | undefined;
  /** The files of the workspace that a path may mean, with their texts. */
  filesAt?(path: Argument, scene: Scene): Array<{ path: string; text: string }>;
  /** Notes that an argument is interpreted again, so that values in it must be harmless. */
  interpretsAgain(argument: Argument | undefined, because: string): void;
}

/** Judges the calls of one tool. */
export type ToolRule = (call: Call, scene: Scene) => Verdict;

/** The scene on another machine. */
export function sceneThere(scene: Scene, place: string): Scene {
  return {
    ...scene,
    where: 'there',
    place,
    inWorkspace: true,
    depth: scene.depth + 1,
  };
}
