import { setPriority } from 'node:os';

const LOW = 10;

/** Leaves the processor to others where they want it; not being allowed to is no failure. */
export function lowerPriority(pid) {
  try {
    if (pid !== undefined) setPriority(pid, LOW);
  } catch {
    // The work is only less polite then.
  }
}
