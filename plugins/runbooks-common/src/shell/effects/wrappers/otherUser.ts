import type { Argument } from '../../words';
import { asks, needsTerminal } from '../interactive';
import { type Options, parseOptions } from '../options';
import { type Call, type Scene, sceneThere } from '../scene';
import { atLeast, isLocal, isUnknown, reads, type Verdict } from '../verdict';
import { steersCommands, steersUntold } from './settings';
import { interpreted, fromInput } from './shells';

/** Runs a command as another user. */
export function sudo(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'u user g group h host p prompt C close-from D chdir R chroot T command-timeout r role t type U other-user',
    stopsAtOperand: true,
  });
  const words = withoutSettings(options.rest ?? options.operands);
  if (options.has('e', 'edit'))
    return isUnknown('edits a file as another user', {
      interactive: needsTerminal('opens an editor'),
    });
  if (words.rest.length === 0) {
    if (options.has('i', 's', 'login', 'shell'))
      return isUnknown('opens a shell of another user', {
        interactive: needsTerminal('opens a shell'),
      });
    return isLocal('asks what one may do as another user');
  }
  const judged = options.has('i', 's', 'login', 'shell')
    ? scene.judgeText(words.rest.map(one => one.value).join(' '), scene)
    : scene.judgeCommand(words.rest, scene, call.input, call.piped);
  return steeredBy(
    words.steered,
    options.has('S', 'stdin')
      ? {
          ...judged,
          interactive: judged.interactive ?? asks('`sudo -S` reads a password'),
        }
      : judged,
  );
}

/** A setting such as PATH may make a command another one; it never makes a bad one better. */
function steeredBy(name: string | undefined, judged: Verdict): Verdict {
  return name === undefined
    ? judged
    : atLeast(
        'unknown',
        judged,
        `sets ${name} for the command, which may make it another one`,
      );
}

/** Runs a command with other settings. */
export function env(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'u unset C chdir',
    stopsAtOperand: true,
  });
  if (options.has('S', 'split-string'))
    return isUnknown('env takes a command apart by itself');
  const odd = scene.where === 'here' ? oddOption(options) : undefined;
  const words = withoutSettings(options.rest ?? options.operands);
  if (words.rest.length === 0)
    return reads('prints the environment', {
      effect: 'local',
    } as Partial<Verdict>);
  const judged = steeredBy(
    words.steered,
    scene.judgeCommand(words.rest, scene, call.input, call.piped),
  );
  return odd === undefined
    ? judged
    : atLeast(
        'unknown',
        judged,
        `starts a command with "env ${odd}", where another one may be found`,
      );
}

/** Without `PATH` a program is looked for elsewhere, and in another folder files are others. */
function oddOption({ given }: Options): string | undefined {
  const odd = given.find(
    ({ name, value }) =>
      !/^(?:u|unset)$/.test(name) ||
      value?.certainty !== 'exact' ||
      steersUntold(value.value),
  );
  return odd?.argument.value;
}

function withoutSettings(words: readonly Argument[]): {
  rest: readonly Argument[];
  steered?: string;
} {
  let index = 0;
  let steered: string | undefined;
  for (; index < words.length; index += 1) {
    const setting = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(words[index].value);
    if (!setting) break;
    if (steersCommands(setting[1], setting[2])) steered = setting[1];
  }
  return { rest: words.slice(index), steered };
}

/** Becomes another user. */
export function su(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'c command s shell g group G supp-group w whitelist-environment',
  });
  const command = options.value('c', 'command');
  if (!command) {
    return call.input
      ? fromInput(call.input, 'su', scene)
      : isUnknown('becomes another user', {
          interactive: needsTerminal('`su` opens a shell'),
        });
  }
  scene.interpretsAgain(command, 'su -c');
  return interpreted(command, scene, call);
}

/** Runs a command in another root. */
export function chroot(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'userspec groups',
    stopsAtOperand: true,
  });
  const words = (options.rest ?? options.operands).slice(1);
  const there =
    scene.where === 'there' ? scene : sceneThere(scene, 'in another root');
  if (words.length === 0)
    return isUnknown('opens a shell in another root', {
      interactive: needsTerminal('opens a shell'),
    });
  return {
    ...scene.judgeCommand(words, there, call.input),
    changesFiles: undefined,
  };
}

/** Runs a command on the host. */
export function nsenter(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 't target S setuid G setgid',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  if (words.length === 0)
    return isUnknown('opens a shell on the host', {
      interactive: needsTerminal('opens a shell'),
    });
  return {
    ...scene.judgeCommand(words, sceneThere(scene, 'on the host'), call.input),
    changesFiles: undefined,
  };
}
