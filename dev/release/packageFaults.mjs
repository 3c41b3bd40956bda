import {
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { isExplained } from './explained.mjs';

/**
 * What publint and "are the types wrong" say of a packed package, besides what `explained.mjs` answers for: one
 * sentence each.
 */
export async function packageFaults({ folder, tarball, manifest }) {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: {
      tarball: bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.length,
      ),
    },
  });
  const { problems = [] } = /** @type {any} */ (
    await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)))
  );
  return [
    ...messages
      .filter(({ type }) => type !== 'suggestion')
      .map(message => ({
        code: message.code,
        text: formatMessage(message, pkg, { color: false }),
      })),
    ...problems.map(problem => ({
      code: problem.kind,
      text: `${problem.kind} at ${problem.entrypoint ?? problem.fileName}`,
    })),
  ]
    .filter(({ code }) => !isExplained(code, manifest))
    .map(({ code, text }) => `${folder}: ${text} (${code})`);
}
