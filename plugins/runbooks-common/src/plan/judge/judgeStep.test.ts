import type { Scope } from '../../scope/model';
import { INVENTORY } from '../testUtils/inventory';
import { judgeStep, type JudgedStep, type JudgeStepInput } from './judgeStep';
import { outsideScope } from './outsideScope';

const SCOPE: Scope = {
  source: { kind: 'configuration', rule: 'shop' },
  namespaces: ['shop'],
  reads: 'cluster',
  grants: [],
};

const FILES: Record<string, string> = {
  'scripts/scale.sh':
    '#!/bin/bash\nset -euo pipefail\ncd "$(dirname "$0")/.."\nfor name in web api; do\n  kubectl scale deploy/$name --replicas=$1\ndone\n./scripts/look.sh\n',
  'scripts/look.sh': 'kubectl rollout status deploy/web\n',
  'scripts/secret.sh': 'kubectl get secret db -o yaml\n',
  'scripts/count.sh': '#!/bin/sh\nkubectl get secrets | wc -l\n',
  'scripts/unclear.sh': '#!/usr/bin/env python3\nprint(1)\n',
  'scripts/loop.sh': './scripts/loop.sh\n',
  'scripts/shift.sh': 'shift\nkubectl get "$1" -o yaml\n',
  'scripts/push.sh': 'kubectl get pods\ngit push origin main\n',
  'scripts/restart.sh': 'NAME=$1\nkubectl delete pod "$NAME"\n',
  'scripts/reads.sh': 'read -r NAME\nkubectl delete pod "$NAME"\n',
  'scripts/obeys.sh': 'xargs kubectl delete pod\n',
  'scripts/takes.sh': 'kubectl delete pod "$POD"\n',
  'scripts/sets.sh': 'POD=$1\n',
  'scripts/names.sh': 'NAME=web\n',
  'scripts/stores.sh':
    'VALUE=$1\nkubectl create secret generic db --from-literal=p="$VALUE"\n',
  'web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
  'secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata: {a: Yg==}\n',
  'emptied.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: "{}"\ndata:\n  a: null\n',
  'stopped.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 0}\n',
  'role.yaml':
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: mine}\n',
};

function judge(
  text: string,
  environment: Record<string, string> = {},
  over: Partial<JudgeStepInput> = {},
): JudgedStep {
  return judgeStep({
    text,
    environment,
    waiting: [],
    hidden: [],
    fileText: path => FILES[path],
    inventory: INVENTORY,
    observeOnly: false,
    scope: SCOPE,
    namespace: 'shop',
    folders: [''],
    ...over,
  });
}

