import type { Expectation, ExpectationCheck } from '../model';
import { takeFences } from './takeFences';

/**
 * Reads what good looks like: the text as written, and what of it can be checked without a person.
 *
 * ```text
 * Observed generation catches up (same numbers):      equal numbers
 * deployment "api" successfully rolled out            contains "successfully rolled out"
 * Pods are `Running` and `Ready`                      READY n/n, contains Running
 * No repeating warnings like: - `FailedScheduling`    no repeats of each
 * Error rate < 0.5%                                   threshold
 * ```
 */
export function readExpectation(text: string, line: number): Expectation {
  const { prose: whole, fences } = takeFences(text);
  const prose = withoutTurns(whole);
  const checks = [
    ...proseChecks(prose),
    ...fences.flatMap(fence => fenceChecks(fence, prose)),
  ];
  return { text, line, checks: withoutDuplicates(checks) };
}

const TURN = /^[-*+\s]{0,8}(?:if|otherwise|in case|unless|when)\b/i;
const GOES_WELL =
  /\b(?:success\w*|everything|all|healthy|correct\w*|works?|worked|ok|okay|fine|well|done|complete\w*|finish\w*|ready|passes|passed)\b/i;
const PASSES =
  /\b(?:for a (?:few|short|moment|while|second|minute)|briefly|temporarily|at first|initially)\b/i;

/**
 * A text without what holds only at times: "If `False`, look at its events", "`stopped` for a few seconds". "If all
 * is well it prints `OK`" stays.
 */
function withoutTurns(prose: string): string {
  return prose
    .split('\n')
    .map(line =>
      line
        .split(/(?<=[.!?])(?=\s)/)
        .filter(sentence => !TURN.test(sentence) || GOES_WELL.test(sentence))
        .join('')
        .split(/(?<=[,;.])/)
        .filter(clause => !PASSES.test(clause))
        .join(''),
    )
    .join('\n');
}

/** What "should return nothing" is checked with. */
export const EMPTY_OUTPUT = '^\\s*$';

/** Text in code marks or quotes that an output would hold as it stands. */
const SPAN = /`([^`\n]{2,80})`|"([^"\n]{2,80})"|“([^”\n]{2,80})”/g;
const NEGATIVE = /\b(?:no|not|never|without|none|absence of|free of|zero)\b/i;
const REPEATS =
  /\bno (?:repeat(?:ing|ed)|recurring|new|further) (?:\w{1,40} ){0,5}?(?:warnings?|errors?|events?|messages?)\b/i;
const THRESHOLD =
  /([A-Za-z][A-Za-z0-9 ()/_-]{1,60}?)\s*(?:is |are |stays? |remains? |should be |must be )?(<=|>=|<|>|≤|≥|(?:is )?(?:below|under|less than|at most|above|over|more than|at least))\s*(\d+(?:\.\d+)?)\s*(%|ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h|[KMGT]i?B|replicas?|pods?|restarts?)?(?![\w.])/i;

function proseChecks(prose: string): ExpectationCheck[] {
  const checks: ExpectationCheck[] = [];
  const repeats = REPEATS.test(prose);
  if (
    /\b(?:same|equal|identical|matching) (?:numbers?|values?|counts?)\b/i.test(
      prose,
    )
  ) {
    checks.push({ kind: 'equal-numbers', names: [] });
  }
  const equals =
    /\b([A-Z]{3,}(?:[-_ ][A-Z]+){0,5})\s*={1,2}\s*([A-Z]{3,}(?:[-_ ][A-Z]+){0,5})\b/.exec(
      prose,
    );
  if (equals)
    checks.push({ kind: 'equal-numbers', names: [equals[1], equals[2]] });
  if (
    /\bREADY\b(?!\s*=)|\bpods?\b[^.\n]{0,60}\b(?:ready|READY)\b|\b(?:all|every)\b[^.\n]{0,40}\bready\b|`Ready`|\b[Ss]tatus:? Ready\b/.test(
      prose,
    ) &&
    !/\bnot ready\b/i.test(prose)
  ) {
    checks.push({ kind: 'ready' });
  }
  if (
    /\bendpoints?\b[^.\n]{0,60}\b(?:at least one|not empty|populated|non-?empty|ready address|listed|registered)\b|\b(?:at least one|non-?empty)\b[^.\n]{0,40}\bendpoints?\b/i.test(
      prose,
    )
  ) {
    checks.push({ kind: 'not-empty', column: 'ENDPOINTS' });
  }
  if (
    /\bexit (?:code|status)(?: of| is|:)? ?(?:0|zero)\b|\breturns? (?:0|zero)\b|\bexits? (?:0|zero|success\w*)\b|\bcommand succeeds\b/i.test(
      prose,
    )
  ) {
    checks.push({ kind: 'exit-zero' });
  }
  if (
    /\b(?:should|must|will) (?:return|be|show|print) (?:empty|nothing|no (?:output|results?|rows|lines))\b|^\W*(?:expected(?: output)?:?\s*)?(?:no output|empty(?: output)?|nothing)\W*$/i.test(
      prose,
    )
  ) {
    checks.push({ kind: 'matches', pattern: EMPTY_OUTPUT });
  }
  for (const line of prose.split('\n')) {
    checks.push(...lineChecks(line, repeats));
  }
  return checks;
}

function lineChecks(line: string, repeats: boolean): ExpectationCheck[] {
  const checks: ExpectationCheck[] = [];
  const threshold = THRESHOLD.exec(line.replace(/[`*]/g, ''));
  if (threshold) checks.push(thresholdCheck(threshold));
  const isBullet = /^\s*[-*+]\s/.test(line);
  for (const match of line.matchAll(SPAN)) {
    const text = match[1] ?? match[2] ?? match[3];
    if (!isOutputText(text)) continue;
    if (/^.?\s*column\b/i.test(line.slice(match.index + match[0].length)))
      continue;
    if (repeats && isBullet) checks.push({ kind: 'no-repeats', of: text });
    else if (isDenied(line, match.index)) checks.push({ kind: 'absent', text });
    else if (text !== 'Ready') checks.push({ kind: 'contains', text });
  }
  checks.push(...statusChecks(line));
  const reports = /\breports?\b/.exec(line);
  const bold = reports && lastBold(line.slice(reports.index));
  if (bold && !isDenied(line, reports.index))
    checks.push({ kind: 'contains', text: bold });
  return checks;
}

