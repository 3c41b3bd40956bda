import { readRunbook } from '../readRunbook';
import { readDay } from './dates';

const read = (markdown: string) => readRunbook(markdown, 'facts.md');

describe('days', () => {
  it.each([
    ['2025-01-28', '2025-01-28'],
    ['28 January 2025', '2025-01-28'],
    ['Jan 28th, 2025', '2025-01-28'],
    ['04.01.2026', '2026-01-04'],
    ['October 2025', undefined],
    ['03/04/2025', undefined],
    ['2025-02-30', undefined],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });
});

describe('facts of a document', () => {
  it('alerts come from tables, from trigger blocks, from rules and from lists below severities', () => {
    const { alerts } = read(`
## Alerts

| Alert | Severity | Action |
|---|---|---|
| QueueFull | P1 | add writers |

### Slow answers

\`\`\`yaml
Trigger: p99 > 1s
Action: scale up
\`\`\`

### Rules

\`\`\`yaml
- alert: NoWriters
  expr: up == 0
  labels:
    severity: critical
\`\`\`

## Alert thresholds

**Critical**:
- All pods down
- Disk above 90% (sustained)
`);
    expect(alerts).toEqual([
      { alert: 'QueueFull', severity: 'P1', action: 'add writers', line: 6 },
      {
        alert: 'Slow answers',
        condition: 'p99 > 1s',
        action: 'scale up',
        line: 8,
      },
      {
        alert: 'NoWriters',
        condition: 'up == 0',
        severity: 'critical',
        line: 18,
      },
      { alert: 'All pods down', severity: 'Critical', line: 27 },
      {
        alert: 'Disk above 90%',
        severity: 'Critical',
        condition: 'sustained',
        line: 28,
      },
    ]);
  });

  it('contacts come from tables, lists and YAML; what was never filled in is none', () => {
    const { contacts } = read(`
## Contacts

| Name | Role | Phone |
|---|---|---|
| Ada Byron | Lead | +44 20 7946 0000 |
| TBD | Deputy | |

- **DBA**: dba@example.org
- **On-call**: [Contact details]

\`\`\`yaml
oncall:
  primary:
    name: "Grace Hopper"
    phone: "+1-555-0101"
\`\`\`
`);
    expect(contacts).toEqual([
      {
        name: 'Ada Byron',
        role: 'Lead',
        phone: '+44 20 7946 0000',
        other: {},
        line: 6,
      },
      { name: 'DBA', email: 'dba@example.org', other: {}, line: 9 },
      {
        name: 'Grace Hopper',
        role: 'primary',
        phone: '+1-555-0101',
        other: {},
        line: 14,
      },
    ]);
  });

  it('escalation levels say who and when', () => {
    const { escalation } = read(`
### Escalation path

1. **L1:** On-call engineer (respond within 15 minutes)
2. **L2:** Team lead, after 30 minutes
`);
    expect(escalation).toEqual([
      {
        level: 'L1',
        who: 'On-call engineer',
        when: 'respond within 15 minutes',
        line: 4,
      },
      { level: 'L2', who: 'Team lead', when: 'after 30 minutes', line: 5 },
    ]);
  });

  it('severities, rotations, channels, thresholds and dashboards', () => {
    const runbook = read(`
## Severity levels

| Level | Description | Response time | Escalation |
|---|---|---|---|
| P0 | Outage | now | CTO |

## On-call rotation

| Week | Primary | Secondary |
|---|---|---|
| Current | Ada | Grace |

## Channels

- **#incidents:** active incidents

## Key metrics

- Response time: p95 < 200ms

## Key dashboards

1. **Overview** - https://grafana.example.org/d/overview
`);
    expect(runbook.severities).toEqual([
      {
        level: 'P0',
        description: 'Outage',
        responseTime: 'now',
        escalation: 'CTO',
        line: 6,
      },
    ]);
    expect(runbook.rotations).toEqual([
      {
        period: 'Current',
        roles: { Primary: 'Ada', Secondary: 'Grace' },
        line: 12,
      },
    ]);
    expect(runbook.channels).toEqual([
      { name: '#incidents', purpose: 'active incidents', line: 16 },
    ]);
    expect(runbook.thresholds).toEqual([
      { metric: 'Response time', value: 'p95 < 200ms', line: 20 },
    ]);
    expect(runbook.dashboards).toEqual([
      {
        title: 'Overview',
        url: 'https://grafana.example.org/d/overview',
        line: 24,
      },
    ]);
    expect(runbook.procedures).toEqual([]);
  });

  it('facts of a procedure are its own and not the document’s', () => {
    const { metadata, procedures } = read(`
# Ops

**Owner:** Team A

## Hotfix

**Owner:** Team B
**Duration:** 10 minutes
**Authorization Required:** Engineering Lead

\`\`\`bash
kubectl get pods
\`\`\`
`);
    expect(metadata.owner).toBe('Team A');
    expect(procedures[0].metadata).toEqual({
      owner: 'Team B',
      duration: '10 minutes',
      authorization: 'Engineering Lead',
      other: {},
    });
  });
});
