import { readRunbook } from '../readRunbook';

/** The titles of the procedures of a document, given by its lines. */
function titlesOf(...lines: string[]): string[] {
  return readRunbook(lines.join('\n'), 'docs/bakery.md').procedures.map(
    ({ title }) => title,
  );
}

const RUN = ['```bash', 'kubectl get pods -n oven', '```'];

describe('one procedure or several', () => {
  it('a document whose headings are phases is one procedure, with the faults at its end beside it', () => {
    expect(
      titlesOf(
        '# Runbook: Recipe rollback',
        '## When to use',
        'Loaves taste of soap.',
        '## Prerequisites',
        '- Access to the oven cluster',
        '## Rollback steps',
        '### 1. Assess the taste (2 min)',
        ...RUN,
        '### 2. Initiate the rollback (1 min)',
        '#### Option A: Quick rollback',
        ...RUN,
        '#### Option B: Earlier recipe',
        ...RUN,
        '### 3. Monitor the taste (5 min)',
        ...RUN,
        '## Post-rollback actions',
        '### Within an hour',
        '- [ ] Tell the shop',
        '### Within a week',
        '- [ ] Write down what happened',
        '## Common problems and solutions',
        '### Rollback stuck',
        ...RUN,
        '### Old recipe missing',
        ...RUN,
      ),
    ).toEqual(['Recipe rollback', 'Rollback stuck', 'Old recipe missing']);
  });

  it('phases called investigation and resolution make a document one procedure whatever their own headings are', () => {
    expect(
      titlesOf(
        '# Runbook: Oven overheats',
        '## Symptoms',
        '- Smoke',
        '## Investigation steps',
        '### Step 1: Confirm that it is the oven',
        ...RUN,
        '### Step 2: Compare the thermometers',
        ...RUN,
        '## Resolution steps',
        '### Method 1: Lower the heat',
        ...RUN,
        '### Method 2: Switch it off',
        ...RUN,
        '## Overheating prevention',
        '### Before the next bake',
        '- [ ] Clean the sensor',
        '## Verification',
        '### Confirm that the smoke is gone',
        ...RUN,
      ),
    ).toEqual(['Oven overheats']);
  });

  it('a checklist with preparations, steps, troubleshooting and commands to look up is one procedure and the rest', () => {
    expect(
      titlesOf(
        '# Oven lab deployment checklist',
        '## Pre-deployment verification',
        '### Helm installation',
        ...RUN,
        '### Cluster status',
        ...RUN,
        '## Deployment steps',
        '### Step 1: Install the oven',
        ...RUN,
        '### Step 2: Light the oven',
        ...RUN,
        '## Troubleshooting quick reference',
        '### Oven does not start',
        ...RUN,
        '### Door errors',
        ...RUN,
      ),
    ).toEqual([
      'Oven lab deployment checklist',
      'Oven does not start',
      'Door errors',
    ]);
  });

  it('a procedure by its title holds its headings together even where one of them counts steps', () => {
    expect(
      titlesOf(
        '# Oven failover procedure',
        '## Automatic failover',
        ...RUN,
        '## Manual failover',
        '### Step 1 - Pick the spare oven',
        ...RUN,
        '### Step 2 - Verify',
        ...RUN,
        '## Update of the door sign',
        ...RUN,
        '## Rollback',
        '1. Wait for the old oven.',
        '2. Fail over again.',
      ),
    ).toEqual(['Oven failover procedure']);
  });

  it('a round that is made every week is one procedure, and daily operations are many', () => {
    const headings = [
      '## Log review',
      ...RUN,
      '## Dough store',
      ...RUN,
      '## Doors & access',
      ...RUN,
    ];
    expect(titlesOf('# Weekly maintenance runbook', ...headings)).toEqual([
      'Weekly maintenance',
    ]);
    expect(titlesOf('# Daily operations', ...headings)).toHaveLength(3);
  });

  it('ways to do the same are alternatives of one procedure', () => {
    const document = [
      '# Oven failover',
      '## Failback: Restore the first oven',
      '### Via the console',
      ...RUN,
      '### Via kubectl',
      ...RUN,
      '## Move the queue',
      ...RUN,
    ];
    expect(titlesOf(...document)).toEqual([
      'Failback: Restore the first oven',
      'Move the queue',
    ]);
    const [procedure] = readRunbook(document.join('\n'), 'a.md').procedures;
    expect(
      procedure.phases.flatMap(({ steps }) =>
        steps.map(({ alternative }) => alternative?.label),
      ),
    ).toEqual(['Via the console', 'Via kubectl']);
  });

  it('steps that are counted in Chinese are phases of one procedure', () => {
    expect(
      titlesOf(
        '# 烤箱手册',
        '## 一键回滚',
        '### 步骤1: 执行脚本',
        ...RUN,
        '### 步骤2: 验证状态',
        ...RUN,
        '## 重启烤箱',
        ...RUN,
      ),
    ).toEqual(['一键回滚', '重启烤箱']);
  });

  it('a rollback told in prose belongs to the procedure above it', () => {
    const [, drill] = readRunbook(
      [
        '# Dough backups',
        '## Backup',
        '1. Copy the dough.',
        '2. Record the weight.',
        '## Restore drill',
        '1. Restore the dough into a spare bowl.',
        '2. Verify the weight.',
        '## Rollback',
        'If the weight is wrong, throw the dough away and restore the one before.',
      ].join('\n'),
      'a.md',
    ).procedures;
    expect(drill.phases.map(({ role }) => role)).toContain('rollback');
  });

  it('templates to fill in are not procedures', () => {
    expect(
      titlesOf(
        '# Oven operations',
        '## Light the oven',
        ...RUN,
        '## Runbook template',
        ...RUN,
        '## Post-mortem template',
        '- [ ] Summary',
      ),
    ).toEqual(['Light the oven']);
  });
});

