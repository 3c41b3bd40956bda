import type { Argument } from '../../words';
import {
  needsTerminal,
  terminalNotNeeded,
  withoutTerminal,
} from '../interactive';
import { opensShell } from '../kubectl/pods';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import { type Call, type Scene, sceneThere } from '../scene';
import { changes, isUnknown, isWorse, reads, type Verdict } from '../verdict';

const RUN_VALUES =
  'name e env env-file v volume p publish w workdir u user network net h hostname mount entrypoint m memory cpus cpu-shares platform l label link ' +
  'restart log-driver log-opt add-host dns device gpus shm-size ulimit cap-add cap-drop security-opt pid ipc cidfile expose runtime stop-signal ' +
  'stop-timeout tmpfs health-cmd health-interval pull detach-keys userns group-add cgroup-parent annotation volumes-from dns-search dns-option ip index a attach isolation sysctl blkio-weight cpuset-cpus memory-swap memory-reservation pids-limit mac-address network-alias uts domainname init-path secret pod';

/** `exec`: does what the inner command does. */
export function execContainer(
  args: readonly Argument[],
  call: Call,
  scene: Scene,
  tool: string,
): Verdict {
  const options = parseOptions(args, {
    values: 'e env env-file u user w workdir detach-keys index',
    stopsAtOperand: true,
  });
  const [container, ...rest] = options.operands;
  const words = rest[0]?.value === '--' ? rest.slice(1) : rest;
  if (!container || container.certainty === 'words')
    return isUnknown(`what ${tool} exec runs is not known`);
  const where = `in container ${scene.show(container.value)}`;
  if (words.length === 0)
    return isUnknown(`opens ${where}`, {
      interactive: needsTerminal('has no command'),
    });
  const judged = scene.judgeCommand(
    words,
    sceneThere(scene, where),
    tool === 'compose' || isOn(options, 'i', 'interactive')
      ? call.input
      : undefined,
    call.piped,
  );
  return {
    ...judged,
    because: `${where}: ${judged.because}`,
    changesFiles: undefined,
    interactive: terminalOf(options, words, judged, call, 'interactive'),
  };
}

function terminalOf(
  options: ReturnType<typeof parseOptions>,
  words: readonly Argument[],
  judged: Verdict,
  call: Call,
  long: string,
) {
  if (opensShell(words) && !call.input)
    return needsTerminal('opens a shell in the container');
  if (judged.interactive && !judged.interactive.remedy)
    return judged.interactive;
  if (!isOn(options, 'i', 't', long, 'tty')) return judged.interactive;
  const edits = withoutTerminal(
    options.given,
    call.input ? 't' : 'it',
    call.input ? ['tty'] : [long, 'tty'],
  );
  return edits
    ? terminalNotNeeded(
        'asks for a terminal although its command ends by itself',
        edits,
        'runs without a terminal',
      )
    : needsTerminal('asks for a terminal');
}

/** `run`: a new container, and what runs in it. */
export function runContainer(
  args: readonly Argument[],
  call: Call,
  scene: Scene,
): Verdict {
  const options = parseOptions(args, {
    values: RUN_VALUES,
    stopsAtOperand: true,
  });
  const [image, ...words] = options.operands;
  if (!image) return isUnknown('runs a container that is not known');
  const says = scene.show(image.value);
  const judged =
    words.length > 0
      ? scene.judgeCommand(
          words,
          sceneThere(scene, `in a container of ${says}`),
          undefined,
          call.piped,
        )
      : undefined;
  const attaches = isOn(options, 'i', 't', 'interactive', 'tty')
    ? needsTerminal('opens a terminal in a new container')
    : undefined;
  const interactive =
    words.length === 0
      ? attaches
      : terminalOf(options, words, judged ?? changes(''), call, 'interactive');
  const because = `runs a container of ${says}`;
  return judged && isWorse(judged.effect, 'change')
    ? {
        ...judged,
        because: `${because}: ${judged.because}`,
        changesFiles: undefined,
        interactive,
      }
    : changes(because, { interactive });
}

/** `cp`: into a container or out of one. */
export function copyContainer(
  args: readonly Argument[],
  scene: Scene,
): Verdict {
  const [from, to] = parseOptions(args).operands;
  if (!from || !to) return isUnknown('copies files; which way is not known');
  if (/:/.test(to.value))
    return changes(
      `copies ${scene.show(from.value)} into ${scene.show(to.value)}`,
    );
  const written = writesTo(to, scene, 'copies files out of a container to');
  return written.effect === 'local'
    ? reads(written.because, { changesFiles: written.changesFiles })
    : written;
}
