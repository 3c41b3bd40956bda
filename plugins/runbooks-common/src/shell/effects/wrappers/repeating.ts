import type { Argument } from '../../words';
import { endless } from '../interactive';
import { parseOptions } from '../options';
import type { Call, Scene } from '../scene';
import { atLeast, isLocal, isUnknown, type Verdict } from '../verdict';

/** Runs a command for each word of its input. */
export function xargs(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'I i d delimiter E L l n max-args P max-procs s max-chars a arg-file replace process-slot-var',
    stopsAtOperand: true,
  });
  const words =
    options.rest && options.operands.length === 0
      ? options.rest
      : options.operands;
  if (words.length === 0) return isLocal('prints its input');
  const replaced =
    options.value('I', 'replace')?.value ??
    (options.has('i', 'replace') ? '{}' : undefined);
  const unknownWord: Argument = {
    value: '$INPUT',
    certainty: 'words',
    start: -1,
    end: -1,
    spliced: true,
  };
  const filled = words.map(one => {
    if (replaced && one.value.includes(replaced)) {
      return {
        ...one,
        value: one.value.split(replaced).join('$INPUT'),
        certainty: one.value === replaced ? ('value' as const) : one.certainty,
        spliced: true,
        alternatives: undefined,
      };
    }
    return one;
  });
  const all = replaced ? filled : [...filled, unknownWord];
  const judged = scene.judgeCommand(all, scene, undefined, call.piped);
  return { ...judged, because: `for each of its input: ${judged.because}` };
}

/** Runs a command for each of its input, several at a time. */
export function parallel(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'j jobs P max-procs I a arg-file n max-args N delay timeout retries',
    stopsAtOperand: true,
  });
  const words = options.operands.slice(0, separator(options.operands));
  if (words.length === 0)
    return isUnknown('runs what it is given, several at a time');
  for (const word of words) scene.interpretsAgain(word, 'parallel');
  const judged = scene.judgeText(
    words.map(one => one.value.split('{}').join('$INPUT')).join(' ') +
      (words.some(one => one.value.includes('{')) ? '' : ' $INPUT'),
    scene,
  );
  return atLeast(
    'read',
    { ...judged, because: `for each of its input: ${judged.because}` },
    judged.because,
  );
}

function separator(words: readonly Argument[]): number {
  const at = words.findIndex(one => /^:::/.test(one.value));
  return at < 0 ? words.length : at;
}

/** Runs a command again and again. */
export function watch(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'n interval q equexit',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  const literally = options.has('x', 'exec');
  for (const word of words)
    if (!literally) scene.interpretsAgain(word, 'watch');
  if (words.length === 0) return isLocal('watch is given no command');
  const text = words.map(one => one.value).join(' ');
  const whole = literally
    ? scene.judgeCommand(words, scene)
    : scene.judgeText(text, scene);
  const isKnown =
    literally || !words.some(one => one.certainty === 'words' || one.spliced);
  const judged = isKnown
    ? whole
    : atLeast('unknown', whole, 'watch runs text that is not wholly known');
  return {
    ...judged,
    because: `again and again: ${judged.because}`,
    interactive: watchRemedy(call, words),
  };
}

function watchRemedy(call: Call, words: readonly Argument[]) {
  const because = '`watch` repeats a command until it is stopped';
  const first = words[0];
  if (!call.at || first.start < 0) return endless(because);
  const single =
    words.length === 1 &&
    /^'[^']*'$|^"[^"$`\\]*"$/.test(`${first.value}`) === false;
  if (words.length > 1) {
    return {
      kind: 'endless' as const,
      because,
      remedy: {
        edits: [{ start: call.at.start, end: first.start, text: '' }],
        says: 'runs the command once',
      },
    };
  }
  if (single && !/["'\\$`]/.test(first.value)) {
    return {
      kind: 'endless' as const,
      because,
      remedy: {
        edits: [
          { start: call.at.start, end: first.start, text: '' },
          ...(first.end - first.start === first.value.length + 2
            ? [
                { start: first.start, end: first.start + 1, text: '' },
                { start: first.end - 1, end: first.end, text: '' },
              ]
            : []),
        ],
        says: 'runs the command once',
      },
    };
  }
  return endless(because);
}
