import { setImmediate } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import {
  createSelector,
  filesNamedByText,
  folderOf,
  surroundingsOf,
  type FileSelection,
} from '@backstage-runbooks/plugin-runbooks-common';
import { FileTaker } from './FileTaker';
import type { RepositoryFile, Taken, TakeRequest } from './Repository';
import { SUBMODULE_LIST, submoduleNotes } from './submoduleNotes';

/** What scripts name, and what those name. */
const MAX_ROUNDS = 3;

/** A larger script names its files by its size alone: it is a program. */
const MAX_SCRIPT_BYTES = 256 * 1024;

const SAME_REVISION_TRIES = 3;

/**
 * Reads a repository once and gives its entries to the taker; answers with the revision that was read, and whether the
 * taker saw the names of all its files.
 */
export type ReadOnce = (
  taker: FileTaker,
  selections: { named: FileSelection; around?: FileSelection },
) => Promise<{ etag?: string; sawAllNames: boolean }>;

/**
 * Takes files, and then what those name, all of one revision.
 *
 * @throws ConflictError where the repository changes faster than it is read.
 */
export async function takeInRounds(
  name: string,
  request: TakeRequest,
  readOnce: ReadOnce,
): Promise<Taken & { etag?: string }> {
  for (let attempt = 1; attempt <= SAME_REVISION_TRIES; attempt++) {
    const taken = await takeOnce(name, request, readOnce);
    if (taken) return taken;
  }
  throw new ConflictError(
    `'${name}' changed while it was read; expected it to stay the same for a moment`,
  );
}

/** undefined where the repository changed meanwhile. */
async function takeOnce(
  name: string,
  request: TakeRequest,
  readOnce: ReadOnce,
): Promise<(Taken & { etag?: string }) | undefined> {
  const taker = new FileTaker({ name });
  let next: Next | undefined = withSubmoduleList(request);
  let etag: string | undefined;
  const asked = selectionsOf(next);
  for (let round = 0; next && round < MAX_ROUNDS; round++) {
    taker.startRound(next.named, next.around);
    const read = await readOnce(taker, next);
    if (round > 0 && read.etag !== etag) return undefined;
    etag = read.etag;
    const found = taker.finishRound();
    const named = request.follow ? await namedByFiles(found) : undefined;
    if (named) asked.push(...selectionsOf(named));
    const isInVain =
      named !== undefined &&
      read.sawAllNames &&
      !(await taker.mightFind(named.named, named.around));
    next = isInVain ? undefined : named;
  }
  return {
    ...withoutSubmoduleList(request, asked, taker.result()),
    ...(etag === undefined ? {} : { etag }),
  };
}

/** Of a part of a repository the list is not at hand. */
function withSubmoduleList({ named, around, within }: TakeRequest): Next {
  return {
    named: within
      ? named
      : { ...named, files: [...named.files, SUBMODULE_LIST] },
    ...(around ? { around } : {}),
  };
}

/** It was read to tell what is missing; it is among the files where they were asked for it. */
function withoutSubmoduleList(
  { named, around }: TakeRequest,
  asked: readonly FileSelection[],
  { files, notes }: Taken,
): Taken {
  const list = files.find(({ path }) => path === SUBMODULE_LIST);
  if (!list) return { files, notes };
  const isAsked = selectionsOf({ named, around }).some(one =>
    createSelector(one).isSelected(SUBMODULE_LIST),
  );
  return {
    files: isAsked ? files : files.filter(file => file !== list),
    notes: [
      ...notes,
      ...submoduleNotes(list.content.toString('utf8'), asked, files),
    ],
  };
}

function selectionsOf({ named, around }: Next): FileSelection[] {
  return around ? [named, around] : [named];
}

interface Next {
  named: FileSelection;
  around?: FileSelection;
}

/** Looks into one script at a time, so that others get their turn between two. */
async function namedByFiles(
  files: RepositoryFile[],
): Promise<Next | undefined> {
  const scripts = files.filter(isFollowed);
  if (scripts.length === 0) return undefined;
  const named: FileSelection[] = [];
  const around: FileSelection[] = [];
  for (const { path, content } of scripts) {
    await setImmediate();
    const found = filesNamedByText(content.toString('utf8'), [
      ...new Set([folderOf(path), '']),
    ]);
    named.push(found.selection);
    if (found.unknownBecause !== undefined) around.push(surroundingsOf(path));
  }
  return { named: union(named), around: union(around) };
}

function isFollowed({ path, content }: RepositoryFile): boolean {
  return (
    content.length <= MAX_SCRIPT_BYTES &&
    (content.subarray(0, 2).toString() === '#!' ||
      /(\.(sh|bash|mk)|(^|\/)(Makefile|kustomization\.ya?ml))$/.test(path))
  );
}

function union(selections: FileSelection[]): FileSelection {
  const all = (of: keyof FileSelection) => [
    ...new Set(selections.flatMap(one => one[of])),
  ];
  return { files: all('files'), trees: all('trees'), folders: all('folders') };
}