describe('what a step does, judged by the words that bash gets', () => {
  it.each(['0', '00', '+0', '-0', '0x0', '0X00', '0b0', '0o0', '0_0'])(
    'calls scaling to %s destructive, from a parameter, from an earlier step and in every way to write the flag',
    zero => {
      for (const text of [
        'kubectl scale deploy/web --replicas="${RUNBOOKS_P_N}"',
        'kubectl scale deploy/web --replicas "${RUNBOOKS_P_N}"',
        'kubectl scale deploy/web --replicas=$RUNBOOKS_P_N',
        'N="${RUNBOOKS_P_N}"; kubectl scale deploy/web --replicas=$N',
        'kubectl scale deploy/web "--replicas=${RUNBOOKS_P_N:-3}"',
      ]) {
        expect([text, judge(text, { RUNBOOKS_P_N: zero }).effect]).toEqual([
          text,
          'destructive',
        ]);
      }
      const carried = judge('kubectl scale deploy/web --replicas=$LEFT', {
        LEFT: zero,
      });
      expect(carried.effect).toBe('destructive');
    },
  );

  it('calls scaling to a number that is worked out while it runs destructive, and to a known one a change', () => {
    expect(
      judge('kubectl scale deploy/web --replicas=$(cat n.txt)').effect,
    ).toBe('destructive');
    expect(
      judge(
        'kubectl scale deploy/web --replicas="${RUNBOOKS_P_N}"',
        {},
        {
          hidden: ['RUNBOOKS_P_N'],
        },
      ).effect,
    ).toBe('destructive');
    expect(judge('kubectl scale deploy/web --replicas=3').effect).toBe(
      'change',
    );
  });

  it.each([
    'secrets',
    'secret',
    'Secret',
    'SECRETS',
    'secrets.v1',
    'secrets.v1.',
    'pods,secrets',
    'secret/db',
    'pods/web secrets/db',
  ])('knows that a kind which is %s reads Secrets', kind => {
    for (const output of [
      '-o yaml',
      '-o=json',
      '-oyaml',
      '--output json',
      "-o jsonpath='{.data}'",
      '--template={{.}}',
    ]) {
      const text = `kubectl get $K ${output}`;
      const isNamed = kind.includes('/');
      expect([text, judge(text, { K: kind }).secrets.kind]).toEqual([
        text,
        isNamed ? 'named' : 'any',
      ]);
    }
  });

  const named = (...names: string[]) => ({
    kind: 'named',
    names: names.map(one => {
      const [namespace, name] = one.split('/');
      return { namespace, name };
    }),
  });

  it.each<[string, string[]]>([
    ['kubectl get secret db -o yaml', ['shop/db']],
    ['kubectl get secret db -n shop -o jsonpath={.data.p}', ['shop/db']],
    ['kubectl -n shop get secrets db cache -o json', ['shop/cache', 'shop/db']],
    ['kubectl get pod/web secret/db -o yaml', ['shop/db']],
    ['kubectl get secret,configmap db -o yaml', ['shop/db']],
    ['kubectl get secrets.v1. db -o yaml', ['shop/db']],
    ['kubectl get secret "$S" -o yaml', ['shop/left']],
    [
      'for s in a b; do kubectl get secret $s -o yaml; done',
      ['shop/a', 'shop/b'],
    ],
    ['kubectl describe secret db', ['shop/db']],
    ['kubectl get secret db -o yaml -w', ['shop/db']],
    ['P=$(kubectl get secret db -o jsonpath={.data.p})', ['shop/db']],
    ['kubectl delete secret db', ['shop/db']],
    ['kubectl create secret generic db --from-literal=a=b', ['shop/db']],
    ['kubectl label secret db a=b', ['shop/db']],
    [
      'kubectl get secret db -o yaml; kubectl get pods -o yaml; kubectl get secrets',
      ['shop/db'],
    ],
    ['./scripts/secret.sh', ['shop/db']],
  ])('names the Secrets that it reads: %s', (text, names) => {
    expect(judge(text, { S: 'left' }).secrets).toEqual(named(...names));
  });

  it.each([
    'kubectl get secrets -o yaml',
    'kubectl get secret -l a=b -o yaml',
    'kubectl get secret --field-selector metadata.name=db -o yaml',
    'kubectl get secret db -n "$N" -o yaml',
    'kubectl get secret $(cat name) -o yaml',
    'kubectl get secret $(cat name) db -o yaml',
    'kubectl get externalsecret db -o yaml',
    'kubectl get secret db -o yaml; kubectl get secrets -o yaml',
    'kubectl get secret db -o yaml; ./scripts/unclear.sh',
    'kubectl get secret db -o yaml; helm list',
    'kubectl delete secret --all',
    'kubectl get secret ../x -o yaml',
    'kubectl get secret db $MORE -o yaml',
  ])('may read any Secret where one name is not sure: %s', text => {
    expect(judge(text, {}, { hidden: ['N', 'MORE'] }).secrets).toEqual({
      kind: 'any',
    });
  });

  it('calls a list of Secrets without their data an ordinary read', () => {
    for (const text of [
      'kubectl get secret',
      'kubectl get secrets -n shop -o wide',
      'kubectl get secret --no-headers | wc -l',
      'bash scripts/count.sh',
    ])
      expect([text, judge(text).secrets.kind]).toEqual([text, 'none']);
  });

  it.each([
    ['kubectl get $K -o yaml', ['K']],
    ['kubectl describe $K', ['K']],
  ])('takes a kind that is not known yet for Secrets: %s', (text, open) => {
    expect(judge(text, {}, { waiting: ['K'] })).toMatchObject({
      secrets: { kind: 'any' },
      open,
    });
  });

  it.each([
    ['kubectl get --raw /api/v1/namespaces/shop/secrets', 'any'],
    ['kubectl get secrets --sort-by=.data.x', 'any'],
    ['kubectl get secrets -o name', 'any'],
    ['kubectl get -f unknown.yaml -o yaml', 'any'],
    ['./scripts/shift.sh pods secrets', 'any'],
    ['./scripts/missing.sh', 'any'],
    ['kubectl get pods -o yaml', 'none'],
    ['kubectl get all', 'none'],
    ['kubectl logs deploy/web', 'none'],
  ])('%s reads of Secrets: %s', (text, kind) => {
    expect(judge(text).secrets.kind).toBe(kind);
  });

  it.each([
    'list',
    'get values web',
    'history web',
    'status web',
    'upgrade web ./chart',
    'rollback web',
    'uninstall web',
  ])('says that helm %s reads its releases', verb => {
    expect(judge(`helm ${verb}`).secrets).toEqual({
      kind: 'of-types',
      types: ['helm.sh/release.v1'],
    });
  });

  it('sees a verb, a flag and further words in a value that is not quoted', () => {
    expect(judge('kubectl $V pod web', { V: 'delete' }).effect).toBe(
      'destructive',
    );
    expect(judge('kubectl $V pod web', { V: 'get' }).effect).toBe('read');
    expect(
      judge('kubectl get pods$X', { X: ',secrets -o yaml' }).secrets,
    ).toEqual({ kind: 'any' });
    expect(judge('kubectl get $X', { X: 'secret db -o yaml' }).secrets).toEqual(
      named('shop/db'),
    );
  });

  it('counts a variable without a value as empty, as bash does', () => {
    expect(judge('kubectl get $NOTHING secrets -o yaml').secrets.kind).toBe(
      'any',
    );
    expect(judge('kubectl delete $NOTHING pod web').writes).toMatchObject({
      kind: 'listed',
      writes: [{ resource: 'pods', name: 'web' }],
    });
  });

  it('names the variables that it reads and does not give a value itself', () => {
    expect(
      judge('A=1\necho "$A $B ${C:-x} $HOME $((D + 1)) ${RUNBOOKS_P_E}"')
        .variables,
    ).toEqual(['B', 'C', 'D']);
  });

  it.each([
    'kubectl delete pod $POD',
    'kubectl scale deploy/$POD --replicas=2',
    'kubectl scale deploy/web --replicas=$POD',
    'kubectl delete pod web -n $POD',
    'kubectl $POD pods',
    'for p in $POD; do kubectl delete pod $p; done',
    'kubectl exec $POD -- cat /etc/hosts',
  ])('waits for a value that decides what is done: %s', text => {
    expect(judge(text, {}, { waiting: ['POD'] }).open).toEqual(['POD']);
  });

  it('does not wait for the name of something that is only looked at', () => {
    expect(judge('kubectl logs $POD', {}, { waiting: ['POD'] }).open).toEqual(
      [],
    );
  });
});

