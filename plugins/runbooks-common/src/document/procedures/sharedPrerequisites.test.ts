import { readRunbook } from '../readRunbook';

const DOCUMENT = `# Ledger operations

## Prerequisites

- [ ] Access to the cluster
- [ ] The VPN is on

\`\`\`bash
kubectl config use-context ledger
\`\`\`

## Scale the workers

\`\`\`bash
kubectl scale deployment/ledger-worker --replicas=4
\`\`\`

## Rotate the signing key

### Prerequisites

- [ ] A second person is there

### Steps

\`\`\`bash
kubectl rollout restart deployment/ledger
\`\`\`
`;

describe('prerequisites that stand before several procedures', () => {
  const [scale, rotate] = readRunbook(DOCUMENT, 'ledger.md').procedures;

  it('are told by each procedure, beside its own', () => {
    expect(scale.prerequisites).toEqual([
      'Access to the cluster',
      'The VPN is on',
    ]);
    expect(rotate.prerequisites).toEqual([
      'Access to the cluster',
      'The VPN is on',
      'A second person is there',
    ]);
  });

  it('are not ticked off again in each: only their commands are steps', () => {
    const before = ({ phases }: typeof scale) =>
      phases
        .filter(({ role }) => role === 'prerequisites')
        .flatMap(({ steps }) => steps.map(({ text }) => text));
    expect(before(scale)).toEqual(['kubectl config use-context ledger']);
    expect(before(rotate)).toEqual([
      'kubectl config use-context ledger',
      'A second person is there',
    ]);
  });
});
