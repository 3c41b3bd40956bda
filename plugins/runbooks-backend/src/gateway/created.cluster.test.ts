import { judgeStep } from '@backstage-runbooks/plugin-runbooks-common';
import { writeFile } from 'node:fs/promises';
import { StepBench } from '../executors/testUtils/StepBench';

jest.setTimeout(120_000);

const POD = {
  restartPolicy: 'Never',
  containers: [
    {
      name: 'a',
      image: 'nginx:1',
      envFrom: [{ secretRef: { name: 'db', optional: true } }],
    },
  ],
};
const CRON_JOB = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: {
    schedule: '0 3 * * *',
    jobTemplate: { spec: { template: { spec: POD } } },
  },
};

/** Ordinary to a reader that lets the first key win; kubectl lets the merge behind it win. */
const OTHER_JOB = `apiVersion: batch/v1
kind: Job
metadata: {name: report}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: a, image: nginx:1}]
      <<:
        containers: [{name: a, image: nginx:1, envFrom: [{secretRef: {name: db}}]}]
`;
/** The same of a line that only kubectl ends at U+2028. */
const OTHER_SERVICE = `apiVersion: v1
kind: Service
metadata: {name: outside}
spec:
  ports: [{port: 80}] # as agreed\u2028  externalIPs: [10.0.0.1]
`;
const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: cloud
  annotations: {}
  <<: {annotations: {eks.amazonaws.com/role-arn: admin}}
`;
const FILES: Record<string, string> = {
  'job.yaml': OTHER_JOB,
  'service.yaml': OTHER_SERVICE,
  'account.yaml': ACCOUNT,
};

let bench: StepBench;

beforeAll(async () => {
  bench = await StepBench.create('created');
  const file = `${bench.bench.folder}/nightly.json`;
  await writeFile(file, JSON.stringify(CRON_JOB));
  await bench.kubectl('apply', '-f', file);
  await bench.kubectl('create', 'deployment', 'web', '--image=nginx:1');
});
afterAll(() => bench.dispose());

function plan(text: string) {
  return judgeStep({
    text,
    environment: {},
    waiting: [],
    hidden: [],
    fileText: path => FILES[path],
    inventory: { id: 'local', hasTool: () => true, hasNetwork: false },
    observeOnly: false,
    scope: bench.scope(),
    namespace: bench.namespace,
    folders: [''],
  });
}

describe('what is created', () => {
  it.each([
    'kubectl create deployment made --image=nginx:1 --replicas=2',
    'kubectl create job once --image=nginx:1 -- sleep 1',
    `kubectl create cronjob often --image=nginx:1 --schedule='* * * * *'`,
    'kubectl create job again --from=cronjob/nightly',
    'kubectl expose deployment web --port=80',
    'kubectl create service clusterip inside --tcp=80',
    'kubectl create service nodeport door --tcp=80',
    'kubectl create serviceaccount reader',
    'kubectl create configmap settings --from-literal=a=b',
    'kubectl autoscale deployment web --max=3',
    'kubectl create quota small --hard=pods=9',
    `kubectl create pdb one --selector=app=web --min-available=1`,
    `kubectl create ingress road --rule='a.example/=web:80'`,
    'kubectl run single --image=nginx:1',
  ])('passes as the ordinary change that it is: %s', async text => {
    const { effect, writes, secrets } = plan(text);
    const trace = await bench.run(text, {
      allowed: writes,
      gateway: { destructive: false, secrets },
    });
    const refused = trace.calls.filter(one => one.decision === 'refused');
    expect({ effect, refused, ok: trace.ok }).toEqual({
      effect: 'change',
      refused: [],
      ok: true,
    });
  });

  it.each([
    ['job.yaml', 'batch', 'jobs', 'report', 'gives pods Secrets'],
    ['service.yaml', '', 'services', 'outside', "sets 'externalIPs'"],
    ['account.yaml', '', 'serviceaccounts', 'cloud', 'may give'],
  ])(
    'is unknown by its words where kubectl reads them otherwise, and refused by its body: %s',
    async (file, group, resource, name, because) => {
      const made = `cat > ${file} <<'END'\n${FILES[file]}END\n`;
      const writes = ['create', 'patch'].map(verb =>
        bench.write({ verb, group, resource, name }),
      );
      for (const verb of ['create', 'apply']) {
        const text = `kubectl ${verb} -f ${file}`;
        expect(plan(text).unknown).toMatch(/surely read/);
        const trace = await bench.run(`${made}${text}`, {
          allowed: { kind: 'listed', writes },
          gateway: { destructive: false, secrets: { kind: 'none' } },
        });
        expect(trace.ok).toBe(false);
        expect(trace.stderr).toContain(because);
      }
    },
  );
});