describe('what is asked of the API server by its path', () => {
  const RELAY = 'http://127.0.0.1:6443';
  const PODS = '/api/v1/namespaces/shop/pods';

  it.each<[string, string, object[]]>([
    [
      `curl -X POST ${RELAY}${PODS} -d @pod.json`,
      'destructive',
      [{ verb: 'create', resource: 'pods', namespace: 'shop', name: '*' }],
    ],
    [
      `curl -sS -X PATCH -d x localhost:6443${PODS}/web`,
      'destructive',
      [{ verb: 'patch', resource: 'pods', name: 'web' }],
    ],
    [
      `curl -X DELETE "${RELAY}${PODS}?labelSelector=a%3Db"`,
      'destructive',
      [{ verb: 'deletecollection', resource: 'pods', selector: 'a=b' }],
    ],
    [
      `wget --method=DELETE ${RELAY}${PODS}/web`,
      'destructive',
      [{ verb: 'delete', resource: 'pods', name: 'web' }],
    ],
    [
      `kubectl replace --raw ${PODS}/web -f pod.json`,
      'destructive',
      [{ verb: 'update', resource: 'pods', name: 'web' }],
    ],
  ])(
    'is listed as what the gateway understands: %s',
    (text, effect, writes) => {
      expect(judge(text)).toMatchObject({
        effect,
        writes: { kind: 'listed', writes },
      });
    },
  );

  it.each([
    'kubectl get --raw /api/v1/namespaces/shop/services/prom:80/proxy/-/quit',
    'kubectl get --raw /api/v1/namespaces/shop/pods/web:8080/proxy/actuator/shutdown',
    `curl ${RELAY}/api/v1/namespaces/shop/services/prom:80/proxy/-/quit`,
    `curl -I ${RELAY}${PODS}/web/proxy/`,
    `curl -X POST ${RELAY}${PODS}/web/proxy/x`,
  ])('is done by hand where it is passed on by the API server: %s', text => {
    expect(judge(text)).toMatchObject({
      effect: 'destructive',
      impossible: expect.stringContaining('nobody can say what it does there'),
    });
  });

  it('may be any write of the scope where it is not known who is asked, or what', () => {
    for (const text of [
      `for p in a b; do curl -X DELETE ${RELAY}${PODS}/$p; done`,
      `API=${RELAY}; for p in a b; do curl -X DELETE $API${PODS}/$p; done`,
      `curl -X DELETE "${RELAY}${PODS}/$(cat name)"`,
      `curl -X PATCH -d x "localhost:6443${PODS}/$(cat name)"`,
      `curl -X DELETE ${RELAY}${PODS}/a "${RELAY}${PODS}/$(cat name)"`,
      `curl -X DELETE '${RELAY}${PODS}/{a,b}'`,
      'curl -X POST "$(cat url)/x"',
      'curl -X DELETE "http://$(cat host):6443/x"',
      'curl --connect-to ::127.0.0.1:6443 -X POST http://localhost/x',
    ])
      expect([text, judge(text).writes.kind]).toEqual([
        text,
        'any-in-namespaces',
      ]);
  });

  it('is nothing of the API server at another port, or in a pod', () => {
    expect(judge('curl -X POST http://localhost:8080/reload').writes).toEqual({
      kind: 'none',
    });
    expect(
      judge(`kubectl exec web -- curl -X POST ${RELAY}${PODS}`).writes,
    ).toMatchObject({ writes: [{ verb: 'connect' }] });
  });

  it.each<[string, JudgedStep['secrets']]>([
    [
      `kubectl get --raw /api/v1/namespaces/shop/secrets/db`,
      { kind: 'named', names: [{ namespace: 'shop', name: 'db' }] },
    ],
    [
      `curl -s ${RELAY}/api/v1/namespaces/shop/secrets/db`,
      { kind: 'named', names: [{ namespace: 'shop', name: 'db' }] },
    ],
    [`curl -s ${RELAY}/api/v1/namespaces/shop/secrets`, { kind: 'any' }],
    ['curl -s "$(cat url)/api/v1/namespaces/shop/secrets/db"', { kind: 'any' }],
    [`kubectl get --raw ${PODS}`, { kind: 'none' }],
    [`curl -s ${RELAY}${PODS}`, { kind: 'none' }],
  ])('reads the Secrets of its path: %s', (text, secrets) => {
    expect(judge(text).secrets).toEqual(secrets);
  });

  it.each<[string, JudgedStep['secrets']['kind']]>([
    ['kubectl apply -f web.yaml --dry-run=server', 'none'],
    ['kubectl create -f secret.yaml --dry-run=client -o yaml', 'none'],
    ['kubectl create secret generic x --dry-run=client -o yaml', 'none'],
  ])('and a dry run what it would write: %s', (text, kind) => {
    expect(judge(text)).toMatchObject({ effect: 'read', secrets: { kind } });
  });

  it.each([
    'kubectl apply -f secret.yaml --dry-run=server',
    'kubectl create secret generic x --dry-run=server -o yaml',
    `kubectl patch secret db --dry-run=server --type=merge -p '{"immutable":"zz"}'`,
  ])(
    'but a dry run of a Secret on the server needs what reading and what writing it needs: %s',
    text => {
      expect(judge(text)).toMatchObject({
        effect: expect.stringMatching(/^(change|destructive)$/),
        secrets: { kind: 'named' },
        writes: { kind: 'listed' },
      });
    },
  );
});

