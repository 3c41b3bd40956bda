import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StepBench } from './testUtils/StepBench';

jest.setTimeout(60_000);

const PROGRAM = '#!/bin/bash\necho steered >&2\nexit 1\n';

/** A kubeconfig that starts a program of the workspace to say who one is. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://127.0.0.1:6443
  name: run
contexts:
- context:
    cluster: run
    user: me
  name: run
current-context: run
users:
- name: me
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: /workspace/bin/kubectl-evil
      interactiveMode: Never
`;

const KUBERC = `apiVersion: kubectl.config.k8s.io/v1alpha1
kind: Preference
overrides:
- command: get
  flags:
  - name: kubeconfig
    default: /workspace/evil.yaml
`;

const PLUGIN = `name: evil
version: 1.0.0
command: /workspace/bin/kubectl-evil
`;

/** Ways to have kubectl or helm start a program of the workspace. */
const ATTACKS = [
  'kubectl get pods --kubeconfig evil.yaml',
  'kubectl --kubeconfig=/workspace/evil.yaml get pods',
  'KUBECONFIG=evil.yaml kubectl get pods',
  'export KUBECONFIG=$PWD/evil.yaml; kubectl get pods',
  'env KUBECONFIG=evil.yaml kubectl get pods',
  "bash -c 'KUBECONFIG=evil.yaml kubectl get pods'",
  'KUBECONFIG=evil.yaml:$KUBECONFIG kubectl get pods',
  'cat evil.yaml > "$KUBECONFIG"; kubectl get pods',
  'cp evil.yaml ~/.kube/config; kubectl get pods',
  'kubectl config set-cluster run --server=https://127.0.0.1:6443; kubectl config set-credentials me --exec-command=/workspace/bin/kubectl-evil --exec-api-version=client.authentication.k8s.io/v1 --exec-interactive-mode=Never; kubectl config set-context --current --user=me; kubectl get pods',
  'unset KUBECONFIG; HOME=/workspace/evil kubectl get pods',
  'export KUBECTL_KUBERC=true; kubectl get pods --kuberc=kuberc',
  'export KUBECTL_KUBERC=true; cp kuberc ~/.kube/kuberc; kubectl get pods',
  'export KUBECTL_KUBERC=true; cp kuberc ~/.kube; kubectl get pods',
  'PATH="$PATH:$PWD/bin"; kubectl evil',
  'HELM_PLUGINS=/workspace/plugins helm evil',
  'HELM_DATA_HOME=/workspace helm evil',
  'export XDG_DATA_HOME=/workspace/data; helm evil',
  'mkdir -p ~/.local/share/helm; cp -r plugins ~/.local/share/helm/; helm evil',
  'helm list --kubeconfig evil.yaml',
  'kubectl get pods -l -- --kubeconfig=./evil.yaml',
  'kubectl get pods -l -- --kubeconfig ./evil.yaml',
  'kubectl get pods --selector -- --kubeconfig=./evil.yaml',
  'kubectl get pods -Al -- --kubeconfig=./evil.yaml',
  'kubectl -l -- get pods --kubeconfig=./evil.yaml',
  'kubectl get pods -l -n --kubeconfig=./evil.yaml',
  'kubectl get pods -l --context --kubeconfig=./evil.yaml',
  'echo -l -- --kubeconfig=./evil.yaml > opts; kubectl get pods $(cat opts)',
  'helm list --filter -- --kubeconfig=./evil.yaml',
];

/** Ways to have any client of the cluster, kubectl in its own place here, start one: nothing stands in front of it. */
const OF_ANY_CLIENT = [
  'cat evil.yaml > "$KUBECONFIG"; kubectl get pods',
  'cp evil.yaml "$KUBECONFIG"; kubectl get pods',
  'cp evil.yaml ~/.kube/config; kubectl get pods',
  'cp -t ~/.kube evil/.kube/config; kubectl get pods',
  'cp evil/.kube/config ~/.kube/; kubectl get pods',
  'cd ~/.kube; cp /workspace/evil.yaml config; kubectl get pods',
  'sed -i "r evil.yaml" ~/.kube/config; cp -f evil.yaml ~/.kube/config; kubectl get pods',
  'dd if=evil.yaml of=$HOME/.kube/config status=none; kubectl get pods',
  'ln -sf "$PWD/evil.yaml" ~/.kube/config; kubectl get pods',
  'mv ~/.kube ~/gone; cp -r evil/.kube ~; kubectl get pods',
  'rm -rf ~/.kube; cp -r evil/.kube ~; kubectl get pods',
  'export KUBECTL_KUBERC=true; cp kuberc ~/.kube; kubectl get pods',
  'kubectl config set-credentials me --exec-command=/workspace/bin/kubectl-evil --exec-api-version=client.authentication.k8s.io/v1 --exec-interactive-mode=Never; kubectl config set-cluster run --server=https://127.0.0.1:6443; kubectl config set-context --current --user=me; kubectl get pods',
];

/** A home and a kubeconfig that can be written, as on the machine of a person. */
const UNDEFENDED =
  'rm -rf home; mkdir -p home/.kube; cat "$KUBECONFIG" > home/.kube/config; export HOME=$PWD/home KUBECONFIG=$PWD/home/.kube/config; ';

