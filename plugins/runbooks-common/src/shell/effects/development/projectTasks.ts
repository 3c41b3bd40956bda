import type { Argument } from '../../words';
import { servesForever } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { combined, isLocal, isUnknown, type Verdict } from '../verdict';
import { judgeByName } from './scriptNames';

/** make, just, task: they run what a file of the project says under a name. */
export function taskRunner(
  file: { values: string; rehearsal: string[]; lists: string[] },
  does: string,
): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values: file.values });
    for (const argument of call.args)
      scene.interpretsAgain(argument, `${call.tool}, as text of its file`);
    if (isOn(options, 'version', 'help'))
      return isLocal(`shows the version of ${call.tool}`);
    const targets = options.operands.filter(one => !/=/.test(one.value));
    const names = targets.map(one => scene.show(one.value)).join(' ');
    if (isOn(options, ...file.lists) && !options.unclear)
      return isLocal(`lists what ${call.tool} can do`);
    // To know what it would run it reads the file, and in that commands may stand that it runs for it.
    if (isOn(options, ...file.rehearsal) && !options.unclear)
      return isUnknown(
        `prints what ${call.tool} ${names} would run, and runs what its file says for that`.replace(
          / +/g,
          ' ',
        ),
      );
    return judgeTargets(targets, does, call, scene);
  };
}

function judgeTargets(
  targets: readonly Argument[],
  does: string,
  call: Call,
  scene: Scene,
): Verdict {
  if (targets.length === 0)
    return judgeByName(does, 'that comes first', [], scene);
  const judged = targets.map(target =>
    withServer(target.value, judgeByName(does, target.value, [], scene)),
  );
  return { ...combined(judged, ''), tool: call.tool };
}

const SERVES =
  /^(?:dev|serve|server|watch|storybook|preview)$|^(?:dev|serve|start|watch):|:(?:dev|watch|serve)$/;

/** A target whose name says that it stays: a development server. */
export function withServer(name: string, judged: Verdict): Verdict {
  return SERVES.test(name) && !judged.interactive
    ? {
        ...judged,
        interactive: servesForever(`\`${name}\` stays until it is stopped`),
      }
    : judged;
}
