import { readRunbook } from '../readRunbook';
import type { Procedure, Step } from '../model';

describe('where an expectation belongs', () => {
  it('a status below a block of several commands is expected of the command that shows it', () => {
    const steps = stepsOf(`
# Check the basket service

\`\`\`bash
# Look at the pods
kubectl get pods -n basket

# Look at the load
kubectl top pods -n basket
\`\`\`

**Expected result**: every pod is \`Running\`
`);
    expect(expected(steps)).toEqual({
      'Look at the pods': ['contains Running'],
    });
  });

  it('the lines of a list of results go to the steps that can show them', () => {
    const steps = stepsOf(`
# Morning round of the parcel cluster

**Nodes**:

\`\`\`bash
kubectl get nodes
\`\`\`

**Front page**:

\`\`\`bash
curl -s https://parcels.example.com/healthz
\`\`\`

**Load**:

\`\`\`bash
kubectl top nodes
\`\`\`

**Expected results:**
- Nodes are \`Ready\`
- The health page answers \`{"status":"ok"}\` with HTTP 200
- CPU usage below 80%
`);
    expect(
      steps.map(({ text, expectation }) => [text, expectation?.text]),
    ).toEqual([
      ['kubectl get nodes', '- Nodes are `Ready`'],
      [
        'curl -s https://parcels.example.com/healthz',
        '- The health page answers `{"status":"ok"}` with HTTP 200',
      ],
      ['kubectl top nodes', '- CPU usage below 80%'],
    ]);
  });

  it('what is read shows a state, what changes it does not', () => {
    const steps = stepsOf(`
# Deploy the mailer

\`\`\`bash
# Apply the manifests
kubectl apply -f mailer/pods.yaml

# List the pods
kubectl get pods -l app=mailer

# Restart the proxy
kubectl rollout restart deploy/proxy
\`\`\`

Expected: all mailer pods Running
`);
    expect(expected(steps)).toEqual({ 'List the pods': ['contains Running'] });
  });

  it('a table of output goes to the command whose columns it has', () => {
    const steps = stepsOf(`
# Check the archive

\`\`\`bash
# Volumes
kubectl get pvc -n archive

# Pods
kubectl get pods -n archive
\`\`\`

Expected output:

\`\`\`
NAME        READY   STATUS    RESTARTS   AGE
archive-0   1/1     Running   0          3d
\`\`\`
`);
    expect(expected(steps)).toEqual({ Pods: ['ready'] });
  });

  it('success criteria below a numbered step are expected of its commands as well', () => {
    const procedure = procedureOf(`
# Install the ledger

## Step 1: Issuer

\`\`\`bash
# Apply the issuer
kubectl apply -f issuer.yaml

# List the issuers
kubectl get clusterissuer
\`\`\`

**Success criteria:**
- [ ] ClusterIssuer status: Ready
- [ ] The team has been told

## Step 2: Pods

\`\`\`bash
kubectl get pods -n ledger
\`\`\`

**Success criteria:**
- [ ] ledger pods Running
`);
    expect(expected(procedure.phases.flatMap(({ steps }) => steps))).toEqual({
      'List the issuers': ['ready'],
      Pods: ['contains Running'],
    });
    expect(procedure.successCriteria).toHaveLength(3);
  });

  it('a label "Expected ..." holds results and no steps', () => {
    const steps = stepsOf(`
# Deploy the stamp service

**Deploy:**

\`\`\`bash
helm upgrade stamps ./chart
kubectl get pods -n stamps
\`\`\`

**Expected pods:**
- \`stamps-api\` (2 replicas)
- \`stamps-db\` (1 replica)

**Look at the service:**

\`\`\`bash
kubectl get svc -n stamps
\`\`\`
`);
    expect(steps.map(({ title, type }) => `${type} ${title}`)).toEqual([
      'command Deploy',
      'command Look at the service',
    ]);
    expect(steps[0].expectation?.text).toContain('stamps-db');
  });
});

