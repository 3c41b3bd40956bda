/** What a command may touch of the outside world; tests give another one. @public */
export interface CommandLine {
  /** Bytes of a file; throws what `fs` throws. */
  readFile(path: string): Buffer;
  /** Bytes of a file piece by piece, for what may be large; fails as `fs` does. */
  streamFile(path: string): AsyncIterable<Buffer>;
  /** All of standard input. */
  readStdin(): Promise<Buffer>;
  out(text: string): void;
  err(text: string): void;
  /** Colours are for people only. */
  isTerminal: boolean;
  /** Today as an ISO day, in local time. */
  today: string;
}
