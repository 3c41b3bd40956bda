import { judgeStep } from './judgeStep';

const HOST_POD =
  '{"spec":{"hostPID":true,"containers":[{"name":"x","image":"b","securityContext":{"privileged":true}}],"volumes":[{"name":"h","hostPath":{"path":"/"}}]}}';
const SECRET_POD =
  '{"spec":{"containers":[{"name":"x","image":"b","envFrom":[{"secretRef":{"name":"key"}}]}]}}';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
`;

function judge(text: string, files: Record<string, string> = {}) {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => files[path],
    inventory: { id: 'local', hasTool: () => true, hasNetwork: false },
    observeOnly: false,
    scope: {
      source: { kind: 'configuration', rule: 'a test' },
      namespaces: ['shop'],
      reads: 'namespaces',
      grants: [],
    },
    namespace: 'shop',
    folders: [''],
  });
}

describe('the pods that a step makes', () => {
  it.each([
    [`kubectl run evil --image=b --overrides='${HOST_POD}'`, /privileged pod/],
    ['kubectl run evil --image=b --overrides="$(cat x)"', /cannot be told/],
    [`kubectl run evil --image=b --overrides='{'`, /cannot be told/],
    ['kubectl run evil --image=b --privileged', /privileged pod/],
    [
      `kubectl apply -f - <<'END'\n${DEPLOYMENT}      hostNetwork: true\nEND`,
      /network of its node/,
    ],
    ['kubectl apply -f web.yaml', /network of its node/],
    ['kubectl create -f web.yaml', /network of its node/],
    ['kubectl replace -f web.yaml', /network of its node/],
    [
      `kubectl patch deploy web -p '{"spec":{"template":{"spec":{"hostPID":true}}}}'`,
      /processes of its node/,
    ],
    [
      `kubectl patch deploy web --type=json -p '[{"op":"add","path":"/spec/template/spec/hostIPC","value":true}]'`,
      /memory of its node/,
    ],
    ...[
      `kubectl patch deploy web -p '{"spec":{"template":{"spec":{"nodeSelector":{"no":"node"}}}}}'`,
      `kubectl patch deploy web --type=json -p '[{"op":"remove","path":"/spec/template/spec/tolerations"}]'`,
      `kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/template","value":{"spec":{"schedulerName":"none"}}}]'`,
    ].map((text): [string, RegExp] => [text, /without a node/]),
    [
      `kubectl patch ds agent -p '{"spec":{"template":{"$patch":"replace","spec":{"containers":[]}}}}'`,
      /replaces the whole template/,
    ],
    [
      `kubectl patch ds agent --type=json -p '[{"op":"replace","path":"/spec/template/spec","value":{"containers":[]}}]'`,
      /replaces the whole template/,
    ],
    ['kubectl rollout undo ds/agent', /may reach their nodes/],
    ['kubectl patch deploy web -p "$(cat x)"', /cannot be read|known only/],
    ['kubectl set serviceaccount deploy web root', /rights of that account/],
    ['kubectl debug node/n1 --image=b -- id', /files of the node/],
    ['kubectl debug web-0 --image=b --profile=sysadmin -- id', /debugging/],
  ])('%s is destructive', (text, because) => {
    const judged = judge(text, {
      'web.yaml': `${DEPLOYMENT}      hostNetwork: true\n`,
    });
    expect(judged).toMatchObject({
      effect: 'destructive',
      because: expect.stringMatching(because),
    });
  });

  it.each([
    ['kubectl run web --image=b', 'none'],
    [`kubectl run web --image=b --overrides='${SECRET_POD}'`, 'any'],
    ['kubectl apply -f secret.yaml', 'any'],
    ['kubectl apply -f plain.yaml', 'none'],
    [
      `kubectl patch deploy web -p '{"spec":{"template":{"spec":{"volumes":[{"name":"s","secret":{"secretName":"key"}}]}}}}'`,
      'any',
    ],
    ['kubectl set env deploy/web --from=secret/key', 'any'],
    [
      `kubectl patch deploy web -p '{"spec":{"template":{"metadata":{"labels":{"a":"b"}}}}}'`,
      'none',
    ],
  ])('%s is a change that reads Secrets: %s', (text, secrets) => {
    const judged = judge(text, {
      'secret.yaml': `${DEPLOYMENT}      volumes: [{name: s, projected: {sources: [{secret: {name: key}}]}}]\n`,
      'plain.yaml': `${DEPLOYMENT}      containers: [{name: x, image: b}]\n`,
    });
    expect([judged.effect, judged.secrets.kind]).toEqual(['change', secrets]);
  });

  it('asks before it starts for all that a script may put back whose names are not known, and not for what it names', () => {
    const undo = (name: string) =>
      judge(`kubectl rollout undo deploy/${name}`, {});
    expect(
      undo('$(kubectl get deploy -o name | head -1)').writes,
    ).toMatchObject({
      kind: 'any-in-namespaces',
      destructive: true,
    });
    expect(undo('web')).toMatchObject({
      effect: 'change',
      writes: { kind: 'listed' },
    });
  });
});
