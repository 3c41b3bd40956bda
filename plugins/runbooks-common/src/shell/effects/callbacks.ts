import { type Options, parseOptions } from './options';
import type { Call, Scene } from './scene';
import { atLeast, combined, isLocal, isUnknown, type Verdict } from './verdict';

//   compgen -C 'command'     complete -F function     compgen -W '$(command)'
/** Builtins of completion: they run a command or a function that they are given, and expand a list of words. */
export function completes(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'o A G W F C X P S' });
  const commands = options.all('C', 'F');
  if (commands.length > 0) return callsBack(commands, call, scene);
  const isPlain =
    !options.unclear &&
    call.args.every(
      one => one.certainty === 'exact' && !/[$`\\]|[<>]\(/.test(one.value),
    );
  return isPlain
    ? isLocal(`only concerns the shell (${call.tool})`)
    : isUnknown(`what ${call.tool} runs is not known from the text`);
}

//   mapfile -C 'command' -c 1 lines
/** They read lines, and run a command after some of them. */
export function readsLines(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, { values: 'd n O s u C c' });
  const commands = options.all('C');
  if (commands.length > 0) return callsBack(commands, call, scene);
  return options.unclear || call.args.some(one => one.certainty === 'words')
    ? isUnknown(`what ${call.tool} runs is not known from the text`)
    : isLocal(`only concerns the shell (${call.tool})`);
}

/** What is run gets words of the builtin behind its own, so that no list of writes is sure. */
function callsBack(
  commands: Options['given'],
  call: Call,
  scene: Scene,
): Verdict {
  const judged = commands.map(({ value }) => {
    scene.interpretsAgain(value, call.tool);
    if (value?.certainty !== 'exact')
      return isUnknown(`what ${call.tool} runs is not known from the text`);
    return atLeast(
      'unknown',
      scene.judgeText(value.value, scene),
      `${call.tool} runs "${scene.show(value.value)}" with words of its own`,
    );
  });
  return { ...combined(judged, ''), writes: undefined };
}
