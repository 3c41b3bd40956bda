import { judgeText } from '../plan/judge/testUtils/judgeText';
import { decidePreview, whyNoPreview } from './decidePreview';

const FILES = {
  'web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
  'scale.sh': 'kubectl scale deploy web --replicas=3\n',
};

/** By its words alone: whether it can run at all is asked elsewhere. */
function decide(text: string, environment: Record<string, string> = {}) {
  const { impossible: _, ...verdict } = judgeText(text, FILES, { environment });
  return decidePreview({ verdict, text, environment });
}

const because = (text: string, environment: Record<string, string> = {}) => {
  const decision = decide(text, environment);
  return decision.kind === 'possible' ? 'possible' : decision.because;
};

describe('a step that can be previewed', () => {
  it.each([
    'kubectl scale deploy web --replicas=3',
    'kubectl -n shop set image deploy/web web=web:2',
    'oc scale deploy web --replicas=3',
    'kubectl rollout restart deploy/web',
    'kubectl rollout undo deploy/web',
    'kubectl delete pod web-0',
    'kubectl delete pods -l app=web',
    'kubectl apply -f web.yaml',
    'kubectl create configmap a --from-literal=b=c',
    'kubectl get deploy web -o yaml > backup.yaml && kubectl scale deploy web --replicas=3',
    'cd . && mkdir -p out && kubectl get pods | grep web | sort | uniq -c | tee out/pods; kubectl delete pod web-0',
    'if [ "$(kubectl get deploy web -o jsonpath={.spec.replicas})" -lt 3 ]; then kubectl scale deploy web --replicas=3; fi',
    'for name in web api; do kubectl rollout restart deploy/$name; done',
    'restart() { kubectl rollout restart deploy/web; }; restart',
    'timeout 30 kubectl scale deploy web --replicas=3',
    'export REPLICAS=3; kubectl scale deploy web --replicas=$REPLICAS',
    "bash -c 'kubectl scale deploy web --replicas=3'",
    "bash -eu -o pipefail -c 'kubectl scale deploy web --replicas=3'",
  ])('is kubectl and plain filters: %s', text => {
    expect(decide(text)).toEqual({ kind: 'possible', notes: [] });
  });

  it('may get its words from values that are known', () => {
    const text = '"$TOOL" scale deploy "$NAME" --replicas=3';
    expect(because(text, { TOOL: 'kubectl', NAME: 'web' })).toBe('possible');
  });
});

describe('a step of which a part would be untrue', () => {
  it.each([
    ['kubectl rollout status deploy/web', /kubectl rollout status/],
    ['kubectl wait deploy/web --for=condition=Available', /kubectl wait/],
    ['kubectl get pods -w', /kubectl get -w/],
  ])('is previewed, with a note on %s', (waits, expected) => {
    const decision = decide(`kubectl scale deploy web --replicas=3\n${waits}`);
    expect(decision).toEqual({
      kind: 'possible',
      notes: [expect.stringMatching(expected)],
      waits: true,
    });
  });

  it('has no note where it waits before it writes', () => {
    const text =
      'kubectl rollout status deploy/web && kubectl scale deploy web --replicas=3';
    expect(decide(text)).toEqual({ kind: 'possible', notes: [] });
  });

  it('has a note where it reads between its writes', () => {
    const text =
      'kubectl scale deploy web --replicas=3\nkubectl get pods\nkubectl scale deploy api --replicas=3';
    expect(decide(text)).toMatchObject({
      notes: [expect.stringMatching(/still as it is now/)],
    });
  });
});

describe('a step that cannot be previewed', () => {
  it.each<[text: string, because: RegExp]>([
    ['helm upgrade web ./chart', /^helm goes on from what it has written/],
    ['./scale.sh', /^it runs the script \.\/scale\.sh/],
    ['bash scale.sh', /^it runs the script scale\.sh/],
    ['bash scale.sh -c', /^bash is neither|^it runs the script/],
    ['./cat web.yaml', /^it runs the script/],
    ['timeout 5 ./scale.sh', /^it runs the script/],
    ["kubectl scale deploy web --replicas=3; trap 'echo x' EXIT", /^trap is/],
    [
      'echo web-0 | xargs -I{} kubectl exec {} -- date; kubectl delete pod web-0',
      /works inside a pod/,
    ],
    [
      'kubectl() { command kubectl "$@"; }; kubectl delete pod web-0',
      /defines kubectl anew/,
    ],
    ['kubectl exec web-0 -- rm -rf /tmp/x', /works inside a pod/],
    ['kubectl cp a.txt web-0:/tmp/a.txt', /works inside a pod/],
    ['kubectl port-forward web-0 8080:80', /opens a connection/],
    ['kubectl debug web-0 --image=busybox', /works inside a pod/],
    ['kubectl drain node-1 --ignore-daemonsets', /each eviction/],
    ['kubectl create token default', /a token that works/],
    ['kubectl edit deploy web', /waits for a person/],
    ['kubectl run a --image=b --rm -it -- sh', /a pod that does not start/],
    ['kubectl certificate approve web', /nobody knows/],
    ['git push origin main', /^git is neither kubectl nor a plain filter/],
    ['curl -X POST https://example.org', /./],
    ['kubectl scale deploy web --replicas=3; sleep 30', /waits with sleep/],
    ['kubectl get pods', /writes nothing in the cluster/],
    ['echo hello', /writes nothing in the cluster/],
    ['$(cat command)', /known only when it runs/],
    ['kubectl delete pod $(cat names)', /cannot be told/],
    ['', /no commands|writes nothing/],
    ['kubectl scale deploy web --replicas=3; if', /./],
  ])('says why: %s', (text, expected) => {
    expect(because(text)).toMatch(expected);
    expect(because(text)).not.toBe('possible');
  });

  it('cannot where it can never run', () => {
    const text = 'kubectl -n elsewhere scale deploy web --replicas=3';
    const verdict = judgeText(text);
    expect(whyNoPreview({ verdict, text })).toMatch(/^it cannot run: outside/);
  });

  it('cannot where a value that names the program is not known', () => {
    const text = '"$TOOL" scale deploy web --replicas=3';
    const verdict = judgeText(text, {}, { environment: { TOOL: 'kubectl' } });
    expect(whyNoPreview({ verdict, text })).toMatch(/known only when it runs/);
  });

  it('cannot where one of its writes has no dry run', () => {
    const text = 'kubectl scale deploy web --replicas=3';
    const verdict = judgeText(text);
    const writes =
      verdict.writes.kind === 'listed' ? verdict.writes.writes : [];
    const approval = { ...writes[0], subresource: 'approval' };
    expect(
      whyNoPreview({
        verdict: { ...verdict, writes: { kind: 'listed', writes: [approval] } },
        text,
      }),
    ).toBe('there is no dry run of patch of deployments/approval');
  });
});
