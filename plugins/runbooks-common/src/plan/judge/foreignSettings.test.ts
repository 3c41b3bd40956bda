import { INVENTORY } from '../testUtils/inventory';
import { judgeText } from './testUtils/judgeText';

const FILES = {
  'scripts/steer.sh': 'KUBECONFIG=evil.yaml kubectl get pods\n',
  'scripts/plain.sh': 'kubectl get pods\n',
};

const WITH_MORE = {
  ...INVENTORY,
  hasTool: (name: string) =>
    /^(?:oc|k|sudo|ln|stern|istioctl|tar|dd|curl)$/.test(name) ||
    INVENTORY.hasTool(name),
};

describe('settings of kubectl and helm that are not those of the step', () => {
  it.each([
    'kubectl get pods --kubeconfig evil.yaml',
    'kubectl --kubeconfig=evil.yaml get pods',
    'kubectl --kubeconfig=~/.kube/config get pods',
    'kubectl get pods --kubeconfig "$(ls *.yaml)"',
    'oc get pods --kubeconfig evil.yaml',
    'k get pods --kubeconfig=evil.yaml',
    'KUBECONFIG=evil.yaml kubectl get pods',
    'export KUBECONFIG=evil.yaml; kubectl get pods',
    'declare -x KUBECONFIG="$PWD/evil.yaml"; kubectl get pods',
    'KUBECONFIG=$KUBECONFIG:evil.yaml; kubectl get pods',
    'f() { local KUBECONFIG=evil.yaml; kubectl get pods; }; f',
    'env KUBECONFIG=evil.yaml kubectl get pods',
    'sudo KUBECONFIG=evil.yaml kubectl get pods',
    'timeout 5 env A=b KUBECONFIG=evil.yaml kubectl get pods',
    './scripts/steer.sh',
    'kubectl get pods --kuberc evil.yaml',
    'KUBERC=evil.yaml kubectl get pods',
    'cat evil.yaml > ~/.kube/config; kubectl get pods',
    'cat evil.yaml > "$KUBECONFIG"; kubectl get pods',
    '{ cat evil.yaml; } > $HOME/.kube/kuberc; kubectl get pods',
    'cp evil.yaml ~/.kube/config; kubectl get pods',
    'ln -sf "$PWD/kuberc" ~/.kube/kuberc; kubectl get pods',
    'cp kuberc ~/.kube/; kubectl get pods',
    'cp kuberc ~/.kube; kubectl get pods',
    'cp -t ~/.kube kuberc; kubectl get pods',
    'cp --target-directory=$HOME/.kube kuberc; kubectl get pods',
    'cp kuberc "$HOME/.kube"',
    'cp config ~/.kube/; stern web --no-follow',
    'cd ~/.kube; cp ../kuberc .; kubectl get pods',
    'cd && cp kuberc .kube/',
    'pushd $HOME/.kube; cat x > kuberc',
    "sed -i 's/a/b/' ~/.kube/config",
    'dd of=$HOME/.kube/kuberc if=kuberc',
    'D=~/.kube; cp kuberc $D/; kubectl get pods',
    'D=$HOME/.kube; cp kuberc "$D"; kubectl get pods',
    'D="$HOME/.kube"; cat kuberc > "$D/kuberc"; kubectl get pods',
    'F=$KUBECONFIG; cp evil.yaml "$F"; kubectl get pods',
    'for f in a; do cp $f ~/.kube; done; stern web --no-follow',
    'tar -xf x.tar -C ~/.kube',
    'mv ~/.kube old',
    'kubectl cp web:/x ~/.kube/kuberc',
    'curl -o ~/.kube/kuberc http://localhost:8080/',
    'tee "$KUBECONFIG" < evil.yaml; kubectl get pods',
    'kubectl config set-credentials me --exec-command=./x; kubectl get pods',
    'kubectl config set users.me.user.exec.command ./x; kubectl get pods',
    'kubectl config set-cluster run --server=https://127.0.0.1:1',
    'kubectl config "$(cat f)" me',
    'oc login https://127.0.0.1 --token=x',
    'helm list --kubeconfig evil.yaml',
    'helm list --kubeconfig=evil.yaml',
    'HELM_PLUGINS=plugins helm list',
    'export HELM_DATA_HOME=data; helm list',
    'XDG_DATA_HOME=data helm list',
    'HELM_KUBECAFILE=x helm list',
    'cp -r plugins ~/.local/share/helm/plugins; helm list',
    'helm plugin install ./plugins/x',
    'helm diff upgrade web ./chart',
    'helm -n shop secrets dec x.yaml',
    'stern web --no-follow --kubeconfig evil.yaml',
    'istioctl ps --kubeconfig=evil.yaml',
    'kubectl tree deploy web',
    'PATH="$PATH:$PWD/bin"; kubectl argo rollouts get rollout web',
    'kubectl neat < web.yaml',
  ])('make a step one that is done by hand: %s', text => {
    const { impossible } = judgeText(text, FILES, { inventory: WITH_MORE });
    expect(impossible).toMatch(
      /gives kubectl or helm other settings than those of the step|plugin/,
    );
  });

  it.each([
    "bash -c 'KUBECONFIG=evil.yaml kubectl get pods'",
    "eval 'export KUBECONFIG=evil.yaml'; kubectl get pods",
    'HOME=home kubectl get pods',
    'export HOME=$PWD; git status',
    'env HOME=. curl http://localhost:8080/',
    'helm upgrade web ./chart --post-renderer ./x.sh',
    'helm upgrade web ./chart --post-renderer=./x.sh --dry-run',
    'helm template web ./chart --post-renderer ./x.sh',
    'KUBECTL_EXTERNAL_DIFF=./x kubectl diff -f web.yaml',
    'kubectl evil',
    'kubectl kustomize --enable-helm --helm-command ./x overlay',
    'kubectl kustomize overlay --enable-alpha-plugins --enable-exec',
    'kustomize build --enable-exec overlay',
    'kustomize build overlay --helm-command=./x --enable-helm',
    'kustomize fn run overlay --enable-exec',
  ])(
    'or one of which nobody can tell what it does, where a text is not looked into or names a program: %s',
    text => {
      const { effect, impossible } = judgeText(text, FILES, {
        inventory: { ...WITH_MORE, hasTool: () => true },
      });
      expect(impossible ?? effect).toMatch(/^unknown$|other settings/);
    },
  );

  it.each([
    'kubectl get pods --kubeconfig "$KUBECONFIG"',
    'kubectl get pods --kubeconfig ~/.kube/config',
    'kubectl --kubeconfig=${HOME}/.kube/config get pods',
    'export KUBECONFIG=~/.kube/config; kubectl get pods',
    'export KUBECONFIG; kubectl get pods',
    'KUBE_NAME=web HELM_RELEASE=web; kubectl get pods "$KUBE_NAME"',
    'kubectl config use-context prod; kubectl get pods',
    'kubectl config set-context --current --namespace=shop; kubectl get pods',
    'kubectl config set contexts.run.namespace shop; kubectl get pods',
    'kubectl config view --minify; cat ~/.kube/config; cp ~/.kube/config old',
    'ls ~/.kube',
    'kubectl exec web -- ls /root/.kube',
    'kubectl exec web -- cp /tmp/config /root/.kube/config',
    'kubectl cp web:/root/.kube/config config',
    'kubectl set env deploy/web KUBECONFIG=/root/.kube/config',
    'helm upgrade web ./chart --set kubeconfig=/root/.kube/config',
    'test -s "$HOME/.kube/config"',
    '[ -f ~/.kube/config ] && grep server ~/.kube/config',
    'grep server "$KUBECONFIG"',
    'D=~/.kube; cat "$D/config"; sed -n 1,3p ~/.kube/config',
    'kubectl create configmap x --from-file=config=$HOME/.kube/config --dry-run=client -o yaml',
    'helm -n shop list; helm status web; helm plugin list',
    'HELM_NAMESPACE=shop helm list',
    './scripts/plain.sh',
    'echo --kubeconfig evil.yaml',
    'kubectl kustomize overlay --enable-helm -o built.yaml',
  ])('are not in what people write: %s', text => {
    const { impossible, effect } = judgeText(text, FILES);
    expect(impossible).toBeUndefined();
    expect(effect).not.toBe('unknown');
  });

  it('a plugin that is installed where steps run is run', () => {
    const inventory = {
      ...INVENTORY,
      hasTool: (name: string) =>
        name === 'kubectl-argo-rollouts' || INVENTORY.hasTool(name),
    };
    expect(
      judgeText('kubectl argo rollouts get rollout web', {}, { inventory })
        .impossible,
    ).toBeUndefined();
  });
});
