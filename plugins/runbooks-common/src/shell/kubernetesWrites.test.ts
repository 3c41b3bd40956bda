import { readShell } from './readShell';

const writesOf = (text: string) =>
  readShell(text, { language: 'bash' }).commands.flatMap(({ writes }) =>
    writes === undefined
      ? ['not known']
      : writes.map(write =>
          [
            write.verb,
            [write.resource, write.group]
              .filter(part => part !== '')
              .join('.') +
              (write.subresource === '' ? '' : `/${write.subresource}`),
            `${write.namespace ?? 'default'}/${write.name}`,
            ...(write.selector ? [write.selector] : []),
          ].join(' '),
        ),
  );

/** What the audit log of a 1.33 API server recorded for kubectl 1.33, reads left out. */
describe('Kubernetes writes of kubectl', () => {
  it.each<[string, string[]]>([
    [
      'kubectl scale deployment web --replicas=3',
      ['patch deployments.apps/scale default/web'],
    ],
    [
      'kubectl scale deployment/web deployment/web2 --replicas=1 -n x',
      [
        'patch deployments.apps/scale x/web',
        'patch deployments.apps/scale x/web2',
      ],
    ],
    [
      'kubectl scale deploy --all --replicas=2',
      ['patch deployments.apps/scale default/*'],
    ],
    [
      'kubectl scale deploy -l app=web --replicas=2',
      ['patch deployments.apps/scale default/* app=web'],
    ],
    [
      'kubectl scale deploy web --current-replicas=2 --replicas=2',
      ['update deployments.apps/scale default/web'],
    ],
    [
      'kubectl set image deployment/web nginx=nginx:1.2',
      ['patch deployments.apps default/web'],
    ],
    [
      'kubectl set env deployment/web A=b',
      ['patch deployments.apps default/web'],
    ],
    ['kubectl set env deployment/web --list', []],
    [
      'kubectl set resources deployment web --limits=memory=1Gi',
      ['patch deployments.apps default/web'],
    ],
    [
      'kubectl rollout restart deployment/web',
      ['patch deployments.apps default/web'],
    ],
    [
      'kubectl rollout undo sts/web --to-revision=2',
      ['patch statefulsets.apps default/web'],
    ],
    [
      'kubectl rollout pause deployment/web',
      ['patch deployments.apps default/web'],
    ],
    ['kubectl rollout status deployment/web', []],
    ['kubectl label pods -l app=web c=d', ['patch pods default/* app=web']],
    [
      'kubectl annotate deployment web a=b',
      ['patch deployments.apps default/web'],
    ],
    [
      'kubectl patch hpa web -p \'{"spec":{"minReplicas":2}}\'',
      ['patch horizontalpodautoscalers.autoscaling default/web'],
    ],
    [
      "kubectl patch deploy web --subresource=scale --type=merge -p '{}'",
      ['patch deployments.apps/scale default/web'],
    ],
    [
      'kubectl autoscale deployment web --min=1 --max=3',
      ['create horizontalpodautoscalers.autoscaling default/web'],
    ],
    [
      'kubectl expose deployment web --port=80',
      ['create services default/web'],
    ],
    [
      'kubectl create configmap cm1 --from-literal=a=b',
      ['create configmaps default/cm1'],
    ],
    [
      'kubectl create secret generic s1 --from-literal=a=b',
      ['create secrets default/s1'],
    ],
    ['kubectl create ns x', ['create namespaces /x']],
    ['kubectl create token sa1', ['create serviceaccounts/token default/sa1']],
    [
      'kubectl create job j2 --from=cronjob/cj1',
      ['create jobs.batch default/j2'],
    ],
    ['kubectl run p1 --image=nginx', ['create pods default/p1']],
    [
      'kubectl run p2 --image=nginx --expose --port=80',
      ['create pods default/p2', 'create services default/p2'],
    ],
    [
      'kubectl run p3 --image=busybox --rm -i -- true',
      [
        'create pods default/p3',
        'connect pods/attach default/p3',
        'delete pods default/p3',
      ],
    ],
    ['kubectl exec p1 -- ls', ['connect pods/exec default/p1']],
    ['kubectl exec deploy/web -n x -- ls', ['connect pods/exec x/*']],
    ['kubectl cp p1:/tmp/x ./x', ['connect pods/exec default/p1']],
    ['kubectl port-forward p1 80:80', ['connect pods/portforward default/p1']],
    [
      'kubectl delete pod p2 p3',
      ['delete pods default/p2', 'delete pods default/p3'],
    ],
    ['kubectl delete pods -l app=web2', ['delete pods default/* app=web2']],
    ['kubectl delete cm --all', ['delete configmaps default/*']],
    [
      'kubectl delete deployment/web2 svc/web',
      ['delete deployments.apps default/web2', 'delete services default/web'],
    ],
    ['kubectl delete ns x', ['delete namespaces /x']],
    ['kubectl cordon node-c', ['patch nodes /node-c']],
    ['kubectl taint nodes node-c x=y:NoSchedule', ['patch nodes /node-c']],
    [
      'kubectl drain node-c --ignore-daemonsets',
      ['patch nodes /node-c', 'create pods/eviction */*'],
    ],
    [
      'kubectl drain node-c --disable-eviction',
      ['patch nodes /node-c', 'delete pods */*'],
    ],
    [
      'kubectl certificate approve x',
      ['update certificatesigningrequests.certificates.k8s.io/approval /x'],
    ],
    ['kubectl delete pod x --dry-run=server', []],
    ['kubectl apply -f x.yaml', ['not known']],
    [
      'kubectl apply -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cmx\nEOF',
      ['create configmaps default/cmx', 'patch configmaps default/cmx'],
    ],
    [
      'kubectl replace -f - <<EOF\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cmx, namespace: shop}\nEOF',
      ['update configmaps shop/cmx'],
    ],
    [
      'kubectl delete pod <pod-name> -n <ns>',
      ['delete pods ${NS}/${POD_NAME}'],
    ],
    ['kubectl delete pod $POD', ['delete pods default/${POD}']],
    [
      'for s in a b; do kubectl scale deployment $s --replicas=2; done',
      [
        'patch deployments.apps/scale default/a',
        'patch deployments.apps/scale default/b',
      ],
    ],
    [
      'for s in $(kubectl get deploy -o name); do kubectl scale $s --replicas=2; done',
      ['not known'],
    ],
    ['./deploy.sh', ['not known']],
    ['helm upgrade x ./chart', ['not known']],
    ['kubectl delete widgets x', ['not known']],
    [
      'kubectl delete widgets.example.com x',
      ['delete widgets.example.com default/x'],
    ],
  ])('%s: %j', (text, writes) => {
    expect(writesOf(text).filter(one => one !== '')).toEqual(writes);
  });

  it('an exec names its command', () => {
    const [command] = readShell('kubectl exec p1 -- cat /etc/<file>').commands;
    expect(command.writes?.[0].command).toEqual(['cat', '/etc/${FILE}']);
  });

  it.each([
    ['kubectl get secret x -o yaml', true],
    ['kubectl get secrets -o jsonpath={.items[0].data}', true],
    ['kubectl get secret/x -o go-template={{.data}}', true],
    ['kubectl get secrets', false],
    ['kubectl get secrets -o wide', false],
    ['kubectl describe secret x', false],
    ['kubectl get cm x -o yaml', false],
    ['kubectl get --raw /api/v1/namespaces/x/secrets', true],
    ['kubectl create token x', true],
    ['R=secret; kubectl get $R x -o yaml', true],
    ['for k in cm secret; do kubectl get $k -o yaml; done', true],
  ])('%s prints secret values: %s', (text, secrets) => {
    expect(readShell(text, { language: 'bash' }).secrets).toBe(secrets);
  });
});
