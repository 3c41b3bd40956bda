import type { Step } from '../model';
import { procedureOf, stepsOf } from '../procedureFrom.testing';

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

  it('how long the whole takes is nothing that a step shows', () => {
    const [step] = stepsOf(`
# Change a setting

\`\`\`bash
kubectl rollout status deployment/stamps -n stamps
\`\`\`

**Expected time**: less than 2 minutes
`);
    expect(step.expectation).toBeUndefined();
  });
});

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
