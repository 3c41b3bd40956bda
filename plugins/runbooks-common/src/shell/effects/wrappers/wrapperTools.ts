import { needsTerminal } from '../interactive';
import { parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { atLeast, changes, isLocal, isUnknown, type Verdict } from '../verdict';
import { sudo, env, su, chroot, nsenter } from './otherUser';
import { prefix, inner, timed } from './prefix';
import { xargs, parallel, watch } from './repeating';
import { shell, evaluate, source, trap } from './shells';
import { manyHosts, ssh } from './ssh';

function runCommand(call: Call, scene: Scene): Verdict {
  if (/^-[vV]/.test(call.args[0]?.value ?? ''))
    return isLocal('looks whether a command exists');
  const judged = prefix('')(call, scene);
  const { given } = parseOptions(call.args, { stopsAtOperand: true });
  return given.length === 0 || scene.where === 'there'
    ? judged
    : atLeast(
        'unknown',
        judged,
        'starts a command that is looked for elsewhere',
      );
}

/** The one that is a program writes what it measures to any file. */
function measured(call: Call, scene: Scene): Verdict {
  const { given } = parseOptions(call.args, {
    values: 'f format o output',
    stopsAtOperand: true,
  });
  return given.every(({ name }) => /^(?:p|portability)$/.test(name))
    ? prefix('')(call, scene)
    : isUnknown('measures a command and may write a file');
}

function doas(call: Call, scene: Scene): Verdict {
  return prefix('u C')(call, scene);
}

function execute(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0) return isLocal('changes where output goes');
  return prefix('a')(call, scene);
}

function repeat(values: string): ToolRule {
  return prefix(values);
}

/** With `-p` the tool sets a process that runs already, and starts none. */
function unlessOfProcess(rule: ToolRule): ToolRule {
  return (call, scene) => {
    const own = call.args.findIndex(one => !one.value.startsWith('-'));
    const options = call.args.slice(0, own < 0 ? undefined : own + 2);
    return options.some(one => /^-[a-z]*p$|^--pid/.test(one.value))
      ? changes('sets how a running process is scheduled')
      : rule(call, scene);
  };
}

/** Commands that run other commands. */
export const wrapperTools: Record<string, ToolRule> = {
  sudo,
  doas,
  env,
  time: measured,
  nohup: prefix(''),
  nice: prefix('n adjustment'),
  ionice: unlessOfProcess(prefix('c class n classdata')),
  chrt: unlessOfProcess(repeat('T P D')),
  taskset: unlessOfProcess(timed('c')),
  stdbuf: prefix('i input o output e error'),
  setsid: prefix(''),
  unbuffer: prefix(''),
  chronic: prefix(''),
  builtin: prefix(''),
  command: runCommand,
  exec: execute,
  coproc: prefix(''),
  timeout: timed('k kill-after s signal'),
  gtimeout: timed('k kill-after s signal'),
  flock: (call, scene) => {
    const options = parseOptions(call.args, {
      values: 'w wait timeout E conflict-exit-code c command',
      stopsAtOperand: true,
    });
    const text = options.value('c', 'command') ?? undefined;
    const words = options.operands.slice(1);
    if (text || words[0]?.value === '-c')
      return isUnknown('runs a command under a lock');
    return inner(call, words, scene);
  },
  xargs,
  parallel,
  watch,
  bash: shell,
  sh: shell,
  zsh: shell,
  dash: shell,
  ksh: shell,
  ash: shell,
  fish: shell,
  rbash: shell,
  eval: evaluate,
  source,
  '.': source,
  trap,
  ssh,
  autossh: ssh,
  pssh: manyHosts,
  'parallel-ssh': manyHosts,
  pdsh: manyHosts,
  clush: manyHosts,
  mosh: (call, scene) =>
    isUnknown(
      `opens a shell on ${
        call.args[0] ? scene.show(call.args[0].value) : 'a host'
      }`,
      { interactive: needsTerminal('`mosh` opens a shell') },
    ),
  su,
  runuser: su,
  chroot,
  nsenter,
  unshare: () => isUnknown('runs a command apart from the rest'),
  script: () =>
    isUnknown('records a terminal', {
      interactive: needsTerminal('`script` opens a shell'),
    }),
  screen: () =>
    isUnknown('opens a terminal that stays', {
      interactive: needsTerminal('`screen` opens a terminal'),
    }),
  tmux: () =>
    isUnknown('opens a terminal that stays', {
      interactive: needsTerminal('`tmux` opens a terminal'),
    }),
  busybox: (call, scene) => inner(call, call.args, scene),
  toybox: (call, scene) => inner(call, call.args, scene),
  'aws-vault': (call, scene) => {
    const options = parseOptions(call.args, {
      values: 'd duration region prompt',
      stopsAtOperand: true,
    });
    return options.operands[0]?.value === 'exec' && options.operands.length > 2
      ? inner(
          call,
          options.operands
            .slice(2)
            .filter((one, index) => !(index === 0 && one.value === '--')),
          scene,
        )
      : isUnknown('what aws-vault is told to do is not known');
  },
};
