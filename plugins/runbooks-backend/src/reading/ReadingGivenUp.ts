/** A text could not be read within its bounds. */
export class ReadingGivenUp extends Error {
  readonly name = 'ReadingGivenUp';
  /** With more time it might have been read. */
  readonly tookTooLong: boolean;

  constructor(message: string, options: { tookTooLong?: boolean } = {}) {
    super(message);
    this.tookTooLong = options.tookTooLong ?? false;
  }
}
