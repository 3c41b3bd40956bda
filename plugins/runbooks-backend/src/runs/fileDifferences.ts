import {
  createRedactor,
  differenceText,
  hideManifestSecrets,
  holdsSecretManifest,
  type FileDifference,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { FileContent } from '../workspaces/workspaceFiles';
import type { ChangedFile } from '../workspaces/Workspaces';

const MAX_FILES_WITH_TEXT = 50;
const MAX_COMPARED_BYTES = 512 * 1024;
const MAX_SHOWN_LENGTH = 16 * 1024;

/**
 * What an approver sees of changed files. Bounded: of many files the last are only named, a long difference is cut and
 * says so, and a binary or very large file has no text. Secrets are hidden; of Secret manifests the keys are told.
 */
export function fileDifferences(
  changes: readonly ChangedFile[],
  secrets: readonly string[],
): FileDifference[] {
  return changes.map((file, index) => {
    const text =
      index < MAX_FILES_WITH_TEXT ? differenceOf(file, secrets) : undefined;
    return {
      path: file.path,
      change: file.change,
      ...(file.changedBy === undefined ? {} : { changedBy: file.changedBy }),
      ...(text === undefined ? {} : { text }),
    };
  });
}

function differenceOf(
  { before, after }: ChangedFile,
  secrets: readonly string[],
): string | undefined {
  const was = before && textOf(before);
  const is = after && textOf(after);
  if ((before && was === undefined) || (after && is === undefined)) {
    return undefined;
  }
  const text = [
    ...kindLines(before, after),
    differenceText(was, is, MAX_SHOWN_LENGTH),
  ].join('\n');
  const holdsSecrets = [was, is].some(
    one => one !== undefined && holdsSecretManifest(one),
  );
  const redactor = createRedactor({ secrets });
  const shown = holdsSecrets ? hideManifestSecrets(text) : text;
  return redactor.push(shown) + redactor.flush();
}

function kindLines(
  before: FileContent | undefined,
  after: FileContent | undefined,
): string[] {
  return before && after && before.kind !== after.kind
    ? [`(it was a ${before.kind} and is a ${after.kind})`]
    : [];
}

function textOf({ content }: FileContent): string | undefined {
  if (content.length > MAX_COMPARED_BYTES) return undefined;
  const text = content.toString('utf8');
  return text.includes('\0') || !Buffer.from(text).equals(content)
    ? undefined
    : text;
}
