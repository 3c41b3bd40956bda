import { endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import {
  changes,
  changesFiles,
  combined,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import { keyTools } from './keys';
import { dmesg, hostname, machineStateTools } from './machineState';
import { networkLooks } from './networkTools';
import { plainTools } from './plainTools';
import { streamEditors } from './streamEditors';

/** Programs that look at text, at the machine or at the network. */
export const textTools: Record<string, ToolRule> = {
  ...plainTools,
  ...machineStateTools,
  ...networkLooks,
  ...streamEditors,
  ...keyTools,
  dmesg,
  hostname,
  top: screen,
  htop: screen,
  btop: screen,
  atop: screen,
  glances: screen,
  nmon: screen,
  yes: () =>
    isLocal('prints without an end', {
      interactive: endless('`yes` never ends'),
    }),
  fuser: guarded(/^-[a-z]*k|^--kill/, 'shows who uses a file'),
  ethtool: guarded(
    /^-(?![ikgScadPTulmxn]$)|^--(?!show|help|driver|statistics|identify_)/,
    'shows a network interface',
  ),
  strace: traces,
  ltrace: traces,
  dos2unix: converts,
  unix2dos: converts,
  patch: patches,
};

/** A patch lands in the file or folder that is named, else where the command runs. */
function patches(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'p strip i input d directory o output r reject-file B F D Y z V g b_',
  });
  if (isOn(options, 'dry-run')) return isLocal('tries a patch');
  const targets = [
    options.value('d', 'directory'),
    options.value('o', 'output'),
    options.operands[0],
  ].flatMap(one => (one ? [one] : []));
  return combined(
    [
      changesFiles('changes files by a patch'),
      ...targets.map(one => writesTo(one, scene, 'patches')),
      ...(scene.inWorkspace ? [] : [changes('changes files by a patch')]),
    ],
    '',
  );
}

function converts(call: Call, scene: Scene): Verdict {
  return combined(
    parseOptions(call.args).operands.map(one => writesTo(one, scene)),
    'converts its input',
  );
}

/** Watching a process slows it down and changes nothing; starting one is what that one does. */
function traces(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'p e o s S P u E a b I O X U attach trace output string-limit',
    stopsAtOperand: true,
  });
  const started =
    options.operands.length > 0
      ? scene.judgeCommand(options.operands, scene, call.input)
      : undefined;
  const file = options.value('o', 'output');
  return combined(
    [
      reads('watches the system calls of a process'),
      ...(started ? [started] : []),
      ...(file ? [writesTo(file, scene)] : []),
    ],
    '',
  );
}

function guarded(
  dangerous: RegExp,
  because: string,
  endlessOptions = '',
): ToolRule {
  return call => {
    if (
      call.args.some(
        one =>
          dangerous.test(one.value) ||
          (one.certainty === 'words' && /^[$`]/.test(one.value)),
      )
    ) {
      return isUnknown(`changes something about what it shows: ${call.tool}`);
    }
    const follows = call.args.some(
      one => endlessOptions.split(' ').includes(one.value) && one.value !== '',
    );
    return reads(
      because,
      follows ? { interactive: endless('goes on until it is stopped') } : {},
    );
  };
}

function screen(call: Call): Verdict {
  const options = parseOptions(call.args, { values: 'n p u d' });
  if (call.tool === 'top' && options.has('b') && options.has('n'))
    return reads('shows processes once');
  return reads('shows what runs', {
    interactive: needsTerminal(
      `\`${call.tool}\` fills the screen until it is left`,
    ),
  });
}
