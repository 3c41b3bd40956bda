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
  'unset KUBECONFIG; HOME=/workspace/home kubectl get pods',
  'KUBECTL_KUBERC=true kubectl get pods --kuberc=kuberc',
  'PATH="$PATH:$PWD/bin"; kubectl evil',
  'HELM_PLUGINS=/workspace/plugins helm evil',
  'HELM_DATA_HOME=/workspace helm evil',
  'export XDG_DATA_HOME=/workspace/data; helm evil',
  'mkdir -p ~/.local/share/helm; cp -r plugins ~/.local/share/helm/; helm evil',
  'helm list --kubeconfig evil.yaml',
];

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
    await put('home/.kube/config', KUBECONFIG);
    await put('kuberc', KUBERC);
    await put('plugins/evil/plugin.yaml', PLUGIN);
    await put('data/helm/plugins/evil/plugin.yaml', PLUGIN);
  });
  afterAll(() => bench.dispose());

  it.each(ATTACKS.filter(text => !text.includes('kuberc')))(
    'start a program of the workspace where they take their settings from anywhere: %s',
    async text => {
      const { stderr } = await bench.run(
        text.replace(/\b(kubectl|helm) /g, '/opt/runbooks/bin/$1 '),
      );
      expect(stderr).toContain('steered');
    },
  );

  it.each(ATTACKS)('take them from the executor alone: %s', async text => {
    const { stdout, stderr } = await bench.run(text);
    expect(stdout + stderr).not.toContain('steered');
  });

  it.each([
    'kubectl get pods --kubeconfig evil.yaml | cat',
    'helm list --kubeconfig=evil.yaml | cat',
    'f() { cat evil.yaml > "$KUBECONFIG"; kubectl get pods; }; f || true; kubectl get cm | cat',
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
    'KUBE_NAME=x HELM_RELEASE=y kubectl get cm -o name',
  ])('work with what the step was given: %s', async text => {
    const { stdout, ok } = await bench.run(text);
    expect(stdout).toContain('configmap/kube-root-ca.crt');
    expect(ok).toBe(true);
  });
});
