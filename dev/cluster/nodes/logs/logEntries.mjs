import { behaviourOf } from '../behaviour.mjs';
import { fillIn } from '../answers/fillIn.mjs';
import { linesOf } from '../commands/results.mjs';
import { toSeconds } from '../instants.mjs';

/** No more lines than these are made for one answer, the newest ones. */
const MOST_LINES = 5000;

const USUAL = {
  start: ['level=info msg="starting" image={{image}}'],
  lines: ['level=info msg="request handled" status=200 n={{n}} pod={{pod}}'],
  everyMs: 1000,
};
const ENDING = {
  start: [
    'level=info msg="starting" image={{image}}',
    'panic: simulated crash in {{container}}',
  ],
  lines: [],
  everyMs: 1000,
};
const JOB = {
  start: [
    'level=info msg="starting" image={{image}}',
    'level=info msg="working"',
  ],
  lines: [],
  everyMs: 1000,
};

/** The log of a container that has printed exactly this; undefined stays undefined. */
export function printedLog(text) {
  if (text === undefined) return undefined;
  return { start: linesOf(text), lines: [], everyMs: 1000 };
}

/** How a container writes its log when no rule says otherwise. */
export function usualLog(image, { ends }) {
  if (['crash', 'oom', 'fail'].includes(behaviourOf(image))) return ENDING;
  return ends ? JOB : USUAL;
}

/**
 * The lines that a container has written between its start and `until`, each as
 * `{ n, at, text }`, `at` in milliseconds. The same call later gives the same
 * lines and more.
 */
export function logEntries(rule, target, startedAtMs, untilMs) {
  const entries = rule.start.map((text, index) => ({
    n: index,
    at: startedAtMs,
    text,
  }));
  if (rule.lines.length > 0) {
    const written = Math.max(
      0,
      Math.floor((untilMs - startedAtMs) / rule.everyMs),
    );
    for (
      let line = Math.max(0, written - MOST_LINES);
      line < written;
      line += 1
    ) {
      entries.push(entryAt(rule, line, startedAtMs));
    }
  }
  return entries.map(entry => ({
    ...entry,
    text: fillIn(entry.text, target, {
      n: entry.n,
      now: toSeconds(new Date(entry.at)),
    }),
  }));
}

function entryAt(rule, line, startedAtMs) {
  return {
    n: rule.start.length + line,
    at: startedAtMs + (line + 1) * rule.everyMs,
    text: rule.lines[line % rule.lines.length],
  };
}

/** Leaves what the options of `kubectl logs` ask for: since when, how many of the last. */
export function selectEntries(
  entries,
  { sinceMs = -Infinity, tail = Infinity },
) {
  const young = entries.filter(entry => entry.at >= sinceMs);
  return tail >= young.length ? young : young.slice(young.length - tail);
}

/** One line as it is sent, with its instant in front where that is wanted. */
export function formatEntry(entry, { timestamps = false }) {
  const instant = new Date(entry.at).toISOString().replace('Z', '000000Z');
  return timestamps ? `${instant} ${entry.text}\n` : `${entry.text}\n`;
}
