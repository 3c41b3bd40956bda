/** A part of a shell block that is one step. */
export interface BlockPart {
  /** From the naming comment; undefined where no comment names it. */
  title?: string;
  /** What runs, cut at whole statements; undefined where the part is only an instruction. */
  shell?: { text: string; line: number };
  /** What stands in comments: the instruction of a manual part, remarks of another. */
  remarks: string[];
  /** 1-based line inside the block. */
  line: number;
  condition?: string;
  /** "Option 1": one of several that a person chooses from. */
  option?: string;
  /** "# Or ...": instead of the part before it. */
  orBefore?: true;
  expectation?: { text: string; line: number };
  /** A query that stands between the commands and is for another tool: `SELECT ...` in a shell block. */
  query?: { text: string; line: number };
}
