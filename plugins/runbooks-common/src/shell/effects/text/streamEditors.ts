import type { Argument } from '../../words';
import { isOn, parseOptions } from '../options';
import { liesOutside, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { combined, isLocal, isUnknown, type Verdict } from '../verdict';
import { awkCall } from './awkCall';
import { sedCall } from './sedCall';

/** Programs that edit text as it passes by, or in its files. */
export const streamEditors: Record<string, ToolRule> = {
  sed,
  gsed: sed,
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
  yq,
};

/** Reading files of the machine, not those of the run. */
function edits(files: readonly Argument[], scene: Scene): Verdict {
  const names = files.map(one => scene.show(one.value)).join(' ');
  const judged = isLocal(`prints parts of ${names || 'its input'}`);
  return files.some(one => liesOutside(one, scene))
    ? { ...judged, effect: 'read' }
    : judged;
}

function sed(call: Call, scene: Scene): Verdict {
  const read = sedCall(call.args);
  if (!read)
    return isUnknown('what sed is told to do is not known', { writes: [] });
  for (const program of read.programs)
    scene.interpretsAgain(program, 'a program of sed');
  const { does, files, inPlace } = read;
  if (!does) return isUnknown('a sed program that may start commands');
  return combined(
    [
      edits(inPlace ? [] : files, scene),
      ...does.writes.map(path => writesTo(named(path), scene)),
      ...(inPlace ? files.map(path => writesTo(path, scene, 'edits')) : []),
    ],
    'edits its input',
  );
}

function awk(call: Call, scene: Scene): Verdict {
  const read = awkCall(call.args);
  if (!read)
    return isUnknown('what awk is told to do is not known', { writes: [] });
  scene.interpretsAgain(read.program, 'a program of awk');
  if (!read.program)
    return isUnknown('what awk is told to do is not known from the text');
  const { does, files } = read;
  if (!does) return isUnknown('an awk program that may start commands');
  return combined(
    [
      edits(files, scene),
      ...does.writes.map(path =>
        path === undefined
          ? isUnknown('an awk program that writes files', { writes: [] })
          : writesTo(named(path), scene),
      ),
    ],
    'prints parts of its input',
  );
}

/** A path that a program names. */
function named(value: string): Argument {
  return { value, certainty: 'exact', start: -1, end: -1, spliced: false };
}

function yq(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'o output-format p input-format I indent f from-file s split-exp',
    flags: '',
  } as { values: string });
  const operands = [...options.operands];
  if (
    /^(w|write|d|delete|m|merge|n|new)$/.test(operands[0]?.value ?? '') &&
    isOn(options, 'i', 'inplace')
  )
    operands.shift();
  if (isOn(options, 'i', 'inplace', 'in-place')) {
    return combined(
      operands.slice(1).map(path => writesTo(path, scene, 'edits')),
      'edits its input',
    );
  }
  return options.unclear &&
    call.args.some(one => one.certainty === 'words' && /^[$`]/.test(one.value))
    ? isUnknown('what yq is told to do is not known from the text', {
        writes: [],
      })
    : edits(operands.slice(1), scene);
}
