/**
 * Something that is fetched, as a screen needs to show it.
 *
 * A refresh that fails keeps the value and says why it may be old: what was on the screen never disappears.
 */
export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: Error }
  | { status: 'ready'; value: T; refreshError?: Error };

/** A loaded value with the way to ask for it again. */
export type Reloadable<T> = Loaded<T> & {
  /** When a person asks: a failure gives way to waiting. */
  reload: () => void;
  /** When nobody asked: what is shown stays until there is an answer. */
  renew: () => void;
};