describe('the order of a procedure', () => {
  it('what follows a bold result stays in its phase and in its place', () => {
    const procedure = procedureOf(`
# Move the queue

The writers go first.

**Step 1: Stop the writers**

\`\`\`bash
kubectl scale deploy/writer --replicas=0
\`\`\`

**Expected result**: no writers left

\`\`\`bash
kubectl get pods -l app=writer
\`\`\`

**Step 2: Move it**

\`\`\`bash
./move-queue.sh
\`\`\`
`);
    expect(
      procedure.phases.map(({ title, steps }) => [
        title,
        steps.map(({ text }) => text),
      ]),
    ).toEqual([
      [
        'Stop the writers',
        [
          'kubectl scale deploy/writer --replicas=0',
          'kubectl get pods -l app=writer',
        ],
      ],
      ['Move it', ['./move-queue.sh']],
    ]);
  });

  it('steps before, between and after labels keep the order of the text', () => {
    const steps = stepsOf(`
# Swap the disk

\`\`\`bash
lsblk
\`\`\`

**Verification**: the light is green

\`\`\`bash
mdadm --detail /dev/md0
\`\`\`

**Note the serial number**:

\`\`\`bash
smartctl -i /dev/sdb
\`\`\`
`);
    expect(
      steps.filter(({ type }) => type === 'command').map(s => s.text),
    ).toEqual(['lsblk', 'mdadm --detail /dev/md0', 'smartctl -i /dev/sdb']);
  });

  it('paragraphs that count steps are phases as headings are', () => {
    const procedure = procedureOf(`
# Rotate the signing key

Step 1: Make a new key

\`\`\`bash
openssl genrsa -out new.pem 4096
\`\`\`

Step 2 - Publish it

\`\`\`bash
./publish-key.sh new.pem
./list-keys.sh
\`\`\`

Verification:

\`\`\`bash
curl -s https://keys.example.com/current
\`\`\`
`);
    expect(
      procedure.phases.map(({ role, title }) => `${role}: ${title}`),
    ).toEqual([
      'steps: Make a new key',
      'steps: Publish it',
      'verification: Verification',
    ]);
  });
});

describe('titles and conditions', () => {
  it.each([
    [
      'Ask the desk for a slot (form: SLOT-REQUEST)',
      'Ask the desk for a slot (form: SLOT-REQUEST)',
      undefined,
    ],
    [
      'If the key is new (first year, spare), register it',
      'Register it',
      'If the key is new (first year, spare)',
    ],
    [
      'If the checksum differs — copy the file again',
      'Copy the file again',
      'If the checksum differs',
    ],
    [
      'Empty the cache (only if you want a cold start)',
      'Empty the cache',
      'Only if you want a cold start',
    ],
    [
      'A sent letter stays sent — if one was wrong, write another',
      'A sent letter stays sent — if one was wrong, write another',
      undefined,
    ],
  ])('"%s"', (item, title, condition) => {
    const [step] = stepsOf(`
# Register a key

## Steps

1. ${item}
2. Close the register
`);
    expect([step.title, step.condition]).toEqual([title, condition]);
  });
});

describe('one of several', () => {
  it('a paragraph "Or ..." begins an alternative to the step above', () => {
    const steps = stepsOf(`
# Restart the printer queue

Restart it by the service:

\`\`\`bash
sudo systemctl restart printq
\`\`\`

Or by the container:

\`\`\`bash
docker restart printq
\`\`\`
`);
    expect(steps.map(({ title }) => title)).toEqual([
      'Restart it by the service',
      'By the container',
    ]);
    expect(groupsOf(steps)).toEqual([1, 1]);
  });

  it('paragraphs "Option A: ..." are alternatives, with all their steps', () => {
    const steps = stepsOf(`
# Empty the inbox

Option A: archive it

\`\`\`bash
# Pack
tar czf inbox.tgz inbox

# Remove
rm -r inbox
\`\`\`

Option B: drop it

\`\`\`bash
rm -r inbox
\`\`\`
`);
    expect(steps.map(({ alternative }) => alternative?.label)).toEqual([
      'Option A',
      'Option A',
      'Option B',
    ]);
    expect(groupsOf(steps)).toEqual([1, 1, 1]);
  });

  it('two ways that begin alike ("Via ...", "Via ...") are alternatives', () => {
    const steps = stepsOf(`
# Add a mailbox

\`\`\`bash
# Via the API
curl -X POST https://mail.example.com/boxes -d name=desk

# Via the command line
./mailctl add desk
\`\`\`
`);
    expect(groupsOf(steps)).toEqual([1, 1]);
  });

  it('what stands under a heading "If ..." holds on that condition', () => {
    const steps = stepsOf(`
# Bring the gate back

## Steps

**Look at the gate:**

\`\`\`bash
./gate status
\`\`\`

**If it is shut:**

\`\`\`bash
./gate open
\`\`\`
`);
    expect(steps.map(({ condition }) => condition)).toEqual([
      undefined,
      'If it is shut',
    ]);
  });
});