/** States that kubectl and its like print as they are written here. */
const STATES =
  /(?<![\w`"“-])(Running|Bound|Completed|Succeeded|Synced|Healthy|CrashLoopBackOff|ImagePullBackOff|Pending)(?![\w`"”-])/g;

/** "Pods are Running", "Status: Bound", without code marks; a line does not begin with a state that it means. */
function statusChecks(line: string): ExpectationCheck[] {
  return [...line.matchAll(STATES)]
    .filter(({ index }) => /\w/.test(line.slice(0, index)))
    .map(({ 0: text, index }) => ({
      kind: isDenied(line, index) ? ('absent' as const) : ('contains' as const),
      text,
    }));
}

/** True where the clause before a span says that it must not be there: "No `ERROR` lines". */
function isDenied(line: string, at: number): boolean {
  const clause =
    line
      .slice(0, at)
      .split(/[,;.:(]|\bbut\b|\bwith\b/)
      .at(-1) ?? '';
  return NEGATIVE.test(clause);
}

/** A command, a path or a placeholder in code marks is not what an output holds. */
function isOutputText(text: string): boolean {
  return (
    !/^(?:kubectl|helm|curl|\.\/|\/|-)/.test(text) &&
    !/[<>{}$]/.test(text) &&
    /[A-Za-z0-9]/.test(text)
  );
}

function thresholdCheck(match: RegExpExecArray): ExpectationCheck {
  const [, subject, comparison, value, unit] = match;
  return {
    kind: 'threshold',
    subject: subject
      .replace(/\b(?:is|are|be|should|must|stays?|remains?|the|a|an)\b/gi, ' ')
      .replace(/\s+/g, ' ')
      .replace(/\(\s*$/, '')
      .trim(),
    comparison: comparisonOf(comparison),
    value: Number(value),
    ...(unit ? { unit } : {}),
  };
}

function comparisonOf(words: string): '<' | '<=' | '>' | '>=' {
  const bare = words.toLowerCase().replace(/^is /, '');
  if (bare === '<=' || bare === '≤' || bare === 'at most') return '<=';
  if (bare === '>=' || bare === '≥' || bare === 'at least') return '>=';
  return bare === '<' ||
    bare === 'below' ||
    bare === 'under' ||
    bare === 'less than'
    ? '<'
    : '>';
}

function fenceChecks(fence: string, prose: string): ExpectationCheck[] {
  const lines = fence.split('\n').filter(line => line.trim() !== '');
  if (lines.length === 0) return [];
  const [head] = lines;
  const checks: ExpectationCheck[] = [];
  const columns = head.trim().split(/\s{2,}|\t/);
  if (/^(?:NAME|NAMESPACE)\b/.test(head) && columns.length > 1) {
    if (columns.includes('READY')) checks.push({ kind: 'ready' });
    if (columns.includes('ENDPOINTS'))
      checks.push({ kind: 'not-empty', column: 'ENDPOINTS' });
    return checks;
  }
  if (
    lines.length >= 2 &&
    lines.every(line => /^\d+$/.test(line.trim())) &&
    new Set(lines.map(line => line.trim())).size === 1
  ) {
    return [{ kind: 'equal-numbers', names: [] }];
  }
  const success = lines.map(successOf).find(found => found !== undefined);
  if (success) return [{ kind: 'contains', text: success }];
  return lines.length === 1 &&
    head.length <= 60 &&
    /^[\w"' .:,/-]+$/.test(head) &&
    !/\d{3,}|\b[0-9a-f]{8,}\b/.test(head) &&
    prose !== ''
    ? [{ kind: 'contains', text: head.trim() }]
    : [];
}

/** The part of an output line that says success, without the names in it. */
function successOf(line: string): string | undefined {
  return /\b(?:successfully (?:rolled out|completed|deployed|restored|updated|created|finished)|rolling update complete|condition met|completed successfully|test is successful|all checks passed|no errors found|PONG|"?status"?: ?"?(?:ok|healthy|UP|green)"?|is healthy)/i.exec(
    line,
  )?.[0];
}

function withoutDuplicates(checks: ExpectationCheck[]): ExpectationCheck[] {
  const seen = new Set<string>();
  return checks.filter(check => {
    const key = JSON.stringify(check);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function lastBold(text: string): string | undefined {
  const all = [...text.matchAll(/\*\*([^*]{4,60})\*\*/g)];
  return all[all.length - 1]?.[1];
}
