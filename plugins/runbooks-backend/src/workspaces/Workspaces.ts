import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '@backstage-runbooks/plugin-runbooks-common';
import type { CarriedState } from '@backstage-runbooks/plugin-runbooks-node';
import type {
  HeldAttempt,
  SealedSecret,
  SnapshotStore,
} from '../runs/RunStore';
import type { SealedVault } from '../runs/SealedVault';
import { removeTree } from './DataFolder';
import { contentsIn, pack, unpack } from './archives';
import { keepLinks } from './keepLinks';
import {
  digestOfContent,
  linksAmong,
  listFiles,
  readContent,
  type FileContent,
  type FileList,
} from './workspaceFiles';

const FILES = 'files';
const CARRIED = 'carried';
const DELETED = 'deleted';
const ORIGINS = 'origins';
const MAX_CHANGED_BYTES = 64 * 1024 * 1024;
/** Of links that are not kept. */
const LINKS_NAMED = 5;

/** A file that differs from the pinned snapshot. */
export interface ChangedFile {
  path: string;
  change: 'added' | 'changed' | 'deleted';
  /** Hex SHA-256 of content and kind; missing where deleted. */
  digest?: string;
  /** The step that left it so. */
  changedBy?: string;
  before?: FileContent;
  after?: FileContent;
}

/** The files and variables of a run while one of its steps runs. */
export interface Workspace {
  /** Folder that becomes /workspace. */
  directory: string;
  carried: CarriedState;
  /** What earlier steps left otherwise than it was planned, by path. */
  changes: ChangedFile[];
  /** The links of it, and where each says that it leads; undefined where they are too many to be told. */
  links: ReadonlyMap<string, string> | undefined;
  /**
   * Saves what the step changed and left behind; `note` says what was too much to be kept or leads out, and `failure` why the files
   * could not be kept at all: later steps find those that earlier ones left.
   *
   * @throws LeaseLostError
   */
  save(attempt: HeldAttempt, carried: CarriedState): Promise<SavedWorkspace>;
  /** Removes the folder. */
  discard(): Promise<void>;
}

/** What became of the files of a step. */
export interface SavedWorkspace {
  note?: string;
  failure?: string;
}

/** Path → the step that left it so, and what it was then. */
type Origins = Record<string, { stepId: string; digest: string }>;

/**
 * Lays out the workspace of a run for each attempt anew: the repository as it was planned, then what earlier steps
 * changed. Nothing of a run stays on the machine between its steps, so any replica can run the next one.
 */
export class Workspaces {
  readonly #vault: SealedVault;
  readonly #snapshots: Pick<SnapshotStore, 'getSnapshot'>;
  readonly #root: string;

  constructor(options: {
    vault: SealedVault;
    snapshots: Pick<SnapshotStore, 'getSnapshot'>;
    dataDirectory: string;
  }) {
    this.#vault = options.vault;
    this.#snapshots = options.snapshots;
    this.#root = path.join(options.dataDirectory, 'w');
  }

