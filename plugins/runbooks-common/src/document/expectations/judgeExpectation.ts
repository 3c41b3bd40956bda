import { assertNever } from '../../assertNever';
import type { Expectation, ExpectationCheck } from '../model';

/** What came of one check of an expectation. @public */
export interface JudgedCheck {
  check: ExpectationCheck;
  /** `unclear` where the output does not hold what the check is about: a person decides. */
  verdict: 'met' | 'missed' | 'unclear';
  /** In words for people. */
  because: string;
}

type Verdict = Omit<JudgedCheck, 'check'>;

/** A warning seen this often repeats. */
const REPEATS = 2;

/**
 * Compares what a step printed with what the document says good looks like. Never throws; what cannot be found in
 * the output is unclear, never met.
 *
 * @public
 */
export function judgeExpectation(
  expectation: Expectation,
  output: string,
  exitCode?: number,
): JudgedCheck[] {
  return expectation.checks.map(check => ({
    check,
    ...judge(check, output, exitCode),
  }));
}

function judge(
  check: ExpectationCheck,
  output: string,
  exitCode: number | undefined,
): Verdict {
  switch (check.kind) {
    case 'contains':
      return output.includes(check.text)
        ? met(`The output holds "${check.text}"`)
        : missed(`The output does not hold "${check.text}"`);
    case 'absent':
      return output.includes(check.text)
        ? missed(`The output holds "${check.text}"`)
        : met(`The output does not hold "${check.text}"`);
    case 'matches':
      return judgePattern(check.pattern, check.flags, output);
    case 'ready':
      return judgeReady(output);
    case 'equal-numbers':
      return judgeEqualNumbers(check.names, output);
    case 'not-empty':
      return judgeNotEmpty(check.column, output);
    case 'no-repeats':
      return judgeRepeats(check.of, output);
    case 'threshold':
      return judgeThreshold(check, output);
    case 'exit-zero':
      if (exitCode === undefined) return unclear('The exit code is not known');
      return exitCode === 0
        ? met('It ended with 0')
        : missed(`It ended with ${exitCode}`);
    default:
      return assertNever(check);
  }
}

function judgePattern(
  pattern: string,
  flags: string | undefined,
  output: string,
): Verdict {
  try {
    return new RegExp(pattern, flags).test(output)
      ? met(`The output matches ${pattern}`)
      : missed(`The output does not match ${pattern}`);
  } catch {
    return unclear(`"${pattern}" is not a pattern that can be checked`);
  }
}

function judgeReady(output: string): Verdict {
  const rows = readColumns(output);
  const counts = rows.flatMap(row => {
    const value = row.READY ?? '';
    const found = /^(\d+)\/(\d+)$/.exec(value);
    if (value === 'True' || value === 'False') {
      const ready = value === 'True' ? 1 : 0;
      return [{ name: row.NAME ?? value, ready, wanted: 1 }];
    }
    return found
      ? [
          {
            name: row.NAME ?? value,
            ready: Number(found[1]),
            wanted: Number(found[2]),
          },
        ]
      : [];
  });
  if (counts.length === 0)
    return unclear('The output has no READY column with counts');
  const behind = counts.find(
    ({ ready, wanted }) => ready < wanted || wanted === 0,
  );
  return behind
    ? missed(`${behind.name} has ${behind.ready}/${behind.wanted} ready`)
    : met(
        counts.length === 1
          ? `${counts[0].name} is ready`
          : `All ${counts.length} are ready`,
      );
}

function judgeEqualNumbers(names: readonly string[], output: string): Verdict {
  if (names.length > 0) {
    const rows = readColumns(output).filter(row =>
      names.every(name => row[name] !== undefined),
    );
    if (rows.length === 0)
      return unclear(`The output has no columns ${names.join(' and ')}`);
    const unequal = rows.find(
      row => new Set(names.map(name => row[name])).size > 1,
    );
    return unequal
      ? missed(`${names.map(name => `${name} is ${unequal[name]}`).join(', ')}`)
      : met(`${names.join(' and ')} are the same`);
  }
  const numbers = output
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^\d+$/.test(line));
  if (numbers.length < 2)
    return unclear(
      'The output has fewer than two numbers on lines of their own',
    );
  return new Set(numbers).size === 1
    ? met(`All ${numbers.length} numbers are ${numbers[0]}`)
    : missed(
        `The numbers differ: ${[...new Set(numbers)].slice(0, 4).join(', ')}`,
      );
}

