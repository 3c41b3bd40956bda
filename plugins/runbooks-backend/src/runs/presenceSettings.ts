/** How a worker shows that it is there, and how long it may be away. */
export interface PresenceSettings {
  /** It is seen so often. */
  beatMs: number;
  /**
   * What it works on is taken over when it was not seen for this long. Much longer than the pause between two beats and
   * what connecting to the database takes.
   */
  takeOverMs: number;
  /** It is not seen any more where its event loop stood still for this long: nothing will come of its work. */
  longestFreezeMs: number;
}

/** A crash is taken over after 20 seconds. A frozen event loop is waited for, for ten minutes. */
export const DEFAULT_PRESENCE: PresenceSettings = {
  beatMs: 2_500,
  takeOverMs: 20_000,
  longestFreezeMs: 600_000,
};
