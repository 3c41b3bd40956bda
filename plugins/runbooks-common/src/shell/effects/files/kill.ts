import type { ToolRule } from '../scene';
import { changes, destroys, isLocal, reads } from '../verdict';

/** Sending signals to processes. */
export const kill: ToolRule = (call, scene) => {
  const first = call.args[0]?.value ?? '';
  const named =
    /^-(?:s|n|signal)?$/.test(first) || first === '--signal'
      ? call.args[1]?.value ?? ''
      : first.replace(/^--signal=|^-/, '');
  const hasSignal = first.startsWith('-');
  const signal = hasSignal ? named.toUpperCase().replace(/^SIG/, '') : 'TERM';
  const targets = call.args
    .filter(one => !one.value.startsWith('-') && one.value !== named)
    .map(one => scene.show(one.value));
  const who = targets.join(' ') || 'processes';
  if (/^(L|LIST|TABLE)$/.test(signal)) return isLocal('lists signals');
  if (
    call.tool === 'kill' &&
    scene.where === 'here' &&
    targets.length > 0 &&
    targets.every(one => /^(%\d*|\$!)$/.test(one))
  ) {
    return isLocal(`stops a process that this text started (${who})`);
  }
  if (signal === '0') return reads(`asks whether ${who} runs`);
  if (
    /^(TTIN|QUIT|3|HUP|1|USR1|USR2|10|12|WINCH|CONT|18|21|STOP|19|TSTP)$/.test(
      signal,
    )
  ) {
    return changes(`sends ${signal} to ${who}`);
  }
  return destroys(`stops ${who}`);
};
