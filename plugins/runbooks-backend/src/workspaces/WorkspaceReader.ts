import {
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { isKept } from './workspaceFiles';

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_LINKS = 2_000;

/**
 * Reads single files of a laid-out workspace while a step is judged, which is not done in turns: at most 1 MiB each,
 * and nothing that a link leads out to.
 */
export class WorkspaceReader {
  readonly #root: string;
  #links: Map<string, string> | undefined;

  constructor(directory: string) {
    this.#root = realpathSync(directory);
  }

  /**
   * The links that steps hand on, and where each says that it leads, whether something is there or not; undefined
   * where they are more than 2,000.
   */
  links(): ReadonlyMap<string, string> | undefined {
    this.#links ??= this.#linksBelow('', new Map());
    return this.#links.size > MAX_LINKS ? undefined : this.#links;
  }

  #linksBelow(below: string, found: Map<string, string>) {
    for (const entry of readdirSync(path.join(this.#root, below), {
      withFileTypes: true,
    })) {
      if (found.size > MAX_LINKS) break;
      const file = path.posix.join(below, entry.name);
      if (!isKept(file)) continue;
      if (entry.isDirectory()) this.#linksBelow(file, found);
      else if (entry.isSymbolicLink())
        found.set(file, readlinkSync(path.join(this.#root, file)));
    }
    return found;
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
    const text = readFileSync(place, 'utf8');
    return text.includes('\0') ? undefined : text;
  }
}
