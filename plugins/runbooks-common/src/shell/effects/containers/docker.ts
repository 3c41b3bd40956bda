import { asks, endless, needsTerminal } from '../interactive';
import { isOn, parseOptions } from '../options';
import { writesTo } from '../paths';
import type { ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { changes, isUnknown } from '../verdict';
import { copyContainer, execContainer, runContainer } from './inside';

const DOCKER_TABLE = `
read | ps, images, inspect, logs, top, stats, version, info, port, diff, events, history, search, container ls, container list, container ps, container inspect, container logs, container top, container stats, container port, image ls, image list, image inspect, image history, volume ls, volume list, volume inspect, network ls, network list, network inspect, system df, system info, system events, context ls, context show, context inspect, node ls, node inspect, node ps, service ls, service ps, service inspect, service logs, stack ls, stack ps, stack services, buildx ls, buildx inspect, buildx du, manifest inspect, buildx imagetools inspect, plugin ls, secret ls, secret inspect, config ls, config inspect, compose ps, compose logs, compose config, compose top, compose images, compose ls, compose port, compose version, compose events, pod ps, pod ls, pod inspect, pod logs, pod stats, machine ls, healthcheck run, swarm ca, scout, wait, container wait, compose wait, checkpoint ls, trust inspect, container diff, compose stats, compose volumes, builder du, model ls | looks at containers: {names}
files | build, buildx build, image build, compose build, compose pull, pull, image pull, tag, image tag, save, image save, load, image load, import, image import, export, container export, login, logout, context use, context create, buildx create, buildx use, commit, container commit, builder build, buildx bake, compose create, create, container create, compose convert, cp_, context export, generate, plugin create | makes or fetches images: {names}
change | push, image push, compose push, manifest push, manifest create, manifest annotate, buildx imagetools create, trust sign | pushes {names} to a registry
change | start, restart, unpause, pause, rename, update, attach, container start, container restart, container pause, container unpause, container update, container rename, network create, network connect, volume create, service create, service update, service scale, service rollback, stack deploy, swarm init, swarm join, swarm update, swarm unlock, swarm join-token, swarm unlock-key, node update, node promote, node demote, secret create, config create, compose up, compose start, compose restart, compose scale, compose unpause, compose pause, compose watch, plugin install, plugin enable, plugin set, volume import, pod create, pod start, pod restart, machine start, machine init, play kube, kube play, container checkpoint, checkpoint create, init, compose attach | starts or changes containers: {names}
destructive | rm, rmi, kill, stop, container rm, container stop, container kill, container prune, image rm, image prune, image remove, volume rm, volume remove, volume prune, network rm, network prune, network disconnect, system prune, builder prune, buildx prune, buildx rm, compose down, compose stop, compose kill, compose rm, service rm, stack rm, stack down, swarm leave, node rm, secret rm, config rm, plugin rm, plugin disable, context rm, pod rm, pod stop, pod kill, pod prune, machine stop, machine rm, system reset, kube down, manifest rm, checkpoint rm, buildx prune | stops or removes containers, images or volumes: {names}
`;

const GLOBAL =
  'H host c context l log-level config tlscacert tlscert tlskey f file p project-name profile env-file ansi parallel project-directory n namespace a address r runtime-endpoint i image-endpoint t timeout connection url identity cgroup-manager root runroot storage-driver';
/** Docker, and what takes the same words. */
export function docker(tool: string): ToolRule {
  const table = verbTool(
    tool,
    {
      values: `${GLOBAL} filter format tail since until n size o output quiet_ time signal s t tag file build-arg target cache-from cache-to platform push_ type scale username u password pull_policy`,
      flags: 'tls tlsverify remote',
      after: (judged, options, _call, scene, verb) => {
        const follows = /logs$/.test(verb) && isOn(options, 'f', 'follow');
        const stays =
          (/^(stats|container stats|compose stats|pod stats)$/.test(verb) &&
            !isOn(options, 'no-stream')) ||
          (/events$/.test(verb) && !options.has('until'));
        if (follows || stays)
          return {
            ...judged,
            interactive: endless(
              `\`${tool} ${verb}\` goes on until it is stopped`,
            ),
          };
        if (verb === 'compose up' && !isOn(options, 'd', 'detach', 'wait'))
          return {
            ...judged,
            interactive: {
              kind: 'endless',
              because: '`compose up` stays until it is stopped',
            },
          };
        if (verb === 'attach')
          return {
            ...judged,
            interactive: needsTerminal(
              '`attach` joins the terminal of a container',
            ),
          };
        if (verb === 'login' && !options.has('p', 'password', 'password-stdin'))
          return {
            ...judged,
            interactive: asks(`\`${tool} login\` asks for a password`),
          };
        if (/prune$/.test(verb) && !isOn(options, 'f', 'force'))
          return { ...judged, interactive: asks('asks whether to go on') };
        if (/build$/.test(verb) && isOn(options, 'push'))
          return changes('builds an image and pushes it');
        const output = /^(save|image save|export|container export)$/.test(verb)
          ? options.value('o', 'output')
          : undefined;
        return output ? writesTo(output, scene) : judged;
      },
    },
    DOCKER_TABLE,
  );
  return (call, scene) => {
    const started = parseOptions(call.args, {
      values: GLOBAL,
      stopsAtOperand: true,
    });
    let words = started.operands;
    if (
      words.some(one => one.certainty === 'words') &&
      words[0]?.certainty === 'words'
    )
      return isUnknown(`what ${tool} is told to do is not known`);
    if (/^(container|compose)$/.test(words[0]?.value ?? '')) {
      const rest = parseOptions(words.slice(1), {
        values: GLOBAL,
        stopsAtOperand: true,
      }).operands;
      if (/^(run|exec|cp)$/.test(rest[0]?.value ?? '')) words = rest;
    }
    switch (words[0]?.value) {
      case 'exec':
        return execContainer(words.slice(1), call, scene, tool);
      case 'run':
        return runContainer(words.slice(1), call, scene);
      case 'cp':
        return copyContainer(words.slice(1), scene);
      default:
        return table(call, scene);
    }
  };
}
