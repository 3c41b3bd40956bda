import { watchNpm } from './orphan.mjs';

/**
 * A signal of the abort kind that fires at the first Ctrl-C, SIGTERM or SIGHUP,
 * or when the npm that started us is gone; further ones change nothing.
 */
export function untilAskedToEnd() {
  const aborter = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => aborter.abort());
  }
  watchNpm(() => aborter.abort());
  return aborter.signal;
}
