import { callsKnownTool, kindOfLine, type LineKind } from './lineKinds';

/**
 * What each line of a block looks like, seen together with the lines around it: rows under the rule of a table,
 * settings under a `[section]`, short statements beside SQL.
 */
export function kindsOfLines(texts: readonly string[]): LineKind[] {
  const kinds = texts.map(kindOfLine);
  markTables(texts, kinds);
  markSections(texts, kinds);
  markStatements(texts, kinds);
  return kinds;
}

/** `----+-----` or `-----  ----`, as clients of databases and PowerShell draw under their column names. */
const RULE = /^\s*[|+]?\s?---[-+|\s]*$/;
/** A rule ends in one corner, not in two. */
const TWO_CORNERS = /[|+]\s*[|+]\s*$/;

function isRule(text: string): boolean {
  return RULE.test(text) && !TWO_CORNERS.test(text);
}

//    id |  state  | age      the names stand right above the rule,
//   ----+---------+-----
//     1 | running | 00:10    the rows below, up to an empty line
function markTables(texts: readonly string[], kinds: LineKind[]): void {
  texts.forEach((text, rule) => {
    if (!isRule(text) || /^\s*-{3}\s*$/.test(text)) return;
    kinds[rule] = 'table';
    if (rule > 0 && isRow(texts[rule - 1], kinds[rule - 1])) {
      kinds[rule - 1] = 'table';
    }
    for (let row = rule + 1; row < texts.length; row += 1) {
      if (!isRow(texts[row], kinds[row])) break;
      kinds[row] = 'table';
    }
  });
}

function isRow(text: string, kind: LineKind): boolean {
  return kind !== 'blank' && kind !== 'comment' && !callsKnownTool(text);
}

/** Below `[Service]`, `Key=value` is a setting and no assignment. */
function markSections(texts: readonly string[], kinds: LineKind[]): void {
  let inSection = false;
  texts.forEach((text, index) => {
    if (/^\s*\[[A-Za-z][\w. -]*\]\s*$/.test(text)) inSection = true;
    else if (inSection && /^\s*[A-Za-z][\w.-]*\s*=/.test(text)) {
      kinds[index] = 'configuration';
    } else if (inSection && callsKnownTool(text)) inSection = false;
  });
}

/** `stop slave;` is SQL where other lines are. */
function markStatements(texts: readonly string[], kinds: LineKind[]): void {
  if (!kinds.includes('sql')) return;
  texts.forEach((text, index) => {
    if (
      /^\s*[A-Za-z_]+(?: [\w.*@'"%-]+){0,8};\s*$/.test(text) &&
      !callsKnownTool(text)
    ) {
      kinds[index] = 'sql';
    }
  });
}
