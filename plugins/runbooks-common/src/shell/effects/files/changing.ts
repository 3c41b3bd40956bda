import { deletesAt, placeOf, writesTo } from '../paths';
import type { ToolRule } from '../scene';
import {
  changesFiles,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
} from '../verdict';
import { fileTool, operandsOf, writesAll, changesMode } from './fileTool';

const remove: ToolRule = fileTool({}, (options, scene, call) => {
  const paths = operandsOf(options);
  if (paths.length === 0) return isLocal(`${call.tool} is given nothing`);
  return combined(
    paths.map(path => deletesAt(path, scene)),
    'deletes nothing',
  );
});

const tee: ToolRule = fileTool({}, (options, scene) =>
  combined(
    operandsOf(options).map(path => writesTo(path, scene)),
    'passes its input on',
  ),
);

const truncate: ToolRule = fileTool(
  { values: 's size r reference' },
  (options, scene) =>
    combined(
      operandsOf(options).map(path => deletesAt(path, scene, 'empties')),
      'empties nothing',
    ),
);

const dd: ToolRule = (call, scene) => {
  const output = call.args.find(one => one.value.startsWith('of='));
  if (call.args.some(one => one.certainty === 'words'))
    return destroys('copies raw data, where to is not known');
  if (!output) return isLocal('copies raw data to its output');
  const path = { ...output, value: output.value.slice(3) };
  const from = call.args.find(one => one.value.startsWith('if='));
  if (placeOf(path, scene) === 'nowhere')
    return from
      ? reads(`reads ${scene.show(from.value.slice(3))}`)
      : isLocal('copies raw data to nowhere');
  if (placeOf(path, scene) === 'workspace' && scene.where === 'here')
    return writesTo(path, scene, 'writes raw data to');
  const judged = deletesAt(path, scene, 'overwrites');
  return judged.effect === 'unknown' ? destroys(judged.because) : judged;
};

/** `split` writes beside its last operand, `csplit` beside `--prefix`; `--filter` runs a command instead. */
function splits(values: string): ToolRule {
  return fileTool({ values }, (options, scene, call) => {
    if (options.has('filter'))
      return isUnknown('gives the parts of a file to another program');
    const prefix =
      call.tool === 'csplit'
        ? options.value('f', 'prefix')
        : operandsOf(options)[1];
    return prefix
      ? writesTo(prefix, scene, 'splits a file into')
      : changesFiles('splits a file');
  });
}

/** Making, changing and deleting files. */
export const changingTools: Record<string, ToolRule> = {
  mkdir: writesAll('creates folder', 'm mode Z context'),
  touch: writesAll('touches', 'd date r reference t time'),
  mkfifo: writesAll('creates', 'm mode'),
  chmod: changesMode('changes the mode of'),
  chown: changesMode('changes the owner of'),
  chgrp: changesMode('changes the group of'),
  chattr: changesMode('changes attributes of'),
  setfacl: changesMode('changes access to'),
  rm: remove,
  unlink: remove,
  rmdir: remove,
  shred: remove,
  srm: remove,
  truncate,
  tee,
  dd,
  split: splits('a b n C l t filter bytes lines number suffix-length'),
  csplit: splits('f prefix b n suffix-format digits'),
  mktemp: () => changesFiles('makes a temporary file'),
};
