import type { Argument } from '../words';
import {
  asks,
  endless,
  needsTerminal,
  terminalNotNeeded,
  withoutTerminal,
} from './interactive';
import { opensShell } from './kubectlPods';
import { isOn, parseOptions } from './options';
import { writesTo } from './paths';
import { type Call, type Scene, sceneThere, type ToolRule } from './scene';
import { verbTool } from './verbTable';
import { changes, isUnknown, isWorse, type Verdict } from './verdict';

const DOCKER_TABLE = `
read | ps, images, inspect, logs, top, stats, version, info, port, diff, events, history, search, container ls, container list, container ps, container inspect, container logs, container top, container stats, container port, image ls, image list, image inspect, image history, volume ls, volume list, volume inspect, network ls, network list, network inspect, system df, system info, system events, context ls, context show, context inspect, node ls, node inspect, node ps, service ls, service ps, service inspect, service logs, stack ls, stack ps, stack services, buildx ls, buildx inspect, buildx du, manifest inspect, buildx imagetools inspect, plugin ls, secret ls, secret inspect, config ls, config inspect, compose ps, compose logs, compose config, compose top, compose images, compose ls, compose port, compose version, compose events, pod ps, pod ls, pod inspect, pod logs, pod stats, machine ls, healthcheck run, swarm ca, scout, wait, container wait, compose wait, checkpoint ls, trust inspect, container diff, compose stats, compose volumes, builder du, model ls | looks at containers: {names}
files | build, buildx build, image build, compose build, compose pull, pull, image pull, tag, image tag, save, image save, load, image load, import, image import, export, container export, login, logout, context use, context create, buildx create, buildx use, commit, container commit, builder build, buildx bake, compose create, create, container create, compose convert, cp_, context export, generate, plugin create | makes or fetches images: {names}
change | push, image push, compose push, manifest push, manifest create, manifest annotate, buildx imagetools create, trust sign | pushes {names} to a registry
change | start, restart, unpause, pause, rename, update, attach, container start, container restart, container pause, container unpause, container update, container rename, network create, network connect, volume create, service create, service update, service scale, service rollback, stack deploy, swarm init, swarm join, swarm update, swarm unlock, swarm join-token, swarm unlock-key, node update, node promote, node demote, secret create, config create, compose up, compose start, compose restart, compose scale, compose unpause, compose pause, compose watch, plugin install, plugin enable, plugin set, volume import, pod create, pod start, pod restart, machine start, machine init, play kube, kube play, container checkpoint, checkpoint create, init, compose attach | starts or changes containers: {names}
destructive | rm, rmi, kill, stop, container rm, container stop, container kill, container prune, image rm, image prune, image remove, volume rm, volume remove, volume prune, network rm, network prune, network disconnect, system prune, builder prune, buildx prune, buildx rm, compose down, compose stop, compose kill, compose rm, service rm, stack rm, stack down, swarm leave, node rm, secret rm, config rm, plugin rm, plugin disable, context rm, pod rm, pod stop, pod kill, pod prune, machine stop, machine rm, system reset, kube down, manifest rm, checkpoint rm, buildx prune | stops or removes containers, images or volumes: {names}
`;

const GLOBAL =
  'H host c context l log-level config tlscacert tlscert tlskey f file p project-name profile env-file ansi parallel project-directory n namespace a address r runtime-endpoint i image-endpoint t timeout connection url identity cgroup-manager root runroot storage-driver';
const RUN_VALUES =
  'name e env env-file v volume p publish w workdir u user network net h hostname mount entrypoint m memory cpus cpu-shares platform l label link ' +
  'restart log-driver log-opt add-host dns device gpus shm-size ulimit cap-add cap-drop security-opt pid ipc cidfile expose runtime stop-signal ' +
  'stop-timeout tmpfs health-cmd health-interval pull detach-keys userns group-add cgroup-parent annotation volumes-from dns-search dns-option ip index a attach isolation sysctl blkio-weight cpuset-cpus memory-swap memory-reservation pids-limit mac-address network-alias uts domainname init-path secret pod';