describe('scripts and manifests of the workspace', () => {
  it('does what the worst of its commands does, with the arguments that it is given', () => {
    expect(judge('./scripts/scale.sh 3')).toMatchObject({
      effect: 'change',
      secrets: { kind: 'none' },
      writes: {
        kind: 'listed',
        writes: [{ name: 'web' }, { name: 'api' }],
      },
      files: { kind: 'known', paths: ['scripts/look.sh', 'scripts/scale.sh'] },
    });
    expect(judge('./scripts/scale.sh 0').effect).toBe('destructive');
    expect(judge('bash scripts/scale.sh "$N"', { N: '0' }).effect).toBe(
      'destructive',
    );
  });

  it.each([
    './scripts/unclear.sh',
    './scripts/missing.sh',
    './scripts/loop.sh',
  ])(
    'may destroy anything in the scope where its text cannot tell: %s',
    text => {
      expect(judge(text)).toMatchObject({
        effect: 'unknown',
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['shop'],
          destructive: true,
          executes: 'any',
        },
        files: { kind: 'unknown' },
      });
    },
  );

  it('lists the objects of a manifest, and says that one without replicas stops its pods', () => {
    expect(judge('kubectl apply -f web.yaml')).toMatchObject({
      effect: 'change',
      writes: {
        kind: 'listed',
        writes: [
          { verb: 'create', resource: 'deployments', name: 'web' },
          { verb: 'patch', resource: 'deployments', name: 'web' },
        ],
      },
      files: { kind: 'known', paths: ['web.yaml'] },
    });
    expect(judge('kubectl apply -f stopped.yaml').effect).toBe('destructive');
  });

  it('says that a manifest removes data, whatever its annotations say of an earlier apply', () => {
    expect(judge('kubectl apply -f emptied.yaml')).toMatchObject({
      effect: 'destructive',
      because: expect.stringContaining("removes 'a' from the data"),
    });
  });

  it('follows changes of the folder, and knows no file where they cannot be told', () => {
    expect(judge('cd scripts && ./scale.sh 0').effect).toBe('destructive');
    expect(judge('cd "$X"; ./scale.sh 3').writes).toMatchObject({
      kind: 'any-in-namespaces',
      destructive: true,
    });
    expect(judge('./scale.sh 3', {}, { folders: undefined }).files).toEqual({
      kind: 'unknown',
    });
  });
});

describe('a part of an object that is not known for what it does', () => {
  it('is asked for as destructive, and the scale is not', () => {
    const effectOf = (part: string) =>
      judge(
        `kubectl patch deploy web --subresource=${part} --type=merge -p '{"spec":{"replicas":2}}'`,
      ).effect;
    expect(['resize', 'anything'].map(effectOf)).toEqual([
      'destructive',
      'destructive',
    ]);
    expect(effectOf('scale')).toBe('change');
  });
});

describe('a status that is written', () => {
  it.each(['pod web-0', 'deploy web', 'thing x', 'pod "$POD"'])(
    'is asked for as destructive: %s',
    target => {
      expect(
        judge(
          `kubectl patch ${target} --subresource=status --type=merge -p '{"status":{"phase":"Failed"}}'`,
        ).effect,
      ).toBe('destructive');
    },
  );
});

describe('what is executed in a pod', () => {
  it('is nothing where a change whose objects are not listed names nothing', () => {
    for (const text of [
      'kubectl set volume deploy/web --add --name=t --type=emptyDir --mount-path=/t',
      'kubectl annotate deploy "$(cat name)" a=b',
    ]) {
      const { writes } = judge(text);
      expect(writes).toMatchObject({
        kind: 'any-in-namespaces',
        destructive: false,
      });
      expect(writes).not.toHaveProperty('executes');
    }
  });

  it('is what the words of a step name, also beside writes that are not listed', () => {
    expect(
      judge(
        'kubectl annotate deploy "$(cat name)" a=b; kubectl exec web-0 -- date',
      ).writes,
    ).toMatchObject({
      kind: 'any-in-namespaces',
      destructive: false,
      executes: [{ subresource: 'exec', name: 'web-0', command: ['date'] }],
    });
  });

  it('is anything, which is asked for as destructive, where the text does not tell', () => {
    for (const text of [
      'kubectl annotate deploy "$(cat name)" a=b; kubectl exec web-0 -- sh -c "$(cat x)"',
      'kubectl annotate deploy "$(cat name)" a=b; ./scripts/missing.sh',
    ])
      expect(judge(text).writes).toMatchObject({
        kind: 'any-in-namespaces',
        destructive: true,
        executes: 'any',
      });
  });

  it.each([
    'x=(n*); kubectl exec web-0 -- sh -c "${x[0]}"',
    'kubectl exec web-0 -- sh -c "$(cat commands)"',
    'kubectl exec web-0 -- cat "$(ls)"',
    'x=$(date); kubectl exec web-0 -- sh -c "echo $x"',
    'kubectl cp web-0:/tmp/x made.yaml --retries=3',
    'kubectl cp web-0:/ made',
    'kubectl cp web-0:/tmp//x made',
    'kubectl cp web-0:--checkpoint-action=exec=sh made.yaml',
    'kubectl cp web-0:/tmp/../etc/passwd made.yaml',
    'kubectl cp "web-0:/tmp/a b" made.yaml',
  ])('is by hand where no approval could name it: %s', text => {
    expect(judge(text).impossible).toMatch(
      /executes in pod web-0 is known only when it runs/,
    );
  });

  it.each<[string, string, string[][]]>([
    [
      'kubectl cp web-0:/tmp/x made.yaml',
      'read',
      [['tar', 'cf', '-', '/tmp/x']],
    ],
    [
      'kubectl cp shop/web-0:tmp/x.d ./out --retries=0 -c web',
      'read',
      [['tar', 'cf', '-', 'tmp/x.d']],
    ],
    [
      'kubectl cp web.yaml web-0:/etc/app/web.yaml',
      'change',
      [
        ['test', '-d', '/etc/app/web.yaml'],
        ['tar', '-xmf', '-', '-C', '/etc/app'],
        ['tar', '-xmf', '-', '-C', '/etc/app/web.yaml'],
      ],
    ],
    [
      'kubectl cp web.yaml web-0:x --no-preserve',
      'change',
      [
        ['test', '-d', 'x'],
        ...['.', 'x'].map(folder => [
          'tar',
          '--no-same-permissions',
          '--no-same-owner',
          '-xmf',
          '-',
          '-C',
          folder,
        ]),
      ],
    ],
    [
      'kubectl cp web.yaml web-0:/tmp/',
      'change',
      [
        ['test', '-d', '/tmp'],
        ['tar', '-xmf', '-', '-C', '/'],
        ['tar', '-xmf', '-', '-C', '/tmp'],
      ],
    ],
  ])(
    'are the commands of tar that copy files: %s',
    (text, effect, commands) => {
      const judged = judge(text);
      expect(judged).toMatchObject({ effect });
      expect(judged.impossible).toBeUndefined();
      expect(judged.writes).toEqual({
        kind: 'listed',
        writes: commands.map(command =>
          expect.objectContaining({
            subresource: 'exec',
            namespace: 'shop',
            name: 'web-0',
            command,
          }),
        ),
      });
    },
  );

  it.each([
    'kubectl exec web-0 -- date',
    'kubectl exec web-0 -- sh -c "date; id"',
    'for p in web-0 web-1; do kubectl exec $p -- date; done',
    'x=$(date); kubectl exec web-0 -- curl -s "http://localhost:$x/health"',
  ])('runs where each word of it is approved: %s', text => {
    expect(judge(text).impossible).toBeUndefined();
  });
});

