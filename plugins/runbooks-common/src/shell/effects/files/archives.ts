import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import {
  changes,
  changesFiles,
  combined,
  destroys,
  isLocal,
  isUnknown,
  type Verdict,
} from '../verdict';
import { fileTool, operandsOf } from './fileTool';

const tar: ToolRule = fileTool(
  {
    values:
      'f C file directory T files-from X exclude exclude-from I use-compress-program to-command',
  },
  (options, scene, call) => {
    const program = options.all(
      'to-command',
      'checkpoint-action',
      'I',
      'use-compress-program',
      'rsh-command',
      'F',
      'info-script',
    );
    if (program.length > 0)
      return isUnknown('tar starts another program', { writes: undefined });
    const first = call.args[0]?.value ?? '';
    const letters = first.startsWith('--') ? '' : first.replace(/^-/, '');
    const creates =
      /c|r|u/.test(letters) || options.has('create', 'append', 'update');
    const extracts = /x/.test(letters) || options.has('extract', 'get');
    const lists = /t/.test(letters) || options.has('list');
    const file =
      options.value('f', 'file') ??
      (first.startsWith('-') ? undefined : options.operands[1]);
    if (options.has('remove-files'))
      return destroys('packs files and deletes them');
    if (lists && !creates && !extracts) return isLocal('lists an archive');
    if (extracts) {
      if (/O/.test(letters) || options.has('to-stdout'))
        return isLocal('prints files of an archive');
      const into = options.value('C', 'directory');
      if (into) {
        return writesTo(into, scene, 'unpacks an archive into');
      }
      if (scene.inWorkspace) {
        return changesFiles('unpacks an archive');
      }
      return changes('unpacks an archive outside of the run');
    }
    if (!creates)
      return isUnknown('what tar is told to do is not known', { writes: [] });
    return file
      ? writesTo(file, scene, 'packs files into')
      : isLocal('packs files');
  },
);

function compress(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'S suffix T threads',
    abbreviates: true,
  });
  const paths = operandsOf(options);
  if (
    isOn(options, 'c', 'stdout', 'to-stdout', 'l', 'list', 't', 'test') ||
    paths.length === 0
  )
    return isLocal('packs or unpacks its input');
  return combined(
    paths.map(path => writesTo(path, scene, 'packs or unpacks')),
    'packs nothing',
  );
}

/** Packing and unpacking. */
export const archiveTools: Record<string, ToolRule> = {
  tar,
  bsdtar: tar,
  gzip: compress,
  gunzip: compress,
  bzip2: compress,
  bunzip2: compress,
  xz: compress,
  unxz: compress,
  zstd: compress,
  lz4: compress,
  zip: fileTool({ values: 'P x i b t' }, (options, scene) => {
    const [archive] = operandsOf(options);
    if (isOn(options, 'm', 'move'))
      return destroys('packs files and deletes them');
    return archive
      ? writesTo(archive, scene, 'packs files into')
      : isLocal('packs files');
  }),
  unzip: fileTool({ values: 'd x P' }, (options, scene) => {
    if (isOn(options, 'l', 'Z', 't', 'v', 'p'))
      return isLocal('reads an archive');
    const into = options.value('d');
    if (into) {
      return writesTo(into, scene, 'unpacks an archive into');
    }
    if (scene.inWorkspace) {
      return changesFiles('unpacks an archive');
    }
    return changes('unpacks an archive');
  }),
};
