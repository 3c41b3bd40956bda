import type { EntityFilter } from '../scope/decideScope';
import type { EntityRef, Instant } from '../time';

/**
 * What keeps steps that change something from starting.
 *
 * - `stop`: somebody stopped all changes, or the configuration did.
 * - `freeze`: a window of time in which nothing is changed.
 *
 * @public
 */
export interface Hold {
  kind: 'stop' | 'freeze';
  /** What people call it: "Year end". */
  name: string;
  /** Why, in the words of whoever made it. */
  because?: string;
  /** Who stopped; nobody where the configuration did. */
  by?: EntityRef;
  /** Of a stop: since when. */
  since?: Instant;
  /** When it ends by itself. */
  until?: Instant;
  /** It holds for what these have; for everybody where it is missing. */
  entityRefs?: EntityRef[];
  /** Names of the clusters on which it holds; missing: runs on any cluster, and those that need none. */
  clusters?: string[];
}

/** A freeze window, as the operator configured it. @public */
export interface FreezeWindow {
  name: string;
  because?: string;
  /** From this moment on ... */
  from: Instant;
  /** ... until before this one. */
  until: Instant;
  /** Missing: all. */
  entities?: EntityFilter;
  /** Names of clusters; missing: runs on any cluster, and those that need none. */
  clusters?: readonly string[];
}

/** Holds as one person sees them, and whether they may make and end a stop. @public */
export interface HoldsView {
  holds: Hold[];
  mayStop: boolean;
}
