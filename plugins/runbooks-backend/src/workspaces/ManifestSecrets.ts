import { InputError } from '@backstage/errors';
import type { JudgingThreads } from '../reading/JudgingThreads';
import { listFiles, readContent } from './workspaceFiles';

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** A Secret holds 1 MiB at most; larger files are no manifests that somebody wrote. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 2_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** What a run remembers of values. */
const MAX_VALUES = 10_000;
const MAX_VALUE_LENGTH = 1024 * 1024;

/** Finds what no step may print of its own workspace. Manifests are read beside the event loop. */
export class ManifestSecrets {
  readonly #judging: Pick<JudgingThreads, 'secretValues'>;

  constructor(options: { judging: Pick<JudgingThreads, 'secretValues'> }) {
    this.#judging = options.judging;
  }

  /**
   * Values of the Secrets that manifests in a workspace describe (`.yaml`, `.yml`, `.json`), so that no step prints
   * them. Follows no link. Read are files of at most 2 MiB, at most 2,000 of them and 32 MiB together, in the order of
   * their folders, up to 10,000 values and 1 MiB of them; docs/redaction.md says so.
   *
   * @param person - Who waits for it.
   * @throws InputError where a manifest of Secrets cannot be read in time: its values would not be hidden.
   */
  async in(root: string, person: string): Promise<Set<string>> {
    const values = new Set<string>();
    const manifests = [...(await listFiles(root))]
      .filter(
        ([file, { bytes }]) => MANIFEST.test(file) && bytes <= MAX_FILE_BYTES,
      )
      .slice(0, MAX_FILES);
    let bytesLeft = MAX_BYTES;
    let length = 0;
    for (const [file, { bytes }] of manifests) {
      bytesLeft -= bytes;
      if (bytesLeft < 0) break;
      for (const value of await this.#valuesIn(root, file, person)) {
        length += value.length;
        if (values.size >= MAX_VALUES || length > MAX_VALUE_LENGTH) {
          return values;
        }
        values.add(value);
      }
    }
    return values;
  }

  async #valuesIn(
    root: string,
    file: string,
    person: string,
  ): Promise<Iterable<string>> {
    const found = await readContent(root, file);
    if (!found || found.kind === 'link') return [];
    const text = found.content.toString('utf8');
    if (!text.includes('Secret')) return [];
    try {
      return await this.#judging.secretValues(text, person);
    } catch (error) {
      if ((error as Error).name !== 'ReadingGivenUp') throw error;
      throw new InputError(
        `The Secrets in '${file}' could not be read: ${
          (error as Error).message
        }; expected a shorter or plainer manifest`,
        error,
      );
    }
  }
}
