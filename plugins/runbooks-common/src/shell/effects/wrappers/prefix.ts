import type { Argument } from '../../words';
import { parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { isLocal, type Verdict } from '../verdict';

/** A rule for a tool that runs the rest of its arguments as a command. */
export function prefix(values: string, does = ''): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values, stopsAtOperand: true });
    return inner(call, options.rest ?? options.operands, scene, does);
  };
}

/** Judges the words of a command that another one starts. */
export function inner(
  call: Call,
  words: readonly Argument[],
  scene: Scene,
  does = '',
): Verdict {
  if (words.length === 0) return isLocal(`${call.tool} is given no command`);
  const judged = scene.judgeCommand(words, scene, call.input, call.piped);
  return does === ''
    ? judged
    : { ...judged, because: `${does}${judged.because}` };
}

/** A rule for a tool whose first argument bounds the command that follows. */
export function timed(values: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values, stopsAtOperand: true });
    const words = options.rest ?? options.operands;
    const judged = inner(call, words.slice(1), scene);
    const bounded =
      judged.interactive?.kind === 'endless' && judged.interactive.remedy;
    return bounded ? { ...judged, interactive: undefined } : judged;
  };
}