function docker(tool: string): ToolRule {
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

function execContainer(
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
    isOn(options, 'i', 'interactive') ? call.input : undefined,
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

function runContainer(
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

function copyContainer(args: readonly Argument[], scene: Scene): Verdict {
  const [from, to] = parseOptions(args).operands;
  if (!from || !to) return isUnknown('copies files; which way is not known');
  if (/:/.test(to.value))
    return changes(
      `copies ${scene.show(from.value)} into ${scene.show(to.value)}`,
    );
  return writesTo(to, scene, 'copies files out of a container to');
}

const crictl = verbTool(
  'crictl',
  {
    values:
      'r runtime-endpoint i image-endpoint t timeout c config o output name label state image tail since',
    flags: '',
    after: (judged, options, _call, _scene, verb) =>
      verb === 'logs' && isOn(options, 'f', 'follow')
        ? {
            ...judged,
            interactive: endless('follows logs until it is stopped'),
          }
        : judged,
  },
  `
read | ps, pods, images, img, inspect, inspecti, inspectp, logs, stats, statsp, info, version, imagefsinfo, config, events, image, port-forward, runtime-config | looks at containers: {names}
change | pull, run, runp, start, create, attach, update, checkpoint | starts or changes containers: {names}
destructive | stop, stopp, rm, rmp, rmi | stops or removes containers: {names}
`,
);

/** Tools that run containers on a machine. */
export const containerTools: Record<string, ToolRule> = {
  docker: docker('docker'),
  podman: docker('podman'),
  nerdctl: docker('nerdctl'),
  'docker-compose': (call, scene) =>
    docker('docker')(
      {
        ...call,
        args: [
          {
            value: 'compose',
            certainty: 'exact',
            start: -1,
            end: -1,
            spliced: false,
          },
          ...call.args,
        ],
      },
      scene,
    ),
  'podman-compose': (call, scene) =>
    docker('podman')(
      {
        ...call,
        args: [
          {
            value: 'compose',
            certainty: 'exact',
            start: -1,
            end: -1,
            spliced: false,
          },
          ...call.args,
        ],
      },
      scene,
    ),
  crictl: (call, scene) => {
    const words = parseOptions(call.args, {
      values: 'r runtime-endpoint i image-endpoint t timeout c config',
      stopsAtOperand: true,
    }).operands;
    return words[0]?.value === 'exec'
      ? execContainer(words.slice(1), call, scene, 'crictl')
      : crictl(call, scene);
  },
  ctr: verbTool(
    'ctr',
    { values: 'n namespace a address timeout connect-timeout', flags: '' },
    `
read | images ls, image ls, i ls, containers ls, c ls, tasks ls, t ls, namespaces ls, ns ls, version, containers info, c info, tasks metrics, snapshots ls, content ls, plugins ls, images check, leases ls, events, info, tasks ps, images list, containers list, tasks list | looks at containers
change | images pull, i pull, images import, i import, images tag, run, tasks start, tasks exec, containers create, images push, images label, namespaces create, tasks resume, tasks pause, tasks attach | changes containers: {names}
files | images export, i export | writes {names}
destructive | images rm, i rm, containers rm, c rm, containers delete, tasks kill, t kill, tasks rm, tasks delete, snapshots rm, content rm, namespaces rm, namespaces remove, images prune, content prune, leases rm, images remove | removes containers: {names}
`,
  ),
  skopeo: verbTool(
    'skopeo',
    {
      values:
        'authfile creds src-creds dest-creds format tls-verify override-os override-arch command-timeout policy',
      flags: '',
    },
    `
read | inspect, list-tags, manifest-digest | looks at images: {names}
change | copy, sync | copies images: {names}
destructive | delete | deletes image {names}
files | login, logout | logs in
`,
  ),
  crane: verbTool(
    'crane',
    { values: 'platform', flags: 'insecure' },
    `
read | ls, manifest, digest, config, catalog, validate, version | looks at images: {names}
files | pull, export, auth, blob | fetches {names}
change | push, copy, cp, tag, append, mutate, rebase, flatten, edit | pushes images: {names}
destructive | delete | deletes image {names}
`,
  ),
  minikube: cluster(
    'minikube',
    `
read | status, ip, service list, addons list, profile list, image ls, image list, logs, version, node list, ssh-key, ssh-host, config view, config get, update-check, cache list, docker-env, podman-env, options, completion, kubectl_ | looks at a local cluster
read | service | shows the address of {names}
files | config set, config unset, profile, update-context, cp_ | changes settings of minikube
change | start, addons enable, addons disable, addons configure, image load, image build, image pull, image tag, image push, pause, unpause, node add, node start, cache add, cache reload, image save, cp | changes a local cluster: {names}
destructive | stop, delete, image rm, image unload, node delete, node stop, cache delete | stops or deletes a local cluster: {names}
`,
  ),
  kind: cluster(
    'kind',
    `
read | get clusters, get nodes, get kubeconfig, version, export logs, completion | looks at local clusters
files | export kubeconfig, build node-image | writes a kubeconfig
change | create cluster, load docker-image, load image-archive, create, load | changes a local cluster: {names}
destructive | delete cluster, delete clusters, delete | deletes a local cluster: {names}
`,
  ),
  k3d: cluster(
    'k3d',
    `
read | cluster list, cluster ls, node list, kubeconfig get, version, registry list, completion, config init | looks at local clusters
files | kubeconfig merge, kubeconfig write | writes a kubeconfig
change | cluster create, cluster start, cluster edit, node create, node start, image import, registry create, node edit | changes a local cluster: {names}
destructive | cluster delete, cluster stop, node delete, node stop, registry delete, cluster rm | stops or deletes a local cluster: {names}
`,
  ),
  k3s: (call, scene) =>
    call.args[0]?.value === 'kubectl' ||
    call.args[0]?.value === 'crictl' ||
    call.args[0]?.value === 'ctr'
      ? scene.judgeCommand(call.args, scene, call.input, call.piped)
      : cluster(
          'k3s',
          `
read | check-config, etcd-snapshot ls, etcd-snapshot list, token list, certificate check | looks at k3s
change | server, agent, etcd-snapshot save, certificate rotate, token create, token rotate, secrets-encrypt, etcd-snapshot | changes k3s
destructive | etcd-snapshot delete, etcd-snapshot prune, token delete | deletes of k3s
`,
        )(call, scene),
  microk8s: (call, scene) =>
    /^(kubectl|helm|helm3|ctr|istioctl|linkerd)$/.test(
      call.args[0]?.value ?? '',
    )
      ? scene.judgeCommand(call.args, scene, call.input, call.piped)
      : cluster(
          'microk8s',
          `
read | status, config, inspect, version, images export-local | looks at microk8s
change | start, enable, disable, add-node, join, refresh-certs, upgrade, images | changes microk8s: {names}
destructive | stop, reset, leave, remove-node, uninstall | stops or empties microk8s
`,
        )(call, scene),
  colima: cluster(
    'colima',
    `
read | status, list, version | looks at a local machine
change | start, restart, update, kubernetes | starts a local machine
destructive | stop, delete, prune | stops or deletes a local machine
`,
  ),
};

function cluster(tool: string, table: string): ToolRule {
  const judged = verbTool(
    tool,
    {
      values:
        'p profile name n namespace context c config kubeconfig nodes driver cpus memory kubernetes-version container-runtime image wait',
      flags: '',
      unknownWrites: true,
    },
    table,
  );
  return (call, scene) => {
    const words = parseOptions(call.args, { values: 'p profile' }).operands;
    if (tool === 'minikube' && words[0]?.value === 'kubectl') {
      const rest =
        parseOptions(call.args, { values: 'p profile' }).rest ?? words.slice(1);
      return scene.judgeCommand(
        [{ ...words[0], value: 'kubectl' }, ...rest],
        scene,
        call.input,
        call.piped,
      );
    }
    if (
      tool === 'minikube' &&
      /^(tunnel|dashboard|mount)$/.test(words[0]?.value ?? '')
    ) {
      return isUnknown(`minikube ${words[0].value} stays open`, {
        interactive: { kind: 'endless', because: 'stays until it is stopped' },
      });
    }
    if (tool === 'minikube' && words[0]?.value === 'ssh') {
      return words.length > 1
        ? scene.judgeText(
            words
              .slice(1)
              .map(one => one.value)
              .join(' '),
            sceneThere(scene, 'on the node'),
          )
        : isUnknown('opens a shell on the node', {
            interactive: needsTerminal('opens a shell'),
          });
    }
    if (
      tool === 'minikube' &&
      words[0]?.value === 'service' &&
      words[1]?.value !== 'list' &&
      !call.args.some(one => one.value === '--url')
    ) {
      return {
        ...judged(call, scene),
        interactive: needsTerminal('opens a page on your own machine'),
      };
    }
    return judged(call, scene);
  };
}
