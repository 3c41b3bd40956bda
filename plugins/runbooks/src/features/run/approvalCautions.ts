import {
  assertNever,
  foreignSegments,
  trimmedEnd,
  type Preview,
  type UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Loaded } from '../../async/Loaded';

/** Where the texts of the scripts and manifests stand that a step uses. */
export type FilesStatus = Loaded<UsedFiles>['status'];

const OF_FILES: Record<FilesStatus, string | undefined> = {
  loading:
    'Wait with the approval: the scripts and manifests that it uses are still being read, so you do not see them yet.',
  failed:
    'The scripts and manifests that it uses could not be shown, so you do not see all that it would do.',
  ready: undefined,
};

const OF_TEXT =
  'A part of its commands is not shown, because it looks like a credential: read it in the document before you approve.';

/**
 * What somebody must know who approves: what of the step they do not see, and how to judge it all the same.
 *
 * @param text - The commands, as they are shown.
 */
export function approvalCautions(
  files: FilesStatus,
  preview: Preview | undefined,
  text = '',
): string[] {
  return [
    OF_FILES[files],
    preview && ofPreview(preview),
    hidesSomething(text) ? OF_TEXT : undefined,
  ].flatMap(caution => caution ?? []);
}

/** Whatever is hidden in a document is none of the run's secret values: those never stand in it. */
function hidesSomething(text: string): boolean {
  return foreignSegments(text).some(({ kind }) => kind === 'masked');
}

function ofPreview(preview: Preview): string | undefined {
  switch (preview.outcome) {
    case 'creates':
    case 'changes':
    case 'changes-nothing':
      return undefined;
    case 'refused':
      return `The server refused a dry run of it: ${reason(
        preview,
      )}. Approved, it may fail or do only a part: look at the commands and at what it may write.`;
    case 'not-possible':
      return `There is no preview of what it would change, because ${reason(
        preview,
      )}: look at the commands and at what it may write.`;
    case 'failed':
      return `There is no preview of what it would change, because making it failed (${reason(
        preview,
      )}): look at the commands and at what it may write.`;
    default:
      return assertNever(preview);
  }
}

/** Without its full stop: the sentence goes on. */
function reason({ because }: { because: string }): string {
  return trimmedEnd(because, /[.\s]/);
}