describe('what cannot run', () => {
  it.each([
    ['curl -s https://example.com/health', /needs the network/],
    ['git push origin main', /"git push" needs the network/],
    ['kubectl apply -f https://example.com/a.yaml', /read from the network/],
    ['helm repo add x https://example.com', /"helm repo" needs the network/],
    ['./scripts/push.sh', /in scripts\/push.sh: "git push" needs the network/],
    ['terraform plan', /terraform is not installed where steps run/],
    ['kubectl delete pod web -n other', /outside the scope: .* in other/],
    ['kubectl delete pod web -A', /outside the scope: .* all namespaces/],
    ['kubectl apply -f role.yaml', /outside the scope: .* changes rights/],
    ['kubectl create token admin', /outside the scope: .* makes a credential/],
    [
      'kubectl certificate approve mine',
      /outside the scope: .* makes a credential/,
    ],
    ['kubectl delete namespace other', /outside the scope: .* in no namespace/],
    ['kubectl cordon node-1', /outside the scope/],
    ['kubectl get secret db -n other -o yaml', /reads Secrets in other/],
    ['kubectl get secrets -A -o yaml', /reads Secrets in all namespaces/],
    ['helm list -A', /reads Secrets in all namespaces/],
    [
      'kubectl get --raw /api/v1/namespaces/other/secrets/x',
      /outside the scope: .*Secret data outside the namespaces of this run/,
    ],
    ['kubectl get --raw /api/v1/secrets', /Secret data outside the namespaces/],
    ['kubectl get --raw "$P"', /Secret data outside the namespaces/],
    ['kubectl get --raw /metrics', /no resource and not on the list/],
    ['kubectl get --raw /api/v1/../v1/pods', /could be read in two ways/],
    ['curl -s $RELAY/api/v1/namespaces/other/secrets/x', /Secret data outside/],
    [
      'kubectl delete --raw /api/v1/namespaces/other/pods/web',
      /outside the scope: .* in other/,
    ],
    [
      'curl -X DELETE $RELAY/api/v1/namespaces/other/pods/web',
      /outside the scope: .* in other/,
    ],
    [
      'curl -X POST $RELAY/api/v1/namespaces/shop/serviceaccounts/a/token -d {}',
      /makes a credential/,
    ],
    ['kubectl create token admin --dry-run=server', /makes a credential/],
    ['kubectl create token admin --dry-run', /makes a credential/],
    [
      'kubectl create secret generic x --from-literal=a=b -n other --dry-run=server',
      /writes in other/,
    ],
    [
      'kubectl apply -f secret.yaml -n other --dry-run=client',
      /reads Secrets in other/,
    ],
    ['kubectl drain node-1 --ignore-daemonsets', /a node is drained by hand/],
  ])('%s', (text, because) => {
    expect(
      judge(text, {
        P: '/api/v1/namespaces/other/secrets',
        RELAY: 'http://127.0.0.1:6443',
      }).impossible,
    ).toMatch(because);
  });

  it.each([
    'kubectl get pods -n other',
    'kubectl get pods -A',
    'kubectl get nodes',
    'kubectl describe pod web -n other',
    'kubectl logs web -n other',
    'kubectl top nodes',
    'kubectl get --raw /api/v1/namespaces/other/pods',
    'kubectl apply -f web.yaml -n other --dry-run=server',
    'kubectl get pods; kubectl delete pod web; kubectl get pods -n other',
  ])('%s, where reads stay in the namespaces of the scope', text => {
    const scope: Scope = { ...SCOPE, reads: 'namespaces' };
    expect(judge(text, {}, { scope }).impossible).toMatch(
      /outside the scope: .*this run may read in shop only/,
    );
    expect(judge(text).impossible).toBeUndefined();
  });

  it.each([
    'kubectl get pods',
    'kubectl get namespace shop',
    'kubectl get pods web -n shop -o yaml',
    'kubectl logs web',
    'kubectl get --raw /api/v1/namespaces/shop/pods',
    'kubectl get --raw /version',
    'kubectl create deploy x --image=a -n other --dry-run=client -o yaml',
  ])('%s can run also there', text => {
    const scope: Scope = { ...SCOPE, reads: 'namespaces' };
    expect(judge(text, {}, { scope }).impossible).toBeUndefined();
  });

  it.each([
    'curl -s http://localhost:8080/health',
    'git log --oneline | head',
    'command -v terraform && terraform version',
    'kubectl get pods -n other',
    'kubectl get secrets -A',
    'kubectl get --raw /api/v1/namespaces/other/pods',
    'kubectl get --raw "/readyz?verbose"',
    'kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes',
    'kubectl apply -f web.yaml -n other --dry-run=server',
    'kubectl create secret generic x --from-literal=a=b -n other --dry-run=client -o yaml',
  ])('%s can run', text => {
    expect(judge(text).impossible).toBeUndefined();
  });

  it('allows outside of the namespaces what a grant names, and nothing beside it', () => {
    const scope: Scope = {
      ...SCOPE,
      grants: [
        {
          verbs: ['patch'],
          group: 'apps',
          resource: 'deployments',
          namespace: 'kube-system',
          names: ['metrics-server'],
        },
      ],
    };
    const restart = (name: string) =>
      judge(
        `kubectl rollout restart deploy/${name} -n kube-system`,
        {},
        {
          scope,
        },
      ).impossible;
    expect(restart('metrics-server')).toBeUndefined();
    expect(restart('coredns')).toMatch(/outside the scope/);
  });

  it('runs no change of a document that only observes, whatever value makes it one', () => {
    expect(
      judge('kubectl "$V" pod web', { V: 'delete' }, { observeOnly: true }),
    ).toMatchObject({
      impossible: expect.stringContaining('only observes'),
      writes: { kind: 'none' },
    });
  });
});