function judgeNotEmpty(column: string | undefined, output: string): Verdict {
  if (column === undefined) {
    return output.trim() === ''
      ? missed('The output is empty')
      : met('The output is not empty');
  }
  const rows = readColumns(output).filter(row => row[column] !== undefined);
  if (rows.length === 0) return unclear(`The output has no column ${column}`);
  const empty = rows.find(
    row => row[column] === '' || row[column] === '<none>',
  );
  return empty
    ? missed(`${empty.NAME ?? 'A line'} has no ${column}`)
    : met(`${column} is not empty`);
}

function judgeRepeats(of: string, output: string): Verdict {
  const seen = output.split('\n').filter(line => line.includes(of));
  const counted = seen.some(line => /\(x(?:[2-9]|\d{2,})\b/.test(line));
  if (seen.length >= REPEATS || counted) {
    return missed(`"${of}" repeats`);
  }
  return met(
    seen.length === 0 ? `"${of}" does not appear` : `"${of}" appears once`,
  );
}

function judgeThreshold(
  check: Extract<ExpectationCheck, { kind: 'threshold' }>,
  output: string,
): Verdict {
  const value = numberOf(check.subject, check.unit, output);
  const limit = `${check.comparison} ${check.value}${check.unit ?? ''}`;
  if (value === undefined) {
    return unclear(`The output does not tell ${check.subject} (${limit})`);
  }
  return compare(value, check.comparison, check.value)
    ? met(`${check.subject} is ${value}${check.unit ?? ''}, ${limit}`)
    : missed(`${check.subject} is ${value}${check.unit ?? ''}, not ${limit}`);
}

/** The one number that stands behind the subject, in the same unit; none when it is not named or stands twice. */
function numberOf(
  subject: string,
  unit: string | undefined,
  output: string,
): number | undefined {
  const found = new Set<number>();
  const wanted = subject.toLowerCase();
  for (const line of output.split('\n')) {
    const at = line.toLowerCase().indexOf(wanted);
    if (at === -1) continue;
    const rest = line.slice(at + wanted.length, at + wanted.length + 80);
    const number = /^\W{0,12}(-?\d+(?:\.\d+)?)\s*(%|[A-Za-z]+)?/.exec(rest);
    if (number && sameUnit(unit, number[2])) found.add(Number(number[1]));
  }
  const [first] = found;
  return found.size === 1 ? first : undefined;
}

function sameUnit(
  wanted: string | undefined,
  written: string | undefined,
): boolean {
  if (wanted === undefined) return true;
  return (written ?? '').toLowerCase() === wanted.toLowerCase();
}

function compare(value: number, comparison: string, limit: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    default:
      return value === limit;
  }
}

/**
 * The lines of a table as kubectl prints it, by column. A column begins where its heading begins, because values may
 * be empty or hold blanks; where lines do not keep to that, they are cut at blanks.
 */
function readColumns(output: string): Array<Record<string, string>> {
  const rows: Array<Record<string, string>> = [];
  let headers: Array<{ name: string; start: number }> | undefined;
  for (const line of output.split('\n')) {
    if (line.trim() === '') {
      headers = undefined;
      continue;
    }
    if (
      /^[A-Z][A-Z0-9()/-]*(?: [0-9()/-][A-Z0-9()/-]*)*\s+[A-Z][A-Z0-9()%/-]*(?: [0-9()%/-][A-Z0-9()%/-]*|\s+[A-Z][A-Z0-9()%/-]*)*\s*$/.test(
        line,
      )
    ) {
      headers = [...line.matchAll(/\S+(?: \S+)*/g)].map(match => ({
        name: match[0],
        start: match.index,
      }));
      continue;
    }
    if (!headers) continue;
    rows.push(rowOf(line, headers));
  }
  return rows;
}

function rowOf(
  line: string,
  headers: ReadonlyArray<{ name: string; start: number }>,
): Record<string, string> {
  const isAligned = headers.every(
    ({ start }) =>
      start === 0 || start > line.length || /\s/.test(line[start - 1]),
  );
  const words = line.trim().split(/\s+/);
  return Object.fromEntries(
    headers.map(({ name, start }, index) => [
      name,
      isAligned
        ? line.slice(start, headers[index + 1]?.start).trim()
        : words[index] ?? '',
    ]),
  );
}

function met(because: string): Verdict {
  return { verdict: 'met', because };
}

function missed(because: string): Verdict {
  return { verdict: 'missed', because };
}

function unclear(because: string): Verdict {
  return { verdict: 'unclear', because };
}
