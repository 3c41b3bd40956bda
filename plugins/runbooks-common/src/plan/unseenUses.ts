import type { UsedFileText } from './usedFileText';

/** Further files that a step uses are counted, and not shown. */
export const MAX_FILES_SHOWN = 32;

/** A file that was read to judge a step, and that no earlier step changed. */
export interface UsedPath {
  /** Links followed. */
  path: string;
  /** As it is recorded. */
  shown: string;
  /** Undefined where it is there and is no text. */
  seen: UsedFileText['seen'] | undefined;
  /** It is run as a script, whatever it is called. */
  isRun: boolean;
}

/**
 * The files that a step uses and that an approver does not see whole, each as a sentence: what is cut, is no text, holds
 * a secret value, or hides more than the values of Secrets in a manifest by its name; and those beyond what is shown.
 */
export function unseenUses(used: readonly UsedPath[]): string[] {
  const unseen = used.filter(
    ({ path, seen, isRun }) =>
      !(
        seen === 'all' ||
        (seen === 'all-but-values' && !isRun && /\.(?:ya?ml|json)$/i.test(path))
      ),
  );
  const more = used.length - MAX_FILES_SHOWN;
  return [
    ...unseen.map(({ shown }) => `${shown} is used and cannot be shown whole`),
    ...(more > 0 ? [`${more} more files are used and are not shown`] : []),
  ];
}
