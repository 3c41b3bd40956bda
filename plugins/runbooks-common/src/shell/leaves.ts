/** What a text leaves to the texts that run after it in the same shell. @public */
export interface ShellLeaves {
  /** What each variable that it assigns may hold afterwards. */
  variables: ReadonlyMap<string, VariableValues>;
  /** Those that it assigns whatever way it is run. */
  sure: ReadonlySet<string>;
  /** Its functions and aliases as written, placeholders as `${NAME}`. */
  definitions: string;
  /** Where it ends; missing for what is not run. */
  folder?: WorkingFolder;
}

/** What the texts before have left. @public */
export interface EarlierTexts {
  variables: ReadonlyMap<string, VariableValues>;
  definitions: string;
  folder: WorkingFolder;
}

/** What is known about the values that a variable may have anywhere in a text. @public */
export interface VariableValues {
  /** Every literal it is given, without repeats. */
  literals: string[];
  /** It is also given something that the text does not tell: `$(...)`, `read`, arithmetic. */
  unknown: boolean;
  /** What is not known of it is at least plain words: names of objects, addresses, dates. */
  tame: boolean;
  /** Variables that it is made of (`${X:-default}`): it is tame only where they are. */
  needs?: readonly string[];
  /** What is not known of it are at least numbers. */
  numeric?: boolean;
  /** A person may choose another value: a parameter. */
  parameter: boolean;
  /** It is the variable of a `for` loop: it takes each literal in turn. */
  loop: boolean;
  /** Its only value, where that is known but for variables in it: `docker compose -f $FILE`. */
  template?: string;
  /** It holds its one literal whatever way the text is run: it was given from outside. */
  given?: boolean;
  /** The path from the root of the workspace that it holds, whatever way the text is run. */
  fromRoot?: string;
  /** Where it is not known: the text that it begins with, whatever way the text is run. */
  begins?: string;
  /** The literals of an array that is assigned once. */
  items?: readonly string[];
}

/** Where relative paths lie. @public */
export interface WorkingFolder {
  /** In the files of the run, or in a folder for temporary files. */
  inWorkspace: boolean;
  /** How many folders below the place where the first text began. */
  depth: number;
}
