import { secretValuesInManifest } from '@backstage-runbooks/plugin-runbooks-common';
import { listFiles, readContent } from './workspaceFiles';

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** A Secret holds 1 MiB at most; larger files are no manifests that somebody wrote. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 2_000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Values of the Secrets that manifests in a workspace describe (`.yaml`, `.yml`, `.json`), so that no step prints
 * them. Follows no link. Read are files of at most 2 MiB, at most 2,000 of them and 32 MiB together, in the order of
 * their folders; docs/redaction.md says so.
 */
export async function manifestSecrets(root: string): Promise<Set<string>> {
  const values = new Set<string>();
  const manifests = [...(await listFiles(root))]
    .filter(
      ([file, { bytes }]) => MANIFEST.test(file) && bytes <= MAX_FILE_BYTES,
    )
    .slice(0, MAX_FILES);
  let bytesLeft = MAX_BYTES;
  for (const [file, { bytes }] of manifests) {
    bytesLeft -= bytes;
    if (bytesLeft < 0) break;
    const found = await readContent(root, file);
    if (!found || found.kind === 'link') continue;
    const text = found.content.toString('utf8');
    for (const value of secretValuesInManifest(text).values) values.add(value);
  }
  return values;
}
