/** Instants around now, for fakes. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

/** An instant ahead of now. */
export function hoursAhead(hours: number): string {
  return hoursAgo(-hours);
}
