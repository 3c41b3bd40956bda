import { trimmed } from '../../text/trimmed';

/** A line that opens or closes a fenced block. */
export interface FenceLine {
  /** At least three backticks or tildes. */
  marks: string;
  /** What stands behind the marks, `bash` for instance. */
  info: string;
}

/** Backticks in the info would make it code inside a line. */
const FENCE = /^ {0,3}(?:(`{3,})([^`]*)|(~{3,})((?:[^`~][^`]*)?))$/;

/** Reads a line as the mark of a fenced block; undefined where it is none. */
export function readFenceLine(line: string): FenceLine | undefined {
  const found = FENCE.exec(line);
  if (!found) return undefined;
  const [, ticks, tickInfo, tildes, tildeInfo] = found;
  return {
    marks: ticks ?? tildes,
    info: trimmed(tickInfo ?? tildeInfo, /[ \t]/),
  };
}