  async open(run: Run): Promise<Workspace> {
    await mkdir(this.#root, { recursive: true, mode: 0o711 });
    const directory = await mkdtemp(
      path.join(this.#root, `${run.id.slice(0, 8)}-`),
    );
    try {
      return await this.#lay(run, directory);
    } catch (error) {
      await removeTree(directory);
      throw error;
    }
  }

  async #lay(run: Run, directory: string): Promise<Workspace> {
    const [snapshot, changed, deleted, origins, carried] = await Promise.all([
      this.#snapshots.getSnapshot(run.plan.runbook.revision),
      this.#vault.open(run.id, FILES),
      this.#vault.openJson<string[]>(run.id, DELETED, []),
      this.#vault.openJson<Origins>(run.id, ORIGINS, {}),
      this.#vault.openJson<CarriedState>(run.id, CARRIED, {
        variables: {},
        workingDirectory: '',
      }),
    ]);
    const startedAt = Date.parse(run.startedAt);
    await unpack(snapshot, directory, new Date(startedAt));
    const planned = await listFiles(directory);
    // What was changed is newer than what was planned, and no changed file is newer than another.
    const age = new Date(startedAt + 1_000);
    if (changed) await restoreChanges(directory, { changed, deleted, age });
    const now = await listFiles(directory);
    return {
      directory,
      carried,
      changes: await changesIn(directory, { planned, now }, snapshot, origins),
      links: linksAmong(now),
      save: (attempt, left) =>
        this.#save(attempt, left, directory, planned, origins),
      discard: () => removeTree(directory),
    };
  }

  async #save(
    attempt: HeldAttempt,
    left: CarriedState,
    directory: string,
    planned: FileList,
    origins: Origins,
  ): Promise<SavedWorkspace> {
    const carried = this.#vault.sealJson(attempt.runId, CARRIED, left);
    const kept = await this.#filesOf(
      attempt,
      directory,
      planned,
      origins,
    ).catch((error: { code?: unknown }) => ({
      entries: [],
      failure: `its files could not be kept for later steps (${
        error.code ?? 'they cannot be packed'
      })`,
    }));
    const { entries, ...said } = kept;
    await this.#vault.put(attempt, [carried, ...entries]);
    return said;
  }

  /** What is kept of the files; rejects where they cannot be read or packed. */
  async #filesOf(
    { runId, stepId }: HeldAttempt,
    directory: string,
    planned: FileList,
    origins: Origins,
  ): Promise<SavedWorkspace & { entries: SealedSecret[] }> {
    const now = await listFiles(directory);
    const { targets, dropped } = await keepLinks(
      directory,
      [...now.keys()].filter(
        file => planned.get(file)?.digest !== now.get(file)?.digest,
      ),
    );
    for (const [file, target] of targets) {
      const content = Buffer.from(target);
      const digest = digestOfContent({ kind: 'link', content });
      now.set(file, { bytes: content.length, digest });
    }
    for (const file of dropped) now.delete(file);
    const changed = [...now].filter(
      ([file, mark]) => planned.get(file)?.digest !== mark.digest,
    );
    const size = changed.reduce((sum, [, mark]) => sum + mark.bytes, 0);
    if (size > MAX_CHANGED_BYTES) {
      return {
        entries: [],
        note: `The files that this run changed have ${size} bytes; at most ${MAX_CHANGED_BYTES} are kept for the next step, so none of this step's are`,
      };
    }
    const deleted = [...planned.keys()].filter(file => !now.has(file));
    const files = changed.map(([file]) => file);
    const nowFrom = originsAfter(now, { files, deleted }, stepId, origins);
    return {
      entries: [
        this.#vault.sealJson(runId, DELETED, deleted),
        this.#vault.seal(runId, FILES, await pack(directory, files)),
        this.#vault.sealJson(runId, ORIGINS, nowFrom),
      ],
      ...(dropped.length > 0 ? { note: droppedNote(dropped) } : {}),
    };
  }
}

function droppedNote(dropped: readonly string[]): string {
  const named = dropped.slice(0, LINKS_NAMED).map(file => `'${file}'`);
  const more = dropped.length - named.length;
  return `Links that lead out of the workspace, or in a circle, are not kept for the next step: ${named.join(
    ', ',
  )}${more > 0 ? ` and ${more} more` : ''}`;
}

async function changesIn(
  directory: string,
  { planned, now }: { planned: FileList; now: FileList },
  snapshot: Buffer,
  origins: Origins,
): Promise<ChangedFile[]> {
  const touched = [...now.keys()].filter(
    file => planned.get(file)?.digest !== now.get(file)?.digest,
  );
  const gone = [...planned.keys()].filter(file => !now.has(file));
  const before = await contentsIn(snapshot, new Set([...touched, ...gone]));
  const changes: ChangedFile[] = [];
  for (const file of [...touched, ...gone].sort()) {
    const was = planned.has(file) ? before.get(file) : undefined;
    // Below a link that took a folder's place there may be another file of that name.
    const after = now.has(file)
      ? await readContent(directory, file)
      : undefined;
    const digest = now.get(file)?.digest;
    const origin = origins[file];
    let change: ChangedFile['change'] = planned.has(file) ? 'changed' : 'added';
    if (digest === undefined) change = 'deleted';
    changes.push({
      path: file,
      change,
      ...(digest === undefined ? {} : { digest }),
      ...(origin ? { changedBy: origin.stepId } : {}),
      ...(was ? { before: was } : {}),
      ...(after ? { after } : {}),
    });
  }
  return changes;
}

/** Who left each file as it is: this step, where it was not so before. */
function originsAfter(
  now: FileList,
  { files, deleted }: { files: string[]; deleted: string[] },
  stepId: string,
  before: Origins,
): Origins {
  return Object.fromEntries(
    [...files, ...deleted].map(file => {
      const digest = now.get(file)?.digest ?? '';
      const known = before[file];
      return [file, known?.digest === digest ? known : { stepId, digest }];
    }),
  );
}

/**
 * Deletes first, while the folder holds nothing but the repository: a link that a step left behind can then lead
 * nowhere.
 */
async function restoreChanges(
  directory: string,
  {
    changed,
    deleted,
    age,
  }: { changed: Buffer; deleted: readonly string[]; age: Date },
): Promise<void> {
  for (const file of deleted) {
    await rm(path.join(directory, file), { force: true });
    await removeEmptyFolders(directory, path.dirname(file));
  }
  await unpack(changed, directory, age);
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
