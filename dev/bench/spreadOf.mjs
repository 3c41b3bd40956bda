/** Median and 95th percentile. */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95) };
}
