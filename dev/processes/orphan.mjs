const LOOK_EVERY_MS = 1000;

/**
 * Calls `onOrphaned` once when npm, which started this process through a shell,
 * is gone: npm passes a signal on to the shell only, which ends without telling
 * us. Does nothing for a process that was not started by npm.
 */
export function watchNpm(onOrphaned) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, LOOK_EVERY_MS);
  timer.unref();
}