describe('what a person types', () => {
  it('commands below an opened session are typed in it, until it is left', () => {
    const steps = stepsOf(`
# Clean the cache of the shop

\`\`\`bash
# Open a shell in the pod
kubectl exec -it shop-0 -- bash

# Inside the pod
rm -rf /var/cache/shop/*
exit

# Look at the pod
kubectl get pod shop-0
\`\`\`
`);
    expect(steps.map(({ type }) => type)).toEqual([
      'manual',
      'manual',
      'command',
    ]);
    expect(steps[1].manualBecause).toContain('session');
  });
});

describe('comments in a block', () => {
  it.each([
    '# Replicas should be 3',
    '# notAfter must be next year',
    '# Should resolve to the new address',
    '# HTTP/2 200',
  ])('"%s" below a command is what it should show', comment => {
    const [first, second] = stepsOf(`
# Look at the ferry

\`\`\`bash
./ferry status
${comment}
./ferry crew
\`\`\`
`);
    expect(second).toBeUndefined();
    expect(first.expectation?.text).toBe(comment.slice(2));
  });

  it('a state behind a command is what it should show', () => {
    const [step] = stepsOf(`
# Look at the disks

\`\`\`bash
kubectl get pvc -n depot   # depot-data: Bound
\`\`\`
`);
    expect(step.expectation?.checks).toEqual([
      { kind: 'contains', text: 'Bound' },
    ]);
  });

  it('lines to put into a file are remarks of the instruction, not its name', () => {
    const [step] = stepsOf(`
# Raise the limits

\`\`\`bash
# Edit /etc/depot.conf
# depot soft files 9000
# depot hard files 9000

sudo sysctl -p
\`\`\`
`);
    expect(step.title).toBe('Edit /etc/depot.conf');
    expect(step.text).toContain('depot hard files 9000');
  });

  it('a long item is named by what stands before its dash', () => {
    const [step] = stepsOf(`
# Free the harbour

## Steps

1. Check the upstream locks — the harbour gauge often follows the metric of the upper lock, and only falls when it is shut
2. Open the gate
`);
    expect(step.title).toBe('Check the upstream locks');
  });
});

function procedureOf(markdown: string): Procedure {
  const { procedures } = readRunbook(markdown.trimStart(), 'runbook.md');
  expect(procedures).toHaveLength(1);
  return procedures[0];
}

function stepsOf(markdown: string): Step[] {
  return procedureOf(markdown).phases.flatMap(({ steps }) => steps);
}

/** The checks of each step that has an expectation, by its title. */
function expected(steps: Step[]): Record<string, string[]> {
  return Object.fromEntries(
    steps.flatMap(({ title, expectation }) =>
      expectation
        ? [
            [
              title,
              expectation.checks.map(check =>
                'text' in check ? `${check.kind} ${check.text}` : check.kind,
              ),
            ],
          ]
        : [],
    ),
  );
}

/** The number of each step's group of alternatives, 0 for none. */
function groupsOf(steps: Step[]): number[] {
  const groups = [...new Set(steps.flatMap(s => s.alternative?.group ?? []))];
  return steps.map(({ alternative }) =>
    alternative ? groups.indexOf(alternative.group) + 1 : 0,
  );
}
