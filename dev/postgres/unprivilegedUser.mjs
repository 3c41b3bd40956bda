import { readFileSync } from 'node:fs';
import { isRoot } from '../places.mjs';
import { Refusal } from '../say.mjs';

/** Postgres refuses to run as root; any of these is on every Linux system. */
const CANDIDATES = ['postgres', 'daemon', 'nobody'];

/** The `{ uid, gid }` to run Postgres with when we are root; undefined when we are not. */
export function unprivilegedUser() {
  if (!isRoot) return undefined;
  const users = parsePasswd(readFileSync('/etc/passwd', 'utf8'));
  const name = CANDIDATES.find(candidate => users.has(candidate));
  if (!name) {
    throw new Refusal(
      `Postgres does not run as root, and none of the users ${CANDIDATES.join(
        ', ',
      )} exists here; start as an ordinary user.`,
    );
  }
  return users.get(name);
}

/** Reads the lines of /etc/passwd into a map from name to `{ uid, gid }`. */
export function parsePasswd(text) {
  const users = new Map();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (gid !== undefined)
      users.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return users;
}
