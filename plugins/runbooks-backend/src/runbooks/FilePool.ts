import type { RepositoryFile } from './Repository';

/** How many files and bytes. */
export interface TakeLimits {
  files: number;
  bytes: number;
}

/** Files with a bound; once it is passed, nothing more is read. */
export class FilePool {
  readonly limits: TakeLimits;
  readonly #files = new Map<string, RepositoryFile>();
  #round: RepositoryFile[] = [];
  #admitted: string[] = [];
  #announcedBytes = 0;
  #bytes = 0;
  isOver = false;

  constructor(limits: TakeLimits) {
    this.limits = limits;
  }

  startRound(): void {
    for (const file of this.#round) this.#files.set(file.path, file);
    this.#round = [];
    this.#admitted = [];
    this.#announcedBytes = this.#bytes;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  admits(path: string, sizeBytes: number): boolean {
    if (this.isOver) return false;
    this.#announcedBytes += sizeBytes;
    if (
      this.#announcedBytes > this.limits.bytes ||
      this.#files.size + this.#admitted.length >= this.limits.files
    ) {
      this.#stop();
      return false;
    }
    this.#admitted.push(path);
    return true;
  }

  /** False where it was too much. */
  add(file: RepositoryFile): boolean {
    if (this.isOver) return false;
    this.#bytes += file.content.length;
    if (this.#bytes > this.limits.bytes) {
      this.#stop();
      return false;
    }
    this.#round.push(file);
    return true;
  }

  admitted(): string[] {
    return this.#admitted;
  }

  filesOfRound(): RepositoryFile[] {
    return this.#round;
  }

  files(): RepositoryFile[] {
    return [...this.#files.values(), ...this.#round];
  }

  #stop(): void {
    this.isOver = true;
    this.#round = [];
    this.#files.clear();
  }
}