const inItsPlace = (text: string) =>
  text.replace(/\b(kubectl|helm) /g, '/opt/runbooks/bin/$1 ');

describe('kubectl and helm of a step', () => {
  let bench: StepBench;
  beforeAll(async () => {
    bench = await StepBench.create('settings');
    const { workspace } = bench.bench;
    const put = async (name: string, text: string, mode?: number) => {
      const file = path.join(workspace, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text, { mode });
    };
    await put('bin/kubectl-evil', PROGRAM, 0o755);
    await put('evil.yaml', KUBECONFIG);
    await put('evil/.kube/config', KUBECONFIG);
    await put('kuberc', KUBERC);
    await put('plugins/evil/plugin.yaml', PLUGIN);
    await put('data/helm/plugins/evil/plugin.yaml', PLUGIN);
  });
  afterAll(() => bench.dispose());

  it.each([...new Set([...ATTACKS, ...OF_ANY_CLIENT])])(
    'start a program of the workspace where they take their settings from anywhere: %s',
    async text => {
      const { stderr } = await bench.run(UNDEFENDED + inItsPlace(text));
      expect(stderr).toContain('steered');
    },
  );

  it.each(ATTACKS)('take them from the executor alone: %s', async text => {
    const { stdout, stderr } = await bench.run(text);
    expect(stdout + stderr).not.toContain('steered');
  });

  it.each(OF_ANY_CLIENT)(
    'and no other client finds there what the step has put: %s',
    async text => {
      const { stdout, stderr } = await bench.run(inItsPlace(text));
      expect(stdout + stderr).not.toContain('steered');
      expect(stderr).toMatch(/Read-only file system|busy|read-only/i);
    },
  );

  it('read what was looked at, whatever is put in its place or into their descriptors meanwhile', async () => {
    const { stdout, stderr } = await bench.run(`
kubectl config set-context --current --namespace=default > /dev/null
cat /run/step/contexts > good
until [[ -e stop ]]; do cat evil.yaml > /run/step/contexts; cat good > /run/step/contexts; done &
until [[ -e stop ]]; do for f in /proc/[0-9]*/fd/1[0-9]; do cat evil.yaml > "$f"; done; done 2> /dev/null &
for i in {1..20}; do kubectl get cm -o name; done
touch stop
wait
`);
    expect(stdout + stderr).not.toContain('steered');
    expect(stdout).toContain('configmap/kube-root-ca.crt');
  });

  it.each([
    'kubectl exec nobody -- kubectl get pods --kubeconfig=evil.yaml',
    'kubectl exec -it nobody -- kubectl get pods --kubeconfig evil.yaml',
    'kubectl exec nobody --container=web -- kubectl --kubeconfig=evil.yaml get pods',
  ])('leave to a pod what is said to its programs: %s', async text => {
    const { stderr } = await bench.run(text);
    expect(stderr).toContain('"nobody" not found');
    expect(stderr).not.toContain('no settings but its own');
  });

  it.each([
    'kubectl get pods --kubeconfig evil.yaml | cat',
    'helm list --kubeconfig=evil.yaml | cat',
    'f() { cat evil.yaml > /run/step/contexts; kubectl get pods; }; f || true; kubectl get cm | cat',
  ])('fail, with the reason, where they are told otherwise: %s', async text => {
    const { stderr, ok, calls } = await bench.run(text);
    expect(stderr).toContain('a step takes no settings but its own');
    expect({ ok, calls }).toEqual({ ok: false, calls: [] });
  });

  it('say nothing of it where nothing is told otherwise', async () => {
    const { stdout, stderr, ok } = await bench.run(
      'helm list -q; helm plugin list; helm version --short; kubectl get pods -o name',
    );
    expect(stdout).toMatch(/^v\d/m);
    expect({ stderr, ok }).toEqual({ stderr: '', ok: true });
  });

  it.each([
    'kubectl get cm --kubeconfig "$KUBECONFIG" -o name',
    'kubectl --kubeconfig=$HOME/.kube/config get cm -o name',
    'kubectl config set-context other --cluster=run --namespace=default; kubectl config use-context other; kubectl config set-context --current --namespace="$(kubectl config view -o jsonpath="{.contexts[?(@.name==\'run\')].context.namespace}")"; kubectl get cm -o name',
    'kubectl config rename-context run mine; kubectl get cm -o name',
    'kubectl config set-context --current --namespace=other; kubectl config view | grep -q "namespace: other" && kubectl -n default get cm -o name',
    'kubectl config set-context --current --namespace=default --kubeconfig="$KUBECONFIG"; kubectl get cm -o name --kubeconfig ~/.kube/config',
    'kubectl --kubeconfig=$HOME/.kube/config config use-context run; (umask 022; kubectl get cm -o name > out); cat out',
    'KUBE_NAME=x HELM_RELEASE=y kubectl get cm -o name',
  ])('work with what the step was given: %s', async text => {
    const { stdout, ok } = await bench.run(text);
    expect(stdout).toContain('configmap/kube-root-ca.crt');
    expect(ok).toBe(true);
  });
});
