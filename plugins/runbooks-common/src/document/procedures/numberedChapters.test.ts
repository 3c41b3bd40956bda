import { readRunbook } from '../readRunbook';

const [procedure, ...others] = readRunbook(
  `# Ledger does not answer

## 1. Symptoms

- The balance page shows an error

## 2. Prerequisites

- [ ] Access to the cluster

## 3. Diagnosis

\`\`\`bash
kubectl get pods -n ledger
\`\`\`

## 4. Resolution

\`\`\`bash
kubectl rollout restart deployment/ledger -n ledger
\`\`\`

## 5. Follow-up

- [ ] Write a post-mortem

## This is not

- A guide to the code of the ledger
`,
  'ledger.md',
).procedures;

describe('a runbook whose chapters are numbered', () => {
  it('is one procedure', () => {
    expect(others).toEqual([]);
    expect(procedure.title).toBe('Ledger does not answer');
  });

  it('has the phases that its chapters name', () => {
    expect(procedure.phases.map(({ role }) => role)).toEqual([
      'prerequisites',
      'investigation',
      'steps',
      'followup',
    ]);
  });

  it('tells its symptoms and does not ask anybody to do them', () => {
    expect(procedure.symptoms).toEqual(['The balance page shows an error']);
  });
});
