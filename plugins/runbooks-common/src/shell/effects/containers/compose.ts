import type { Argument } from '../../words';
import { asks, endless, needsTerminal, servesForever } from '../interactive';
import { isOn, type Options, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { destroys, isLocal, type Verdict } from '../verdict';
import { copyContainer, execContainer, runContainer } from './inside';
import { valuesFor } from './letters';

const GLOBAL =
  'f file p project-name profile env-file ansi parallel project-directory progress podman-args podman-path in-pod H host c context';

const COMPOSE_TABLE = `
read | ps, top, images, ls, port, volumes, stats, version, events, wait | looks at the services: {names}
read | logs | reads the logs of {names}
local | config, convert, help | shows what the compose file says
change | pull | fetches the images of {names} to the container host
change | build | builds the images of {names} on the container host
change | create | makes the containers of {names} without starting them
change | push | pushes the images of {names} to a registry
change | up | brings up {names}, replacing containers that have changed
change | start | starts {names}
change | restart | restarts {names}
change | unpause, pause | pauses or goes on with {names}
change | scale | changes how many containers of {names} run
change | watch | replaces containers whenever a file changes
change | attach, publish, export, commit, cp | changes {names}
destructive | down | stops and removes the containers and networks of the project
destructive | stop | stops {names}
destructive | kill | stops {names} at once
destructive | rm | removes the stopped containers of {names}
`;

const tables = new Map<string, ToolRule>();

/** `docker compose`: what it does to the services of a project. The words begin after `compose`. */
export function compose(
  args: readonly Argument[],
  call: Call,
  scene: Scene,
): Verdict {
  const started = parseOptions(args, { values: GLOBAL, stopsAtOperand: true });
  const words = started.operands;
  const [verb] = words;
  if (isOn(started, 'dry-run') && verb && !started.unclear)
    return isLocal(`only rehearses compose ${scene.show(verb.value)}`);
  switch (verb?.value) {
    case 'exec':
      return execContainer(words.slice(1), call, scene, 'compose');
    case 'run':
      return runContainer(words.slice(1), call, scene);
    case 'cp':
      return copyContainer(words.slice(1), scene);
    default:
      return tableFor(valuesFor(words.slice(0, 1)))(
        { ...call, args: verb ? words : args },
        scene,
      );
  }
}

function tableFor(values: string): ToolRule {
  const known = tables.get(values);
  if (known) return known;
  const made = verbTool(
    'compose',
    { values, after: correctCompose },
    // Without names a verb is for all services.
    COMPOSE_TABLE.replace(/\{names\}/g, '{names|the services}'),
  );
  tables.set(values, made);
  return made;
}

function correctCompose(
  judged: Verdict,
  options: Options,
  call: Call,
  scene: Scene,
  verb: string,
): Verdict {
  const names = options.operands
    .slice(1)
    .map(one => scene.show(one.value))
    .join(' ');
  switch (verb) {
    case 'logs':
      return isOn(options, 'f', 'follow')
        ? {
            ...judged,
            interactive: endless(
              '`compose logs -f` goes on until it is stopped',
            ),
          }
        : judged;
    case 'stats':
    case 'events':
      return isOn(options, 'no-stream') || options.has('until')
        ? judged
        : {
            ...judged,
            interactive: endless(
              `\`compose ${verb}\` goes on until it is stopped`,
            ),
          };
    case 'watch':
      return {
        ...judged,
        interactive: servesForever(
          '`compose watch` goes on until it is stopped',
        ),
      };
    case 'attach':
      return {
        ...judged,
        interactive: needsTerminal(
          '`attach` joins the terminal of a container',
        ),
      };
    case 'up':
      return correctUp(judged, options);
    case 'scale':
      return options.operands.some(one => /=0+$/.test(one.value))
        ? destroys(`scales ${names} to no container: it stops`)
        : judged;
    case 'down':
      return isOn(options, 'v', 'volumes')
        ? {
            ...judged,
            because:
              'stops and removes the project, with its volumes and the data in them',
          }
        : judged;
    case 'rm':
      return isOn(options, 'f', 'force') || call.input
        ? judged
        : { ...judged, interactive: asks('asks whether to go on') };
    default:
      return judged;
  }
}

function correctUp(judged: Verdict, options: Options): Verdict {
  const none = options
    .all('scale')
    .some(one => /=0+$/.test(one.value?.value ?? ''));
  const up = none
    ? destroys('brings the project up with no container of a service: it stops')
    : judged;
  return isOn(options, 'd', 'detach', 'wait', 'no-start')
    ? up
    : {
        ...up,
        interactive: servesForever('`compose up` stays until it is stopped'),
      };
}
