/** The command line cannot be understood, or names an input that cannot be read: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
