/** Beginnings of the names of the months, January first, without accents: enough letters to tell them apart. */
const MONTHS: string[][] = [
  'jan ene gen янв'.split(' '),
  'feb fev fév lut фев'.split(' '),
  'mar mär mrt мар'.split(' '),
  'apr abr avr kwi апр'.split(' '),
  'may mai maj mei mag май мая'.split(' '),
  'jun juin giu cze июн'.split(' '),
  'jul juil lug lip июл'.split(' '),
  'aug ago aou aoû sie авг'.split(' '),
  'sep set wrz сен'.split(' '),
  'oct okt out ott paz paź окт'.split(' '),
  'nov lis ноя'.split(' '),
  'dec dez déc dic gru дек'.split(' '),
];

interface WrittenDay {
  year: number;
  month: number;
  day: number;
}

const READERS: Array<{
  pattern: RegExp;
  day(found: RegExpExecArray): WrittenDay | undefined;
}> = [
  {
    // 2025-01-28, 2025/1/28, 2025. 1. 28.
    pattern: /(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)/,
    day: found => numbers(found[1], found[2], found[3]),
  },
  {
    // 2025年1月28日, 2025년 1월 28일
    pattern: /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/,
    day: found => numbers(found[1], found[2], found[3]),
  },
  {
    // January 28th, 2025
    pattern: /(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/u,
    day: found => numbers(found[3], monthOf(found[1]), found[2]),
  },
  {
    // 28 January 2025, 28. Januar 2025, 28 de enero de 2025, 28-Jan-2025
    pattern:
      /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º)?[. -]{1,3}(?:de |of )?(\p{L}{3,10})\.?[, -]{1,3}(?:de )?(\d{4})(?!\d)/u,
    day: found => numbers(found[3], monthOf(found[2]), found[1]),
  },
  {
    // 28.01.2025
    pattern: /(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/,
    day: found => numbers(found[3], found[2], found[1]),
  },
  {
    // 28/01/2025 and 01/28/2025, where only one reading is a day
    pattern: /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)/,
    day: found => {
      const [first, second] = [Number(found[1]), Number(found[2])];
      if (first > 12) return numbers(found[3], second, first);
      return second > 12 || first === second
        ? numbers(found[3], first, second)
        : undefined;
    },
  },
];

/**
 * The day that a text names, as an ISO day; undefined where it names none ("October 2025", "soon") or one that does
 * not exist. `03/04/2025` names none: people read it in two ways; `25/04/2025` can be read in one.
 */
export function readDay(text: string): string | undefined {
  for (const read of READERS) {
    const found = read.pattern.exec(text);
    const written = found && read.day(found);
    const day = written && isoDay(written);
    if (day) return day;
  }
  return undefined;
}

function numbers(
  year: string | number,
  month: string | number,
  day: string | number,
): WrittenDay {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return (
    MONTHS.findIndex(beginnings =>
      beginnings.some(beginning => lower.startsWith(beginning)),
    ) + 1
  );
}

function isoDay({ year, month, day }: WrittenDay): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined;
}
