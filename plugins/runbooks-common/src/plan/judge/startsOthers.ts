import { wrapperTools } from '../../shell/effects/wrappers/wrapperTools';
import type { SeenCall } from '../../shell/judgeCall';
import { programOf } from './kubectlWords';

/**
 * Whether a call does nothing by itself and what it starts was seen as calls of their own: a function, a wrapper such
 * as `sudo`, a script of the workspace whose text was read.
 */
export function startsOthers(call: SeenCall): boolean {
  if (call.defined) return true;
  const { effect, followed } = call.verdict;
  if (effect === 'unknown') return false;
  if (followed) return true;
  return isWrapper(call) && scriptFileOf(call) === undefined;
}

/** The file that a call runs as a script: `./scripts/x.sh`, `bash x.sh`, `source x.sh`. */
export function scriptFileOf(call: SeenCall) {
  const [name, ...args] = call.args;
  if (!name) return undefined;
  if (name.value.includes('/') && !/^\/(?:usr|opt|bin|sbin)\//.test(name.value))
    return name;
  if (!/^(?:source|\.|(?:ba|da|z|k|a)?sh|fish)$/.test(programOf(call)))
    return undefined;
  const operand = args.findIndex(one => !/^[-+]./.test(one.value));
  const own = operand < 0 ? args : args.slice(0, operand);
  // `--` and `-` end the options: what stands behind is the script, whatever its name.
  const end = args.findIndex(one => /^--?$/.test(one.value));
  if (end >= 0 && (operand < 0 || end <= operand)) return args[end + 1];
  if (own.some(one => /^-[a-z]*[cs]$/.test(one.value))) return undefined;
  return args[operand];
}

function isWrapper(call: SeenCall): boolean {
  return Object.hasOwn(wrapperTools, programOf(call));
}
