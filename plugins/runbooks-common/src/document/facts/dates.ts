const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * The day that a text names, as an ISO day; undefined where it names none ("October 2025", "soon") or one that does
 * not exist. `03/04/2025` names none: people read it in two ways.
 */
export function readDay(text: string): string | undefined {
  const iso = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text);
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const monthFirst =
    /\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/.exec(text);
  if (monthFirst) {
    return isoDay(
      Number(monthFirst[3]),
      monthOf(monthFirst[1]),
      Number(monthFirst[2]),
    );
  }
  const dayFirst =
    /\b(\d{1,2})(?:st|nd|rd|th)?[. -]+([A-Za-z]{3,9})\.?[, -]+(\d{4})\b/.exec(
      text,
    );
  if (dayFirst) {
    return isoDay(
      Number(dayFirst[3]),
      monthOf(dayFirst[2]),
      Number(dayFirst[1]),
    );
  }
  const german = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/.exec(text);
  return german
    ? isoDay(Number(german[3]), Number(german[2]), Number(german[1]))
    : undefined;
}

function monthOf(name: string): number {
  return (
    MONTHS.findIndex(month =>
      month.startsWith(name.toLowerCase().slice(0, 3)),
    ) + 1
  );
}

function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined;
}
