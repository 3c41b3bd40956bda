import type { IsLink } from '../../shell/climbsFromLink';
import {
  type BoundReading,
  type BoundTextInput,
  judgeBoundText,
} from '../../shell/judgeBoundText';
import { throughLinks } from '../throughLinks';
import { changedFiles, type ChangedFile } from './changedFiles';
import { overlap } from './reaches';

/** Each round hides at least one more file; after these all are hidden. */
const MAX_ROUNDS = 4;

type Links = () => ReadonlyMap<string, string> | undefined;

/** A text that was read with the files that it uses. */
export interface ReadWithFiles {
  reading: BoundReading;
  /** The same where every file is what it is now. */
  asIs: BoundReading;
  /** The text of a file that is surely what the text finds; undefined for others. */
  fileText: BoundTextInput['fileText'];
  /** Files that it uses and may change itself. */
  swaps: string[];
}

/**
 * Reads a text with the scripts and manifests that it uses. What a file holds now is what runs or is applied only where
 * nothing in the text, or in a script that it runs, can change the file: else its text counts as not known, and the
 * step as unknown for it. In which order they stand does not count, for a loop or a job in the background turns it
 * round.
 */
export function readWithFiles(
  text: string,
  input: BoundTextInput,
  links: Links | undefined,
): ReadWithFiles {
  const hidden = new Set<string>();
  let isHidden = (path: string) => hidden.has(path);
  let because: string | undefined;
  let asIs: BoundReading | undefined;
  const fileText = (path: string) =>
    isHidden(path) ? undefined : input.fileText(path);
  for (let round = 0; ; round += 1) {
    const used = new Set<string>();
    const missed = new Set<string>();
    const reading = judgeBoundText(text, {
      ...input,
      ...(links ? { isLink: isLinkAmong(links) } : {}),
      fileText: path => {
        const found = fileText(path);
        (found === undefined ? missed : used).add(path);
        return found;
      },
    });
    asIs ??= reading;
    const changed = changedFiles(reading);
    const swapped = [
      ...swappedFiles([...used], changed, links),
      ...overtakenFiles(used, swappedFiles([...missed], changed, links)),
    ];
    if (swapped.length === 0) {
      because ??= settingsMade(changed);
      return {
        reading:
          because === undefined ? reading : { ...reading, unknown: because },
        asIs,
        fileText,
        swaps: [...hidden].sort(),
      };
    }
    because ??= inWords(swapped[0]);
    if (round < MAX_ROUNDS) swapped.forEach(({ path }) => hidden.add(path));
    else {
      used.forEach(path => hidden.add(path));
      isHidden = () => true;
    }
  }
}

/**
 * Programs look for their settings in hidden files of the folders around them, and settings may name programs: `.git`,
 * `.gitattributes`, `.config`. Those of values alone are none.
 */
function settingsMade(changed: readonly ChangedFile[]): string | undefined {
  for (const { paths, by } of changed) {
    const hidden = paths?.find(path =>
      path.split('/').some(part => /^\.(?!\.?$|env(?:\.|$))/.test(part)),
    );
    if (hidden !== undefined)
      return `makes ${hidden} with ${by}, and a program may take its settings from there`;
  }
  return undefined;
}

interface Swapped {
  path: string;
  by: string;
}

function swappedFiles(
  used: readonly string[],
  changed: readonly ChangedFile[],
  links: Links | undefined,
): Swapped[] {
  if (used.length === 0 || changed.length === 0) return [];
  const places = changed.map(one => ({
    ...one,
    paths: one.paths && followed(one.paths, links),
  }));
  return used.flatMap(path => {
    const own = followed([path], links);
    const change = places.find(({ paths, but }) =>
      !paths || !own
        ? !but.includes(path)
        : paths.some(one => own.some(other => overlap(one, other))),
    );
    return change ? { path, by: change.by } : [];
  });
}

/**
 * Files that are used as long as none of their name stands in another folder in which the text may be by then: one that
 * the text may make there is used in their place.
 */
function overtakenFiles(
  used: ReadonlySet<string>,
  made: readonly Swapped[],
): Swapped[] {
  const makers = new Map(made.map(({ path, by }) => [nameOf(path), by]));
  return [...used].flatMap(path => {
    const by = makers.get(nameOf(path));
    return by === undefined ? [] : [{ path, by }];
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function followed(
  paths: string[],
  links: Links | undefined,
): string[] | undefined {
  const reach = links
    ? throughLinks({ kind: 'known', paths }, links)
    : { kind: 'known' as const, paths };
  return reach.kind === 'known' ? reach.paths : undefined;
}

/** Where the links are too many to be told, anything may be one. */
function isLinkAmong(links: Links): IsLink {
  return path => links()?.has(path) ?? true;
}

function inWords({ path, by }: Swapped): string {
  return `uses ${path}, which ${by} in the same step may change before, so what is used cannot be told`;
}