describe('scripts and manifests that are not there', () => {
  const there: Partial<JudgeStepInput> = {
    isThere: path =>
      Object.keys(FILES).some(
        file => file === path || file.startsWith(`${path}/`),
      ),
  };

  it.each([
    './scripts/missing.sh',
    'bash scripts/missing.sh 3',
    'source missing.sh',
    'kubectl apply -f missing.yaml',
    'kubectl apply -f k8s/ -n shop',
    'kubectl apply -k overlays/prod',
    'kubectl apply -f web.yaml; kubectl apply -f missing.yaml',
    'kubectl patch deploy web --patch-file missing.yaml',
    'kubectl get pods > pods.txt; kubectl apply -f missing.yaml',
    'curl -s http://localhost:8080/; kubectl delete -f missing.yaml',
    'helm upgrade web ./charts/web -f web.yaml',
    'cd scripts && ./scale.sh 3 && ./missing.sh',
  ])('are said before the start: %s', text => {
    expect(judge(text, {}, there).impossible).toMatch(
      /(?:missing|k8s|overlays|charts).* is not among the files of the run, and no step before makes it/,
    );
  });

  it.each([
    './scripts/scale.sh 3',
    'kubectl apply -f web.yaml',
    'kubectl apply -f scripts/',
    'kubectl apply -f -',
    'cat > made.yaml <<E\nkind: x\nE\nkubectl apply -f made.yaml',
    'cp web.yaml made.yaml && kubectl apply -f made.yaml',
    'echo "kubectl get pods" > made.sh; bash made.sh; kubectl apply -f other.yaml',
    'kubectl get cm x -o yaml | tee made.yaml; kubectl apply -f made.yaml',
    'python3 render.py; kubectl apply -f made.yaml',
    'kubectl kustomize . -o made.yaml; kubectl apply -f made.yaml',
    'kubectl kustomize . --output=made.yaml && kubectl apply -f made.yaml',
    '[ -f made.yaml ] && kubectl apply -f made.yaml',
    'kubectl apply -f made.yaml || true',
    'kubectl apply -f "$X/made.yaml"',
    'kubectl apply -f /workspace/web.yaml',
    'kubectl create -fweb.yaml',
    'kubectl apply -f web.yaml,scripts/scale.sh',
    'kubectl logs -f web',
    'kubectl exec web -- ./missing.sh',
  ])(
    'are not where they may be there, or where that cannot be told: %s',
    text => {
      expect(
        judge(text, {}, { ...there, waiting: ['X'] }).impossible,
      ).toBeUndefined();
    },
  );

  it('are not where an earlier step may make them', () => {
    const before = (text: string) => judge(text, {}, there).makes;
    for (const text of [
      'kubectl get cm x -o yaml > made.yaml',
      'python3 render.py',
      'kubectl kustomize . -o made.yaml',
      'kustomize build . -o made.yaml',
      'istioctl manifest generate -o made',
      'istioctl kube-inject -f web.yaml -o made.yaml',
      'mkdir -p k8s && cp web.yaml made.yaml',
    ])
      expect(
        judge(
          'kubectl apply -f made.yaml',
          {},
          { ...there, made: before(text) },
        ).impossible,
      ).toBeUndefined();
    for (const text of [
      'kubectl get pods',
      'kubectl apply -f web.yaml',
      'kubectl kustomize .',
      'istioctl manifest generate',
      'istioctl proxy-config clusters -o json',
    ])
      expect(
        judge(
          'kubectl apply -f made.yaml',
          {},
          { ...there, made: before(text) },
        ).impossible,
      ).toMatch(/'made.yaml' is not among the files/);
  });
});

