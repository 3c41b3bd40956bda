import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
} from 'yaml';
import type { OnCallProblem } from './parseOnCallDocument';

/** A YAML text that was read, with the way from values back to lines. */
export interface ReadYaml {
  ok: true;
  value: unknown;
  /** Line of the value or of the nearest thing around it that is there. */
  lineOf(path: Array<string | number>): number | undefined;
  valueAt(path: Array<string | number>): unknown;
}

/** Reads one YAML document. Never throws; syntax errors come with their lines. */
export function readYaml(
  text: string,
): ReadYaml | { ok: false; problems: OnCallProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map(error => ({
        message: `This is not YAML: ${error.message.split('\n')[0]}`,
        line: error.linePos?.[0].line,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ message: `This is not YAML: ${message}` }],
    };
  }
  return {
    ok: true,
    value,
    lineOf: path => lineOf(document.contents, path, lines),
    valueAt: path =>
      path.reduce<unknown>(
        (at, key) =>
          typeof at === 'object' && at !== null
            ? (at as Record<string | number, unknown>)[key]
            : undefined,
        value,
      ),
  };
}

function lineOf(
  contents: Node | null,
  path: Array<string | number>,
  lines: LineCounter,
): number | undefined {
  let node: unknown = contents;
  let offset = contents?.range?.[0];
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        item => isScalar(item.key) && item.key.value === key,
      );
      if (!pair) break;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else {
      break;
    }
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
