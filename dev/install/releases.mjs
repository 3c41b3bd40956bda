/**
 * The releases of Backstage that the README's table names and the lane `install` makes fresh apps of, newest first.
 *
 * - `lastDay`: nothing that was published later belongs to the release; mixed with it, an app has second copies of
 *   Backstage.
 * - `isBumped`: there is no create-app of it here, so the newest create-app's app is raised to it.
 */
export const RELEASES = [
  { version: '1.57.0', lastDay: '2026-11-27', isBumped: true },
  { version: '1.55.0', lastDay: '2026-10-19', isBumped: false },
];

/** What package.json of a published package says of them: a range from the oldest to the newest. */
export const SUPPORTED_VERSIONS = `${RELEASES.at(-1).version} - ${
  RELEASES[0].version
}`;
