import type { Argument } from '../../words';
import { isOn, parseOptions } from '../options';
import { liesOutside, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { combined, isLocal, isUnknown, type Verdict } from '../verdict';
import { hasBehind } from '../../../text';

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
  const options = parseOptions(call.args, {
    values: 'e expression f file l line-length',
    abbreviates: true,
  });
  const scripts = options.all('e', 'expression').map(one => one.value);
  const inPlace = options.given.some(
    one =>
      one.name === 'i' ||
      ('in-place'.startsWith(one.name) && one.name.length > 1),
  );
  const operands = [...options.operands, ...(options.rest ?? [])];
  if (scripts.length === 0 && !options.has('f', 'file'))
    scripts.push(operands.shift());
  for (const script of scripts)
    scene.interpretsAgain(script, 'a program of sed');
  if (
    options.unclear &&
    call.args.some(one => one.certainty === 'words' && /^[$`]/.test(one.value))
  ) {
    return isUnknown('what sed is told to do is not known from the text', {
      writes: [],
    });
  }
  if (options.has('f', 'file'))
    return isUnknown('runs a sed program from a file', { writes: [] });
  const text = scripts.map(one => one?.value ?? '').join('\n');
  if (sedRuns(text)) return isUnknown('a sed program that may start commands');
  const writes =
    /(?:^|[;{}\n]|\d|\/)[^\S\n]*[wW]\s+(\S+)|\/[gpiIm0-9]*w\s+(\S+)|(?:^|[;{}\n])[^\S\n]*(?:\/[^/\n]*\/|\d+|\$)?[wW](\/\S+)/.exec(
      text,
    );
  const verdicts: Verdict[] = [edits(inPlace ? [] : operands, scene)];
  if (writes)
    verdicts.push(
      writesTo(
        {
          value: writes[1] ?? writes[2] ?? writes[3],
          certainty: 'exact',
          start: -1,
          end: -1,
          spliced: false,
        },
        scene,
      ),
    );
  if (inPlace)
    verdicts.push(...operands.map(path => writesTo(path, scene, 'edits')));
  return combined(verdicts, 'edits its input');
}

//   10,/done/ ! e date        `e` alone, at the addresses that stand before it
const RUNNING_COMMAND =
  /(?:^|[;{}\n])[^\S\n]*(?:(?:\d+|\$|\/[^/\n]*\/)(?:,(?:\d+|\$|\/[^/\n]*\/))?[^\S\n]*|,(?:\d+|\$|\/[^/\n]*\/)[^\S\n]*)?(?:![^\S\n]*)?e(?:\s|$|;)/;

/** Any character may end the parts of `s`, so that a long script can be made to be looked at from each place. */
const LONGEST_SED = 4_000;

function sedRuns(script: string): boolean {
  if (script.length > LONGEST_SED || RUNNING_COMMAND.test(script)) return true;
  const substitute =
    /s(.)(?:(?!\1)[^\\]|\\.)*\1(?:(?!\1)[^\\]|\\.)*\1([a-zA-Z0-9]*)/g;
  for (const match of script.matchAll(substitute))
    if (match[2].includes('e')) return true;
  return false;
}

const PRINT = /\bprintf?\b/;
const PRINT_ENDS = /[;}\n]/;

function awk(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'F v f field-separator assign file i include l load',
    stopsAtOperand: true,
  });
  if (options.has('f', 'file', 'i', 'include', 'l', 'load'))
    return isUnknown('runs an awk program from a file', { writes: [] });
  const program = options.operands[0] ?? options.rest?.[0];
  scene.interpretsAgain(program, 'a program of awk');
  if (!program || program.certainty === 'words')
    return isUnknown('what awk is told to do is not known from the text');
  const code = program.value.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (
    /\bsystem\s*\(|\|\s*getline|\|&|@load|@include/.test(code) ||
    hasBehind(code, PRINT, /\|/, PRINT_ENDS)
  ) {
    return isUnknown('an awk program that starts commands');
  }
  if (hasBehind(code, PRINT, />/, PRINT_ENDS) && !comparesInPrint(code)) {
    const target = printedTo(program.value);
    return target
      ? writesTo({ ...program, value: target, certainty: 'exact' }, scene)
      : isUnknown('an awk program that writes files', { writes: [] });
  }
  return edits(
    (options.rest
      ? [...options.operands, ...options.rest]
      : options.operands
    ).slice(1),
    scene,
  );
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

/** The file that an awk program prints to, where its only `>` is that of a print and the name stands there. */
function printedTo(program: string): string | undefined {
  const written = program.replace(/>>/g, '>').split('>');
  const [before, after] = written;
  if (written.length !== 2 || !hasBehind(before, PRINT, /$/, PRINT_ENDS))
    return undefined;
  return /^\s*"([^"]*)"/.exec(after)?.[1];
}

/** A `>` in brackets behind `print` compares; elsewhere behind it a file is written. */
function comparesInPrint(code: string): boolean {
  let prints = false;
  for (const [mark] of code.matchAll(/[;}\n]|\bprintf?\b|\((?=[^()>]*>)/g)) {
    if (mark !== '(') prints = mark.startsWith('print');
    else if (prints) return true;
  }
  return false;
}
