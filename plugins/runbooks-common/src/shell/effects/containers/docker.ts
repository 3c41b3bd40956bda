import type { Argument } from '../../words';
import { asks, endless, needsTerminal } from '../interactive';
import { isOn, type Options, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, destroys, isUnknown, reads, type Verdict } from '../verdict';
import { compose } from './compose';
import { copyContainer, execContainer, runContainer } from './inside';
import { valuesFor } from './letters';

const DOCKER_TABLE = `
read | ps, container ls, container list, container ps, pod ps, pod ls, node ps, service ps, stack ps | lists containers: {names}
read | images, image ls, image list, image history, history, image inspect, manifest inspect, buildx imagetools inspect, trust inspect | looks at images: {names}
read | inspect, container inspect, port, container port, top, container top, diff, container diff, stats, container stats, pod inspect, pod stats, healthcheck run, wait, container wait, checkpoint ls | looks at containers: {names}
read | logs, container logs, service logs, pod logs | reads the logs of {names}
read | version, info, events, search, system df, system info, system events, context ls, context show, context inspect, node ls, node inspect, service ls, service inspect, stack ls, stack services, buildx ls, buildx inspect, buildx du, builder du, plugin ls, secret ls, secret inspect, config ls, config inspect, volume ls, volume list, volume inspect, network ls, network list, network inspect, machine ls, swarm ca, scout, model ls | looks at the container host: {names}
change | build, buildx build, image build, builder build, buildx bake | builds an image on the container host from {names}
change | pull, image pull | fetches image {names} to the container host
change | tag, image tag | gives image {names} another name
change | load, image load, import, image import, commit, container commit | puts an image on the container host: {names}
change | create, container create | makes container {names} without starting it
files | save, image save, export, container export, login, logout, context use, context create, context export, buildx create, buildx use, generate, plugin create | writes files: {names}
change | push, image push, manifest push, manifest create, manifest annotate, buildx imagetools create, trust sign | pushes {names} to a registry
change | start, container start, pod start, unpause, container unpause | starts container {names}
change | restart, container restart, pod restart | restarts container {names}
change | pause, container pause | pauses container {names}
change | rename, update, attach, container attach, container update, container rename, container checkpoint, checkpoint create, pod create | changes container {names}
change | network create, network connect, volume create, volume import, secret create, config create, plugin install, plugin enable, plugin set, machine start, machine init, play kube, kube play, init, context update | changes the container host: {names}
change | service create, service update, service scale, stack deploy, node update, node promote, node demote, swarm init, swarm join, swarm update, swarm unlock, swarm join-token, swarm unlock-key | changes the swarm: {names}
change | service rollback | takes service {names} back to what it was before
destructive | stop, container stop, kill, container kill, pod stop, pod kill, machine stop | stops container {names}
destructive | rm, container rm, container remove, pod rm, checkpoint rm | removes container {names}
destructive | rmi, image rm, image remove, manifest rm | removes image {names}
destructive | volume rm, volume remove | deletes volume {names} and the data in it
destructive | volume prune | deletes volumes that no container uses, and the data in them
destructive | system prune, system reset | deletes stopped containers, and networks and images that no container uses
destructive | container prune, pod prune | deletes stopped containers
destructive | image prune | deletes images that no container uses
destructive | network prune, builder prune, buildx prune | deletes networks or build caches that nothing uses
destructive | network rm, network disconnect, buildx rm, secret rm, config rm, plugin rm, plugin disable, context rm, machine rm, kube down, node rm, swarm leave | removes {names}
destructive | service rm, stack rm, stack down | removes {names} from the swarm
`;

const GLOBAL =
  'H host c context l log-level config tlscacert tlscert tlskey connection url identity cgroup-manager root runroot storage-driver';
const NERDCTL_GLOBAL = `${GLOBAL} n namespace a address`;

/** Docker, and what takes the same words. */
export function docker(tool: string): ToolRule {
  const globals = tool === 'nerdctl' ? NERDCTL_GLOBAL : GLOBAL;
  const tables = new Map<string, ToolRule>();
  const tableFor = (values: string): ToolRule => {
    const known = tables.get(values);
    if (known) return known;
    const made = verbTool(tool, { values, after: correctDocker }, DOCKER_TABLE);
    tables.set(values, made);
    return made;
  };
  return (call, scene) => {
    const words = parseOptions(call.args, {
      values: globals,
      stopsAtOperand: true,
    }).operands;
    const [first, second] = words;
    if (!first) return tableFor('')(call, scene);
    if (first.certainty !== 'exact')
      return isUnknown(`what ${tool} is told to do is not known`);
    if (first.value === 'compose') return compose(words.slice(1), call, scene);
    const inner =
      first.value === 'container' && second ? words.slice(1) : words;
    return (
      judgeInside(inner, call, scene, tool) ??
      tableFor(valuesFor(words))({ ...call, args: words }, scene)
    );
  };
}

function judgeInside(
  words: readonly Argument[],
  call: Call,
  scene: Scene,
  tool: string,
): Verdict | undefined {
  switch (words[0].value) {
    case 'exec':
      return execContainer(words.slice(1), call, scene, tool);
    case 'run':
      return runContainer(words.slice(1), call, scene);
    case 'cp':
      return copyContainer(words.slice(1), scene);
    default:
      return undefined;
  }
}

function correctDocker(
  judged: Verdict,
  options: Options,
  call: Call,
  scene: Scene,
  verb: string,
): Verdict {
  const follows = /logs$/.test(verb) && isOn(options, 'f', 'follow');
  const stays =
    (/stats$/.test(verb) && !isOn(options, 'no-stream')) ||
    (/events$/.test(verb) && !options.has('until'));
  if (follows || stays)
    return {
      ...judged,
      interactive: endless(
        `\`${call.tool} ${verb}\` goes on until it is stopped`,
      ),
    };
  if (/attach$/.test(verb))
    return {
      ...judged,
      interactive: needsTerminal('`attach` joins the terminal of a container'),
    };
  if (verb === 'login' && !options.has('p', 'password', 'password-stdin'))
    return {
      ...judged,
      interactive: asks(`\`${call.tool} login\` asks for a password`),
    };
  if (/prune$|^system reset$/.test(verb))
    return {
      ...judged,
      ...(isOn(options, 'volumes')
        ? {
            because: `${judged.because}, volumes and the data in them too`,
          }
        : {}),
      ...(isOn(options, 'f', 'force') || call.input
        ? {}
        : { interactive: asks('asks whether to go on') }),
    };
  if (/build$|bake$/.test(verb) && isOn(options, 'push'))
    return changes('builds an image and pushes it to a registry');
  if (verb === 'service scale' && scalesToNone(options.operands))
    return destroys('scales a service to 0 tasks: all of them stop');
  if (verb === 'service update' && options.value('replicas')?.value === '0')
    return destroys('scales a service to 0 tasks: all of them stop');
  if (verb === 'swarm join-token') {
    return options.has('rotate')
      ? judged
      : reads('prints the token that lets machines join the swarm', {
          secrets: true,
        });
  }
  const output = /^(save|image save|export|container export)$/.test(verb)
    ? options.value('o', 'output')
    : undefined;
  return output ? writesTo(output, scene) : judged;
}

/** `web=0`: a service without tasks. */
function scalesToNone(words: readonly Argument[]): boolean {
  return words.some(one => /=0+$/.test(one.value));
}
