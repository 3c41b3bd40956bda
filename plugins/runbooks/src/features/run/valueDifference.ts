import { countWords } from '../../words/procedureWords';
import type { DifferenceLine } from './approvalView';

/** So many lines stand before and after those that differ. */
const CONTEXT_LINES = 2;

/**
 * How a long value differs, line by line: what it begins and ends with on both sides stays, and what is between went
 * and came. Lines that stay, far from those that differ, are counted.
 */
export function valueDifference(
  before: string | undefined,
  after: string | undefined,
): DifferenceLine[] {
  const isEnded = [before, after].every(
    value => value === undefined || value.endsWith('\n'),
  );
  const [old, now] = [before, after].map(value =>
    linesOf(isEnded ? value?.slice(0, -1) : value),
  );
  const head = sameCount(old, now);
  const tail = sameCount(old.slice(head).reverse(), now.slice(head).reverse());
  return [
    ...ending(old.slice(0, head)),
    ...old.slice(head, old.length - tail).map(text => line('removed', text)),
    ...now.slice(head, now.length - tail).map(text => line('added', text)),
    ...beginning(old.slice(old.length - tail)),
  ];
}

function linesOf(value: string | undefined): string[] {
  return value === undefined ? [] : value.split('\n');
}

/** How many lines both begin with. */
function sameCount(one: string[], other: string[]): number {
  const differs = one.findIndex((text, index) => text !== other[index]);
  return differs < 0 ? one.length : differs;
}

function ending(lines: string[]): DifferenceLine[] {
  const left = Math.max(lines.length - CONTEXT_LINES, 0);
  return [
    ...leftOut(left),
    ...lines.slice(left).map(text => line('same', text)),
  ];
}

function beginning(lines: string[]): DifferenceLine[] {
  return [
    ...lines.slice(0, CONTEXT_LINES).map(text => line('same', text)),
    ...leftOut(Math.max(lines.length - CONTEXT_LINES, 0)),
  ];
}

function leftOut(count: number): DifferenceLine[] {
  return count === 0
    ? []
    : [line('same', `… ${countWords(count, 'line')} the same …`)];
}

const SIGNS = { added: '+', removed: '-', same: ' ' } as const;

function line(kind: DifferenceLine['kind'], text: string): DifferenceLine {
  return { kind, text: `${SIGNS[kind]} ${text}` };
}
