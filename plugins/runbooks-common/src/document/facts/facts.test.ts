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
    ['25/04/2025', '2025-04-25'],
    ['04/25/2025', '2025-04-25'],
    ['28. Januar 2025', '2025-01-28'],
    ['3 mars 2025', '2025-03-03'],
    ['21 de julio de 2025', '2025-07-21'],
    ['5 de fevereiro de 2025', '2025-02-05'],
    ['2025年11月2日', '2025-11-02'],
    ['2025년 3월 7일', '2025-03-07'],
    ['2025. 3. 7.', '2025-03-07'],
    ['9 мая 2025', '2025-05-09'],
    ['Reviewed on 2025/6/1 by Ada', '2025-06-01'],
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

  it.each([
    ['**Responsable:** Equipo Norte', 'Equipo Norte'],
    ['负责人：北方团队', '北方团队'],
    ['> **담당자**: 북팀', '북팀'],
    ['- **Verantwortlich**: Team Nord', 'Team Nord'],
    ['_Owner: @team-north · Last reviewed: 2025-03-01_', '@team-north'],
    ['Maintained by: Team North', 'Team North'],
    ['Runbook Owner: Team North | Version: 3', 'Team North'],
    [
      '| Field | Value |\n|---|---|\n| Service Owner | Team North |\n| Status | live |\n| Version | 2 |',
      'Team North',
    ],
    ['**Owner:** [Team name]', undefined],
  ])('the owner of %j is %s', (written, owner) => {
    expect(read(`# Mail relay\n\n${written}\n`).metadata.owner).toBe(owner);
  });

  it('a date that nobody filled in is none, and one in words of another language is read', () => {
    const lastUpdated = (markdown: string) =>
      read(`# A\n\n${markdown}\n`).metadata.lastUpdated;
    expect(lastUpdated('Last updated: YYYY-MM-DD')).toBeUndefined();
    expect(lastUpdated('**Última actualización:** 21 de julio de 2025')).toBe(
      '2025-07-21',
    );
    expect(lastUpdated('最后更新：2025年7月21日')).toBe('2025-07-21');
  });

  it('contacts are read from columns with other names, from nested lists and from labels', () => {
    const { contacts } = read(`
## Who to call

| Who | Responsibility | Reach via |
|---|---|---|
| Ada Byron | Storage | ada@example.org |
| Network desk | Switches | +44 20 7946 0001 |

| Role | Contact | Backup |
|---|---|---|
| Duty manager | [Name] | Grace |
| Porter | [Name] | |

- Database team
  - Phone: +44 20 7946 0002
  - Slack: #db-desk

**Security contact:** security@example.org
`);
    expect(contacts).toEqual([
      {
        name: 'Ada Byron',
        role: 'Storage',
        email: 'ada@example.org',
        other: {},
        line: 6,
      },
      {
        name: 'Network desk',
        role: 'Switches',
        phone: '+44 20 7946 0001',
        other: {},
        line: 7,
      },
      { name: 'Duty manager', other: { Backup: 'Grace' }, line: 11 },
      {
        name: 'Database team',
        phone: '+44 20 7946 0002',
        slack: '#db-desk',
        other: {},
        line: 14,
      },
      {
        name: 'Security contact',
        email: 'security@example.org',
        other: {},
        line: 18,
      },
    ]);
  });

  it.each([
    ['联系人', '| 角色 | 姓名 | 电话 |\n|---|---|---|\n| 组长 | 王伟 | 110 |'],
    [
      '連絡先',
      '| 役割 | 氏名 | メール |\n|---|---|---|\n| 当番 | 山田 | a@b.org |',
    ],
    [
      'Contactos',
      '| Rol | Nombre | Teléfono |\n|---|---|---|\n| Jefa | Ana | 110 |',
    ],
    [
      'Kontakte',
      '| Funktion | Name | E-Mail |\n|---|---|---|\n| Chef | Uta | u@b.org |',
    ],
  ])('a table below "%s" holds a contact', (heading, table) => {
    expect(read(`## ${heading}\n\n${table}\n`).contacts).toHaveLength(1);
  });

  it('escalation is read from a drawn chain; what sets it off is nobody to call', () => {
    const { escalation } = read(`
## Escalation

\`\`\`
Alert fires
   ↓
First responder (10 min)
   ↓ (no answer)
Head of storage
\`\`\`
`);
    expect(escalation).toEqual([
      { level: '1', who: 'First responder', when: '10 min', line: 7 },
      { level: '2', who: 'Head of storage', when: 'no answer', line: 9 },
    ]);
  });

  it('what to do besides calling somebody is nobody to call, and a level is nobody where the document says who that is', () => {
    const { escalation } = read(`
## Incident: Slow

**Escalation**: not better after 15 minutes? Page the second level and open a call in #incidents.

## Incident: Down

**Escalation**: Page the database lead and open a call in #incidents.

## Escalation path

1. **L1:** engineer on call
2. **L2:** lead of storage
`);
    expect(
      escalation.map(({ level, who, contact }) => [level, who, contact]),
    ).toEqual([
      ['1', 'the database lead', undefined],
      ['L1', 'engineer on call', undefined],
      ['L2', 'lead of storage', undefined],
    ]);
  });

  it('escalation is read from sentences, arrows and levels in other words', () => {
    const { escalation } = read(`
## Escalation

If it lasts longer than an hour, escalate to the storage team (#storage).

- All nights → the duty desk
- Only on-call hours count

## Bereitschaft

- 1st Level: Leitstand
- 2nd Level: Datenbankteam
`);
    expect(escalation).toEqual([
      {
        level: '1',
        who: 'the storage team',
        when: 'If it lasts longer than an hour',
        contact: '#storage',
        line: 4,
      },
      { level: 'All nights', who: 'the duty desk', line: 6 },
      { level: '1st Level', who: 'Leitstand', line: 11 },
      { level: '2nd Level', who: 'Datenbankteam', line: 12 },
    ]);
  });

  it('a table that says whom to escalate to counts wherever it stands', () => {
    expect(
      read(`
## Routing

| Severity | First responders | Escalate to | Within |
|---|---|---|---|
| SEV-1 | Duty desk | Head of storage | at once |
`).escalation,
    ).toEqual([
      { level: 'SEV-1', who: 'Head of storage', when: 'at once', line: 6 },
    ]);
  });

  it.each([
    ['## Severity\n\n- SEV1 - all is down\n- `SEV2`: slow\n', ['SEV1', 'SEV2']],
    [
      '## Severity levels\n\n### P1 (Critical)\n\nNobody can pay.\n\n### P2 (High)\n\nSlow.\n',
      ['P1 (Critical)', 'P2 (High)'],
    ],
    [
      '## Niveles\n\n| Severidad | Definición |\n|---|---|\n| Crítica | caído |\n| Baja | lento |\n',
      ['Crítica', 'Baja'],
    ],
    ['## Steps\n\n1. Choose\n   - P1: down\n   - P2: slow\n', ['P1', 'P2']],
    ['## Plan\n\n- Low: hanging fruit\n- High: tide\n', []],
  ])('the levels of severity in %j are %j', (markdown, levels) => {
    expect(read(markdown).severities.map(({ level }) => level)).toEqual(levels);
  });

  it('alerts are read from a column of triggers beside a severity and an action', () => {
    expect(
      read(`
## What wakes us

| Signal | Urgency | What to do |
|---|---|---|
| queue above 500 | P2 | add writers |

| Sev | Trigger | What to do |
|---|---|---|
| Sev1 | all is down | call |
`).alerts,
    ).toEqual([
      {
        alert: 'queue above 500',
        severity: 'P2',
        action: 'add writers',
        line: 6,
      },
    ]);
  });

  it('escalation is read from times and from lines of a chain', () => {
    const { escalation } = read(`
## Escalation

- 0–5 min: Duty engineer
- 15+ min: Head of storage

\`\`\`
Chain:
1. Duty engineer → Shift lead
2. Shift lead → Head of storage
\`\`\`

| Severity | Escalate after | To whom |
|---|---|---|
| P1 | 15 minutes | Shift lead |
`);
    expect(escalation).toEqual([
      { level: '1', who: 'Duty engineer', when: '0–5 min', line: 4 },
      { level: '2', who: 'Head of storage', when: '15+ min', line: 5 },
      { level: '1', who: 'Duty engineer', line: 9 },
      { level: '2', who: 'Shift lead', line: 9 },
      { level: '3', who: 'Head of storage', line: 10 },
      { level: 'P1', who: 'Shift lead', when: '15 minutes', line: 15 },
    ]);
  });

  it('below "Contacts" a table of roles names whom to call, and "(pending)" is nobody', () => {
    const { contacts } = read(`
## Escalation contacts

| Role | Responsibility |
|---|---|
| Duty engineer | looks first |

| Quién | Rol | Contacto |
|---|---|---|
| _(nombre)_ | Guardia | (pendiente) |
`);
    expect(contacts).toEqual([
      {
        name: 'Duty engineer',
        other: { Responsibility: 'looks first' },
        line: 6,
      },
    ]);
  });

  it('a bold word with a full stop is a label where it names a part or a fact', () => {
    const { procedures } = read(`
# Mail is late

**Symptom.** Letters wait.

**Severity.** P2, for now.

## Diagnosis

\`\`\`bash
mailq
\`\`\`

## Resolution

\`\`\`bash
postfix flush
\`\`\`
`);
    expect(procedures[0].symptoms).toEqual(['Letters wait.']);
    expect(procedures[0].metadata.severity).toBe('P2, for now.');
  });

  it('a chapter is told by numbers too, where headings have one level', () => {
    const { procedures } = read(`
# Queue

## 5. Troubleshooting

## 5.1 Writers are refused after the move

**Symptoms**: letters wait

\`\`\`bash
mailq
\`\`\`

## 5.2 Readers are refused after the move

**Symptoms**: nothing arrives

\`\`\`bash
mailq
\`\`\`
`);
    expect(procedures.map(({ kind }) => kind)).toEqual([
      'troubleshoot',
      'troubleshoot',
    ]);
  });

  it.each([
    ['**Alerts:** `QueueFull`, `NoWriters`', ['QueueFull', 'NoWriters']],
    ['- **Alert name**: QueueFull', ['QueueFull']],
    ['- Grafana alert: `QueueFull` or `NoWriters`', ['QueueFull', 'NoWriters']],
    [
      'Applies to alerts:\n\n- `QueueFull` (SEV-1)\n- `NoWriters`',
      ['QueueFull', 'NoWriters'],
    ],
    [
      '## QueueIsFull\n\nLook.\n\n## WritersAreDown\n\nLook.',
      ['QueueIsFull', 'WritersAreDown'],
    ],
    ['**Alerts:** #ops-alerts', []],
    ['## About PostgreSQL\n\n## About MongoDB', []],
  ])('the alerts that %j names are %j', (markdown, names) => {
    expect(
      read(`# Queue\n\n${markdown}\n`).alerts.map(({ alert }) => alert),
    ).toEqual(names);
  });

  it.each([
    [
      'L2 (storage) if it lasts an hour.',
      'L2',
      'storage',
      'if it lasts an hour',
    ],
    [
      '- Auto-escalate to the lead after 10 minutes',
      '1',
      'the lead',
      'after 10 minutes',
    ],
    ['| If | Action |\n|---|---|\n| x | y |', undefined, undefined, undefined],
    [
      '| Condition | Action |\n|---|---|\n| 30 min | Page the lead |',
      '1',
      'the lead',
      '30 min',
    ],
    [
      '| Severity | First | Escalate after | To |\n|---|---|---|---|\n| P1 | desk | 5 min | lead |',
      'P1',
      'lead',
      '5 min',
    ],
  ])('escalation %j goes to %s', (markdown, level, who, when) => {
    const [first] = read(`## Escalation\n\n${markdown}\n`).escalation;
    expect(first && [first.level, first.who, first.when]).toEqual(
      level && [level, who, when],
    );
  });

  it('a list of primary, secondary and escalation is a path of escalation wherever it stands', () => {
    const { escalation } = read(`
## Cadence

- **Primary**: one of us for a week
- **Secondary**: another of us
- **Escalation**: the head of storage (after 30 min)
`);
    expect(escalation.map(({ level, who }) => [level, who])).toEqual([
      ['Primary', 'one of us for a week'],
      ['Secondary', 'another of us'],
      ['Escalation', 'the head of storage'],
    ]);
  });

  it('points of contact may stand inside a list, and a page may be all there is of them', () => {
    const { contacts } = read(`
## Where to look

- Points of contact
  - Storage desk - https://chat.example.org/storage
  - Mail desk - mail@example.org
`);
    expect(contacts.map(({ name }) => name)).toEqual([
      'Storage desk',
      'Mail desk',
    ]);
  });

  it('a rotation is read from a list of weeks', () => {
    expect(
      read('## Rotation\n\n- **Week 1**: Ada\n- **Week 2**: Grace\n').rotations,
    ).toEqual([
      { period: 'Week 1', roles: { Primary: 'Ada' }, line: 3 },
      { period: 'Week 2', roles: { Primary: 'Grace' }, line: 4 },
    ]);
  });

  it('a limit in brackets leaves its brackets behind', () => {
    expect(
      read('## Metrics\n\n- Queue (night): < 60\n- Answer time (goal < 5 s)\n')
        .thresholds,
    ).toEqual([
      { metric: 'Queue (night)', value: '< 60', line: 3 },
      { metric: 'Answer time', value: 'goal < 5 s', line: 4 },
    ]);
  });
});
