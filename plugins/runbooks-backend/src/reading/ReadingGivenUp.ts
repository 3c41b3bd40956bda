/** A text could not be read within its bounds. */
export class ReadingGivenUp extends Error {
  readonly name = 'ReadingGivenUp';
  /** With more time it might have been read. */
  readonly tookTooLong: boolean;
  /** The id of the step that was judged then. */
  readonly at: string | undefined;

  constructor(
    message: string,
    options: { tookTooLong?: boolean; at?: string } = {},
  ) {
    super(message);
    this.tookTooLong = options.tookTooLong ?? false;
    this.at = options.at;
  }
}
