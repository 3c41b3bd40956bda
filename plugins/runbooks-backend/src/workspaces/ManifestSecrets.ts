import { InputError } from '@backstage/errors';
import { mayDescribeSecrets } from '@backstage-runbooks/plugin-runbooks-common';
import type { JudgingProcesses } from '../reading/JudgingProcesses';
import { listFiles, readContent } from './workspaceFiles';

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** A Secret holds 1 MiB at most; larger files are no manifests that somebody wrote. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 2_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** What a run remembers of values. */
const MAX_VALUES = 10_000;
const MAX_VALUE_LENGTH = 1024 * 1024;
/** Contents whose values are remembered, and the characters of all of those. */
const MAX_KNOWN = 4_000;
const MAX_KNOWN_LENGTH = 4 * 1024 * 1024;
/** Of files whose values may be shown, a step is told this many by name. */
const MAX_NAMED = 3;

/** What no step may print of its own workspace. */
export interface FoundSecrets {
  values: Set<string>;
  /** Which Secrets are not among them, for people; undefined where all are. */
  notHidden?: string;
}

/**
 * Finds what no step may print of its own workspace. Manifests are read beside the event loop, once for each content:
 * share one of these.
 */
export class ManifestSecrets {
  readonly #judging: Pick<JudgingProcesses, 'secretValues'>;
  /** Values by the digest of the content, what was asked for last at the end. */
  readonly #known = new Map<string, readonly string[]>();
  #knownLength = 0;

  constructor(options: { judging: Pick<JudgingProcesses, 'secretValues'> }) {
    this.#judging = options.judging;
  }

  /**
   * Values of the Secrets that manifests in a workspace describe (`.yaml`, `.yml`, `.json`), so that no step prints
   * them. Follows no link. Read are files of at most 2 MiB, at most 2,000 different ones and 32 MiB together, in the
   * order of their folders, up to 10,000 values and 1 MiB of them; what does not fit is left out, named in
   * `notHidden`, and the next one is read. docs/redaction.md says so.
   *
   * @param person - Who waits for it.
   * @throws InputError where a manifest of Secrets cannot be read in time, or not whole: its values would not be
   * hidden. Of a template (`{{ }}`) what can be read is enough; it is named in `notHidden`.
   */
  async in(root: string, person: string): Promise<FoundSecrets> {
    const values = new Set<string>();
    const left: string[] = [];
    const seen = new Set<string>();
    let bytesLeft = MAX_BYTES;
    let length = 0;
    for (const [file, { bytes, digest, target }] of await listFiles(root)) {
      if (!MANIFEST.test(file) || target !== undefined || seen.has(digest)) {
        continue;
      }
      const fits =
        bytes <= MAX_FILE_BYTES && bytes <= bytesLeft && seen.size < MAX_FILES;
      if (!fits) {
        left.push(file);
        continue;
      }
      seen.add(digest);
      bytesLeft -= bytes;
      const found = await this.#valuesIn(root, file, digest, person);
      let isWhole = !found.isTemplate;
      for (const value of found.values) {
        if (values.has(value)) continue;
        const isOne =
          values.size < MAX_VALUES && length + value.length <= MAX_VALUE_LENGTH;
        if (isOne) {
          values.add(value);
          length += value.length;
        } else isWhole = false;
      }
      if (!isWhole) left.push(file);
    }
    return left.length === 0
      ? { values }
      : { values, notHidden: notHidden(left) };
  }

  async #valuesIn(
    root: string,
    file: string,
    digest: string,
    person: string,
  ): Promise<{ values: readonly string[]; isTemplate?: boolean }> {
    const known = this.#known.get(digest);
    if (known) {
      this.#known.delete(digest);
      this.#known.set(digest, known);
      return { values: known };
    }
    const read = await readContent(root, file);
    if (!read || read.kind === 'link') return { values: [] };
    const text = read.content.toString('utf8');
    if (!mayDescribeSecrets(text)) return { values: [] };
    const { values, complete } = await this.#readable(file, text, person);
    if (complete) this.#remember(digest, [...values]);
    else if (!text.includes('{{'))
      throw unreadable(
        file,
        'it is no whole YAML or JSON that all readers take alike',
      );
    return { values: [...values], isTemplate: !complete };
  }

  async #readable(file: string, text: string, person: string) {
    try {
      return await this.#judging.secretValues(text, person);
    } catch (error) {
      if ((error as Error).name !== 'ReadingGivenUp') throw error;
      throw unreadable(file, (error as Error).message, error as Error);
    }
  }

  #remember(digest: string, values: readonly string[]): void {
    this.#known.set(digest, values);
    this.#knownLength += lengthOf(values);
    for (const [oldest, old] of this.#known) {
      const isFull =
        this.#known.size > MAX_KNOWN || this.#knownLength > MAX_KNOWN_LENGTH;
      if (!isFull) return;
      this.#known.delete(oldest);
      this.#knownLength -= lengthOf(old);
    }
  }
}

function lengthOf(values: readonly string[]): number {
  return values.reduce((sum, { length }) => sum + length, 0);
}

function unreadable(file: string, because: string, cause?: Error): InputError {
  return new InputError(
    `The Secrets in '${file}' could not be read: ${because}; expected a shorter or plainer manifest`,
    cause,
  );
}

function notHidden(files: readonly string[]): string {
  const named = files.slice(0, MAX_NAMED).map(file => `'${file}'`);
  const more = files.length - named.length;
  return `not hidden are values of Secrets in ${named.join(', ')}${
    more > 0 ? ` and ${more} more files` : ''
  }, if there are any: too large, too many, or a template`;
}