describe('headings that belong to one another', () => {
  it('actions below one deployment are its steps, and actions below tasks are procedures', () => {
    const actions = [
      '### Build the image',
      ...RUN,
      '### Push it to the registry',
      ...RUN,
      '### Update the service',
      ...RUN,
    ];
    expect(
      titlesOf(
        '# Oven',
        '## Manual deployment',
        ...actions,
        '## Cost',
        'None.',
      ),
    ).toEqual(['Manual deployment']);
    expect(
      titlesOf('# Oven', '## Common tasks', ...actions, '## Cost', 'None.'),
    ).toHaveLength(3);
  });

  it('phases under one heading, with a rollback and a watch beside them, are one deployment', () => {
    expect(
      titlesOf(
        '# Deployment runbook',
        '## Pre-deployment checklist',
        '- Tests pass',
        '## Deployment phases',
        '### Phase 1: Pre-flight checks',
        ...RUN,
        '### Phase 2: Production deployment',
        ...RUN,
        '## Monitoring during deployment',
        ...RUN,
        '## Rollback procedure',
        ...RUN,
        '## Common issues & solutions',
        '### Deployment fails',
        '**Symptoms**: none',
        '',
        ...RUN,
      ),
    ).toEqual(['Deployment', 'Deployment fails']);
  });

  it('a verification after a chapter is not a part of its last procedure', () => {
    expect(
      titlesOf(
        '# Oven handbook',
        '## Common procedures',
        '### Bake one loaf',
        ...RUN,
        '### Bake for the whole week',
        ...RUN,
        '## Verification',
        '### Script-based verification',
        ...RUN,
        '### Spot checks',
        ...RUN,
      ),
    ).toEqual(['Bake one loaf', 'Bake for the whole week', 'Verification']);
  });

  it('what comes after a deployment belongs to the deployment and not to what stands in between', () => {
    const [deploy, scale] = readRunbook(
      [
        '# Oven handbook',
        '## Deploying a new oven',
        ...RUN,
        '## Scaling the ovens',
        ...RUN,
        '## Post-deployment tasks',
        '- [ ] Taste the first loaf',
      ].join('\n'),
      'a.md',
    ).procedures;
    expect(deploy.phases.map(({ role }) => role)).toContain('followup');
    expect(scale.phases.map(({ role }) => role)).not.toContain('followup');
  });

  it('headings counted 2a, 2b are steps', () => {
    expect(
      titlesOf(
        '# Oven recovery',
        '## 1. Where the copies are',
        'In the cellar.',
        '## 2. Full restore of the dough',
        '### 2a. Identify the copy',
        ...RUN,
        '### 2b. Restore it',
        ...RUN,
        '### 2c. Cut over to the new oven',
        ...RUN,
        '## 3. Restore of one loaf',
        ...RUN,
      ),
    ).toEqual(['Full restore of the dough', 'Restore of one loaf']);
  });

  it('what must not be done is not a procedure', () => {
    expect(
      titlesOf(
        '# Runbook: oven failover',
        '## Planned switchover',
        ...RUN,
        '## Do not',
        '- Run the fan backwards.',
        '- Promote a mixer by hand.',
      ),
    ).toEqual(['Planned switchover']);
  });

  it('a product’s name is not the title of a procedure: its smoke test and its debugging are', () => {
    expect(
      titlesOf(
        '# Mixer',
        '## Key locations',
        'Third cellar.',
        '## Smoke test',
        '### Ensure that bowls exist',
        ...RUN,
        '### Check the lag',
        ...RUN,
        '## Common debugging steps',
        '### Bowl reassignment',
        ...RUN,
      ),
    ).toEqual(['Smoke test', 'Bowl reassignment']);
  });

  it('a verification with a subject of its own does not hold its sisters together', () => {
    expect(
      titlesOf(
        '# Disaster recovery',
        '## Prerequisites',
        '- A spare oven',
        '## Full recovery procedure',
        '### 1. Provision an oven',
        ...RUN,
        '### 2. Restore the dough',
        ...RUN,
        '## Backup verification',
        ...RUN,
        '## Restore testing',
        ...RUN,
      ),
    ).toEqual([
      'Full recovery procedure',
      'Backup verification',
      'Restore testing',
    ]);
  });

  it('cases are procedures, whatever the verification below them', () => {
    expect(
      titlesOf(
        '# Recovery of the bakery',
        '## Scenario A: one oven is lost',
        ...RUN,
        '## Scenario B: the whole bakery is lost',
        ...RUN,
        '## Verification',
        ...RUN,
      ),
    ).toEqual(['one oven is lost', 'the whole bakery is lost']);
  });

  it('a guide with a checklist in its name is not one checklist', () => {
    expect(
      titlesOf(
        '# On-call guide & checklist',
        '## Start of shift',
        ...RUN,
        '## Oven looks dead',
        ...RUN,
      ),
    ).toEqual(['Start of shift', 'Oven looks dead']);
  });

  it('below a chapter in a language whose verbs are not known, numbered headings are steps', () => {
    expect(
      titlesOf(
        '# Manuel du fournil',
        'Ce document explique aux boulangers de garde comment sauver la pâte du matin sans réveiller toute la maison, et comment la remettre en place avant les premiers clients du jour.',
        '## Sauvegarde de la pâte',
        '### 1️⃣ Identifier le bol',
        ...RUN,
        '### 2️⃣ Exécuter la copie',
        ...RUN,
        '## Remise en place',
        '### 1️⃣ Copier la pâte',
        ...RUN,
        '### 2️⃣ Goûter',
        ...RUN,
      ),
    ).toEqual(['Sauvegarde de la pâte', 'Remise en place']);
  });

  it('checks before the work are asked of the work, and not of a fault further down', () => {
    const { procedures } = readRunbook(
      [
        '# Bakery operations',
        '## Pre-flight checklist',
        '- [ ] The dough is ready',
        '## Scaling down',
        ...RUN,
        '## Troubleshooting',
        '### Oven fails to start',
        ...RUN,
        '### Bowls are lost',
        ...RUN,
      ].join('\n'),
      'a.md',
    );
    expect(
      procedures.map(({ title, prerequisites }) => [title, prerequisites]),
    ).toEqual([
      ['Scaling down', ['The dough is ready']],
      ['Oven fails to start', []],
      ['Bowls are lost', []],
    ]);
  });

  it('counted faults and counted variants are not steps', () => {
    expect(
      titlesOf(
        '# Bakery',
        '## Failure scenarios',
        '### 1. Dough corrupted',
        ...RUN,
        '### 2. Signing keys lost',
        ...RUN,
        '## Command bundle',
        '### 1) Validate the oven (staging)',
        ...RUN,
        '### 2) Validate the oven (production)',
        ...RUN,
      ),
    ).toEqual([
      'Dough corrupted',
      'Signing keys lost',
      'Validate the oven (staging)',
      'Validate the oven (production)',
    ]);
  });

  it('steps below a heading that names no work are those of the document', () => {
    expect(
      titlesOf(
        '# Key rotation, from end to end',
        '## Two stores',
        'Both must match.',
        '## Order matters',
        '### Phase 0: The oven key',
        ...RUN,
        '### Phase 1: The door key',
        ...RUN,
      ),
    ).toEqual(['Key rotation, from end to end']);
  });

  it('health checks beside a deployment are started on their own, its verification is not', () => {
    expect(
      titlesOf(
        '# Oven handbook',
        '## Deploying a new oven',
        ...RUN,
        '## Verification',
        ...RUN,
        '## Health checks',
        ...RUN,
        '## Scaling the ovens',
        ...RUN,
      ),
    ).toEqual(['Deploying a new oven', 'Health checks', 'Scaling the ovens']);
  });

  it('levels with their response times are not steps', () => {
    expect(
      titlesOf(
        '# Oven handbook',
        '## Clean the oven',
        ...RUN,
        '## Alert response times',
        '- **Critical**: Respond within 15 minutes',
        '- **Low**: Respond within a day',
      ),
    ).toEqual(['Clean the oven']);
  });
});