describe('a secret value', () => {
  const PW = 'RUNBOOKS_P_PW';
  const inventory = {
    ...INVENTORY,
    hasTool: (name: string) =>
      /^(?:envsubst|printenv)$/.test(name) || INVENTORY.hasTool(name),
  };
  const over = { hidden: [PW, 'LEFT'], inventory };

  it.each([
    `kubectl "\${${PW}}" pod web`,
    `kubectl get "\${${PW}}"`,
    `kubectl get secret "\${${PW}}" -o yaml`,
    `kubectl delete pod "web-\${${PW}}"`,
    `kubectl delete pod web -n "\${${PW}}"`,
    `kubectl delete pod web "--\${${PW}}"`,
    `kubectl scale deploy/web --replicas="\${${PW}}"`,
    `kubectl set image deploy/web a="\${${PW}}" "\${${PW}}"`,
    `kubectl apply -f "\${${PW}}"`,
    `kubectl exec "\${${PW}}" -- id`,
    `"\${${PW}}" get pods`,
    `K="\${${PW}}"\nkubectl get "$K"`,
    'for k in "$LEFT"; do kubectl get "$k"; done',
    'read -r K <<< "$LEFT"; kubectl get "$K"',
    'K=""; K+="$LEFT"; kubectl get "$K"',
    'printf -v K %s "$LEFT"; kubectl get "$K"',
    'declare -x K="$LEFT"; kubectl get "$K"',
    'A=1 K="$LEFT"; kubectl get "$K"',
    'set -- "$LEFT"; kubectl delete pod "$1"',
    'f() { kubectl delete pod "$1"; }; f "$LEFT"',
    'echo "$LEFT" > f; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" > f; K=$(cat f); kubectl delete pod "$K"',
    'echo "$LEFT" | while read -r k; do kubectl delete pod "$k"; done',
    'echo "$LEFT" | xargs kubectl delete pod',
    'xargs kubectl delete pod <<< "$LEFT"',
    'echo "$LEFT" | kubectl apply -f -',
    'kubectl apply -f - <<< "$LEFT"',
    'echo "$LEFT" | bash',
    'kubectl create secret generic x --from-literal=a=$LEFT',
    `helm upgrade "\${${PW}}" ./chart`,
    `helm upgrade web ./chart -n "\${${PW}}"`,
    `curl -X "\${${PW}}" http://localhost:8080/`,
    `curl http://127.0.0.1:6443/api/v1/namespaces/shop/secrets/"\${${PW}}"`,
    `eval "\${${PW}}"`,
    `kubectl exec web -- "\${${PW}}" x`,
    './scripts/restart.sh "$LEFT"',
    'bash scripts/restart.sh "$LEFT"',
    'echo "$LEFT" | ./scripts/reads.sh',
    './scripts/reads.sh <<< "$LEFT"',
    'f() { read -r k; kubectl delete pod "$k"; }; echo "$LEFT" | f',
    './scripts/obeys.sh <<< "$LEFT"',
    'POD="$LEFT" ./scripts/takes.sh',
    'export POD="$LEFT"; ./scripts/takes.sh',
    'export POD="$LEFT"; envsubst < web.yaml | kubectl apply -f -',
    'envsubst < web.yaml | kubectl apply -f -',
    'kubectl delete pod "$(printenv LEFT)"',
    'kubectl delete pod "$(printenv | grep LEFT | cut -d= -f2)"',
    'env | xargs kubectl delete pod',
    `kubectl delete pod "$(awk 'BEGIN{print ENVIRON["LEFT"]}')"`,
    `kubectl delete pod "$(python3 -c 'import os; print(os.environ["LEFT"])')"`,
    'kubectl delete pod "$(tr "\\0" "\\n" < /proc/self/environ | head -1)"',
    'N=LEFT; kubectl delete pod "${!N}"',
    'echo "POD=$LEFT" > env; source ./env; kubectl delete pod "$POD"',
    'echo "POD=$LEFT" > env; . env; kubectl delete pod "$POD"',
    'source <(echo "POD=$LEFT"); kubectl delete pod "$POD"',
    'source ./scripts/sets.sh "$LEFT"; kubectl delete pod "$POD"',
    // What bash keeps by itself
    '[[ $LEFT =~ (.*) ]]; kubectl delete pod "${BASH_REMATCH[1]}"',
    ': "$LEFT"; kubectl delete pod "$_"',
    ': "${X:=$LEFT}"; kubectl delete pod "$X"',
    // What kubectl prints of what it is told
    'kubectl create secret generic x --from-literal=a="$LEFT" --dry-run=client -o jsonpath={.data.a} | xargs kubectl delete pod',
    'kubectl create secret generic x --from-literal=a="$LEFT" --dry-run=client -o json | jq -r .data.a | xargs kubectl delete pod',
    // Heredocs
    'read -r X <<EOF\n$LEFT\nEOF\nkubectl delete pod "$X"',
    'while read -r X; do kubectl delete pod "$X"; done <<EOF\n$LEFT\nEOF\n',
    'mapfile -t A <<EOF\n$LEFT\nEOF\nkubectl delete pod "${A[0]}"',
    'cat > f <<EOF\n$LEFT\nEOF\nkubectl delete pod "$(cat f)"',
    'cat <<EOF | xargs kubectl delete pod\n$LEFT\nEOF\n',
    './scripts/reads.sh <<EOF\n$LEFT\nEOF\n',
    './scripts/obeys.sh <<-EOF\n$LEFT\nEOF\n',
    'kubectl delete pod "$(cat <<EOF\n$LEFT\nEOF\n)"',
    'cat > made.yaml <<EOF\nkind: $LEFT\nEOF\nkubectl apply -f made.yaml',
    // Files and descriptors
    'exec 3<<< "$LEFT"; read -r X <&3; kubectl delete pod "$X"',
    'exec 3<<< "$LEFT"; read -r -u 3 X; kubectl delete pod "$X"',
    'exec <<< "$LEFT"; read -r X; kubectl delete pod "$X"',
    'exec 3>f; echo "$LEFT" >&3; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" | cp /dev/stdin f; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" | sort -o f; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" | tee f; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" | uniq - f; kubectl delete pod "$(cat f)"',
    'echo "$LEFT" > f; xargs -a f kubectl delete pod',
    'kubectl get pods > "$LEFT"',
    'coproc cat; echo "$LEFT" >&"${COPROC[1]}"; read -r X <&"${COPROC[0]}"; kubectl delete pod "$X"',
    // The environment
    'kubectl delete pod "$(jq -rn env.LEFT)"',
    `kubectl delete pod "$(jq -rn '$ENV.LEFT')"`,
    'env -0 | xargs -0 kubectl delete pod',
    'kubectl delete pod "$(env -u X | sed -n s/LEFT=//p)"',
    'kubectl delete pod "$(declare -x | sed -n s/LEFT=//p)"',
    'kubectl delete pod "$(set | sed -n s/LEFT=//p)"',
    'kubectl delete pod "$(compgen -v | head -1)"',
    'kubectl delete pod "$(cat /proc/self/environ)"',
    'kubectl delete pod "$(cat /p*/self/env*)"',
    'kubectl delete pod `env`',
    'env > f; kubectl delete pod "$(cat f)"',
    'cat() { printenv LEFT; }; kubectl delete pod "$(cat)"',
    // What is no cluster's command decides as well
    'rm -rf "$LEFT"',
    'kubectl exec web-0 -- rm -rf "$LEFT"',
    'find . -name "$LEFT" -delete',
    'cd "$LEFT"',
    'timeout "$LEFT" kubectl delete pod web',
    'kubectl exec web -- sh -c "echo $LEFT"',
    'kubectl set image deploy/web web="$LEFT"',
    'kubectl label pod web app="$LEFT"',
    `kubectl patch deploy web -p "{\\"spec\\":{\\"paused\\":\\"$LEFT\\"}}"`,
    'helm upgrade web ./chart --set replicas="$LEFT"',
    'kubectl exec web -- psql -c "$LEFT"',
    'curl -d "$LEFT" http://localhost:8080/',
    'python3 tool.py "$LEFT"',
  ])(
    'makes a step one that nobody can approve where it decides what is done: %s',
    text => {
      expect(judge(text, {}, over).impossible).toMatch(
        /a secret value stands where it decides what .*, and nobody who approves may see it/,
      );
    },
  );

  it.each([
    `kubectl create secret generic db --from-literal=password="\${${PW}}"`,
    `kubectl create secret generic db --from-literal="password=\${${PW}}"`,
    `kubectl create secret generic db --from-literal=password=\${${PW}}`,
    `kubectl set env deploy/web PASSWORD="\${${PW}}"`,
    `kubectl exec web -- redis-cli -a "\${${PW}}" ping`,
    `curl -H "X-Key: \${${PW}}" http://localhost:8080/`,
    `echo "\${${PW}}" | base64`,
    `[ "\${${PW}}" = "$OTHER" ]`,
    `echo '$LEFT'; kubectl get pods`,
    'kubectl create secret generic x --from-literal=p="$LEFT" --dry-run=client -o yaml | kubectl apply -f -',
    'P=$(kubectl get pods -o name | head -1); kubectl exec "$P" -- redis-cli -a "$LEFT" ping',
    'echo "$LEFT" | kubectl create secret generic x --from-file=p=/dev/stdin',
    'for p in a b; do kubectl set env deploy/$p PASSWORD="$LEFT"; done',
    './scripts/stores.sh "$LEFT"',
    'PASSWORD="$LEFT" ./scripts/scale.sh 3',
    'source ./scripts/names.sh; kubectl set env "deploy/$NAME" PASSWORD="$LEFT"',
    'env FOO=bar kubectl get pods; kubectl set env deploy/web P="$LEFT"',
    'set -euo pipefail\nkubectl set env deploy/web P="$LEFT"',
    'export NAME=web; kubectl set env deploy/$NAME P="$LEFT"',
    'P=$(echo -n "$LEFT" | base64); kubectl create secret generic x --from-literal=p="$P"',
    'read -r P <<EOF\n$LEFT\nEOF\nkubectl create secret generic x --from-literal=p="$P"',
    'kubectl create secret generic x --from-file=p=/dev/stdin <<EOF\n$LEFT\nEOF\n',
    'f=$(mktemp); echo -n "$LEFT" > "$f"; kubectl create secret generic x --from-file=p="$f"; rm "$f"',
    'timeout 60 kubectl set env deploy/web P="$LEFT"',
    'if [[ -z "$LEFT" ]]; then echo "no value" >&2; exit 1; fi; kubectl get pods | grep web',
    'echo -n "$LEFT" | wc -c',
    'cat <<EOF\nset: $LEFT\nEOF\nkubectl rollout restart deployment/web',
  ])('is only stored, sent or compared: %s', text => {
    expect(judge(text, {}, over).impossible).toBeUndefined();
  });
});

describe('what planning and the gateway say of a grant', () => {
  it('is the same of the rights of OpenShift: only a grant that names them allows a change', () => {
    const write = {
      verb: 'create',
      group: 'authorization.openshift.io',
      resource: 'rolebindings',
      subresource: '',
      namespace: 'shop',
      name: 'admins',
    };
    const planned = (grants: Scope['grants']) =>
      outsideScope(
        { kind: 'listed', writes: [write] },
        [],
        { ...SCOPE, grants },
        'shop',
      );
    const grant = {
      verbs: ['create'],
      group: write.group,
      resource: write.resource,
      namespace: 'shop',
      names: ['admins'],
    };
    expect(planned([])).toMatch(/changes rights/);
    expect(planned([grant])).toBeUndefined();
    expect(planned([{ ...grant, names: ['others'] }])).toMatch(/rights/);
  });
});
