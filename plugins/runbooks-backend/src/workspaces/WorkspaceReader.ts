import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { textOfContent } from './textOfContent';

const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * Reads single files of a laid-out workspace while a step is judged, which is not done in turns: at most 1 MiB each,
 * and nothing that a link leads out to.
 */
export class WorkspaceReader {
  readonly #root: string;

  constructor(directory: string) {
    this.#root = realpathSync(directory);
  }

  /** Where a path leads, links followed; undefined where nothing is there or it leads out. */
  realPath(file: string): string | undefined {
    try {
      const found = path.relative(
        this.#root,
        realpathSync(path.join(this.#root, file)),
      );
      return found === '..' || found.startsWith('../') ? undefined : found;
    } catch {
      return undefined;
    }
  }

  /** Undefined where there is no such file, or it is not text, or too long. */
  text(file: string): string | undefined {
    const real = this.realPath(file);
    if (real === undefined) return undefined;
    const place = path.join(this.#root, real);
    const stat = statSync(place);
    if (!stat.isFile() || stat.size > MAX_TEXT_BYTES) return undefined;
    return textOfContent(readFileSync(place));
  }
}
