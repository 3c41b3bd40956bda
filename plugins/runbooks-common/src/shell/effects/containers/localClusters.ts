import { needsTerminal } from '../interactive';
import { parseOptions } from '../options';
import { sceneThere, type ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { isUnknown } from '../verdict';

/** Clusters on one machine. */
export const localClusters: Record<string, ToolRule> = {
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
