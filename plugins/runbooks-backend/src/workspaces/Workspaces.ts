import { mkdir, mkdtemp, readdir, lstat, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { create as createArchive, extract as extractArchive } from 'tar';
import type { Run } from '@backstage-runbooks/plugin-runbooks-common';
import type { CarriedState } from '@backstage-runbooks/plugin-runbooks-node';
import type { RunStore } from '../runs/RunStore';
import type { SecretBox } from './SecretBox';

const FILES = 'files';
const CARRIED = 'carried';
const DELETED = 'deleted';
const MAX_CHANGED_BYTES = 64 * 1024 * 1024;

/** What workspaces need of the store of runs. */
export type WorkspaceStore = Pick<
  RunStore,
  'getSnapshot' | 'getSecret' | 'putSecret'
>;

/** The files and variables of a run while one of its steps runs. */
export interface Workspace {
  /** Folder that becomes /workspace. */
  directory: string;
  carried: CarriedState;
  /** Saves what the step changed and left behind; `note` says what could not be kept. */
  save(carried: CarriedState): Promise<{ note?: string }>;
  /** Removes the folder. */
  discard(): Promise<void>;
}

/**
 * Lays out the workspace of a run for each attempt anew: the repository as it was planned, then what earlier steps
 * changed. Nothing of a run stays on the machine between its steps, so any replica can run the next one.
 */
export class Workspaces {
  readonly #store: WorkspaceStore;
  readonly #box: SecretBox;
  readonly #root: string;

  constructor(options: {
    store: WorkspaceStore;
    box: SecretBox;
    dataDirectory: string;
  }) {
    this.#store = options.store;
    this.#box = options.box;
    this.#root = path.join(options.dataDirectory, 'w');
  }

  async open(run: Run): Promise<Workspace> {
    await mkdir(this.#root, { recursive: true, mode: 0o711 });
    const directory = await mkdtemp(
      path.join(this.#root, `${run.id.slice(0, 8)}-`),
    );
    await unpack(
      await this.#store.getSnapshot(run.plan.runbook.revision),
      directory,
    );
    const planned = await listFiles(directory);
    await this.#restoreChanges(run.id, directory);
    const carried = await this.#carried(run.id);
    return {
      directory,
      carried,
      save: async left => {
        await this.#put(run.id, CARRIED, Buffer.from(JSON.stringify(left)));
        return this.#saveChanges(run.id, directory, planned);
      },
      discard: () => rm(directory, { recursive: true, force: true }),
    };
  }

  async #carried(runId: string): Promise<CarriedState> {
    const text = await this.#get(runId, CARRIED);
    return text
      ? JSON.parse(text.toString())
      : { variables: {}, workingDirectory: '' };
  }

  /**
   * Deletes first, while the folder holds nothing but the repository: a link that a step left behind can then lead
   * nowhere.
   */
  async #restoreChanges(runId: string, directory: string): Promise<void> {
    const archive = await this.#get(runId, FILES);
    if (!archive) return;
    const deleted = await this.#get(runId, DELETED);
    for (const file of JSON.parse(deleted?.toString() ?? '[]') as string[]) {
      await rm(path.join(directory, file), { force: true });
      await removeEmptyFolders(directory, path.dirname(file));
    }
    await unpack(archive, directory);
  }

  async #saveChanges(
    runId: string,
    directory: string,
    planned: FileList,
  ): Promise<{ note?: string }> {
    const now = await listFiles(directory);
    const changed = [...now].filter(
      ([file, mark]) => planned.get(file)?.is !== mark.is,
    );
    const size = changed.reduce((sum, [, mark]) => sum + mark.bytes, 0);
    if (size > MAX_CHANGED_BYTES) {
      return {
        note: `The files that this run changed have ${size} bytes; at most ${MAX_CHANGED_BYTES} are kept for the next step, so none of this step's are`,
      };
    }
    const deleted = [...planned.keys()].filter(file => !now.has(file));
    const files = changed.map(([file]) => file);
    await this.#put(runId, DELETED, Buffer.from(JSON.stringify(deleted)));
    await this.#put(runId, FILES, await pack(directory, files));
    return {};
  }

  async #put(runId: string, name: string, plain: Buffer): Promise<void> {
    await this.#store.putSecret(
      runId,
      name,
      this.#box.seal(plain, `${runId} ${name}`),
    );
  }

  async #get(runId: string, name: string): Promise<Buffer | undefined> {
    const sealed = await this.#store.getSecret(runId, name);
    return sealed && this.#box.open(sealed, `${runId} ${name}`);
  }
}

/** Removes a folder and those above it, up to the root, as long as they are empty. */
async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let at = folder; at !== '.'; at = path.dirname(at)) {
    try {
      await rmdir(path.join(root, at));
    } catch {
      return;
    }
  }
}

/** Path below the folder → size, and a text that differs when the file does. */
type FileList = Map<string, { bytes: number; is: string }>;

async function listFiles(root: string, below = ''): Promise<FileList> {
  const found: FileList = new Map();
  for (const entry of await readdir(path.join(root, below), {
    withFileTypes: true,
  })) {
    const file = path.posix.join(below, entry.name);
    if (entry.isDirectory()) {
      for (const [inner, mark] of await listFiles(root, file))
        found.set(inner, mark);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      const stat = await lstat(path.join(root, file));
      found.set(file, {
        bytes: stat.size,
        is: `${stat.mtimeMs} ${stat.size} ${stat.mode} ${stat.ino}`,
      });
    }
  }
  return found;
}

/** Packs files below a folder as tar.gz. */
export async function pack(
  directory: string,
  files: string[],
): Promise<Buffer> {
  if (files.length === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  const archive = createArchive(
    { cwd: directory, gzip: true, portable: true, prefix: '' },
    files.map(file => (file.startsWith('@') ? `./${file}` : file)),
  );
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function unpack(archive: Buffer, directory: string): Promise<void> {
  if (archive.length === 0) return;
  await pipeline(
    Readable.from([archive]),
    extractArchive({ cwd: directory, preserveOwner: false }),
  );
}
