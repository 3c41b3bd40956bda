/** Who owns what a step may open; undefined where the backend's own user runs the steps. */
export interface StepUser {
  uid: number;
  gid: number;
}

/** "nobody", who owns nothing: runs the steps of a backend that is root. */
export const NOBODY: StepUser = { uid: 65534, gid: 65534 };

/** Who runs the steps: root never does, and any other backend runs them as its own user. */
export function stepUserOf(
  configured: StepUser | undefined,
): StepUser | undefined {
  const isRoot = process.getuid?.() === 0;
  return isRoot ? configured ?? NOBODY : undefined;
}

/** What a command begins with that runs as the steps' user. */
export function dropUser(user: StepUser | undefined): string[] {
  return user
    ? [
        'setpriv',
        ...['--reuid', `${user.uid}`, '--regid', `${user.gid}`],
        ...['--clear-groups', '--'],
      ]
    : [];
}
