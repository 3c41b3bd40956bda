import { readRunbook } from '../readRunbook';

/** A document in short: per procedure its title and how many steps it has. */
function titlesOf(...lines: string[]): string[] {
  return readRunbook(lines.join('\n'), 'docs/bakery.md').procedures.map(
    ({ title }) => title,
  );
}

function stepsOf(title: string, ...lines: string[]): number {
  const found = readRunbook(lines.join('\n'), 'docs/bakery.md').procedures.find(
    procedure => procedure.title === title,
  );
  return found?.phases.flatMap(({ steps }) => steps).length ?? -1;
}

const RUN = ['```bash', 'kubectl get pods -n oven', '```'];

describe('lists that a person follows', () => {
  it('an instruction may come after the case in which it holds, a label or an adverb', () => {
    expect(
      titlesOf(
        '# Oven service',
        '## Recovery',
        '1. If the oven is stuck in preheat, rerun the batch.',
        '2. For the replica, copy the recipes back.',
        '3. Temporarily lower the bake rate.',
        '## Architecture',
        '1. Bake things.',
        '2. Ship things.',
      ),
    ).toEqual(['Recovery']);
  });

  it('bullets are followed below a heading that names work, and not below one that names rules', () => {
    const bullets = [
      '- Update the key in the vault.',
      '- Restart the mixer, then `kubectl get pods -n oven`.',
    ];
    expect(
      titlesOf(
        '# Oven service',
        '## Key rotation',
        ...bullets,
        '## Rotation policy',
        ...bullets,
        '## Colours',
        ...bullets.slice(0, 1),
      ),
    ).toEqual(['Key rotation']);
  });

  it('numbered steps below a bullet are the steps of the procedure', () => {
    const document = [
      '# Oven service',
      '## Loaves do not rise',
      '- **Possible cause:** the yeast feed is off.',
      '- **What to do:**',
      '  1. Open the yeast panel.',
      '  2. Verify that the feed is on.',
      '## Prices',
      'A loaf costs two coins.',
    ];
    expect(titlesOf(...document)).toEqual(['Loaves do not rise']);
    expect(stepsOf('Loaves do not rise', ...document)).toBeGreaterThanOrEqual(
      2,
    );
  });

  it('commands that stand alone in paragraphs are steps', () => {
    const document = [
      '# Oven service',
      '## Deploying a new oven',
      'Build it first:',
      '`./bake-image.sh oven`',
      '',
      '`aws s3 cp ./dist s3://oven-dist --recursive`',
      '## Glossary',
      'Oven: hot.',
    ];
    expect(titlesOf(...document)).toEqual(['Deploying a new oven']);
    expect(stepsOf('Deploying a new oven', ...document)).toBe(2);
  });

  it('where the verbs of a language are not known, a numbered list of three is one of steps', () => {
    expect(
      titlesOf(
        '# Astreinte du fournil',
        '## Traitement d’une alerte',
        '1. Enregistrement de l’alerte dans le registre du fournil.',
        '2. Vérification de la température du four par le boulanger de garde.',
        '3. Clôture avec un résumé pour toute l’équipe du matin et du soir.',
        '## Niveaux',
        '1. **Niveau 1** : le boulanger de garde répond aux questions simples.',
        '2. **Niveau 2** : le chef de fournil décide de la suite à donner.',
        '3. **Niveau 3** : la direction parle à la presse et aux clients.',
      ),
    ).toEqual(['Traitement d’une alerte']);
  });

  it('queries below a heading that names work are run by a person; a table of the schema is not', () => {
    expect(
      titlesOf(
        '# Oven database',
        '## Optimize the recipe table',
        '```sql',
        'VACUUM ANALYZE recipes;',
        '```',
        '## Tables',
        '```sql',
        'CREATE TABLE recipes (id int);',
        '```',
      ),
    ).toEqual(['Optimize the recipe table']);
  });
});

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

describe('labels and titles that are not marked as such', () => {
  it('a line that is only "Symptoms:" or "Fix:" names a phase', () => {
    const [procedure] = readRunbook(
      [
        '# Oven troubleshooting',
        '## Door does not close',
        'Symptoms:',
        '- a draught',
        '',
        'Checks:',
        '- the hinge is straight',
        '',
        'Fix:',
        '- Replace the hinge.',
        '## Light flickers',
        ...RUN,
      ].join('\n'),
      'a.md',
    ).procedures;
    expect(procedure.title).toBe('Door does not close');
    expect(procedure.symptoms).toEqual(['a draught']);
    expect(procedure.phases.map(({ role }) => role)).toEqual([
      'investigation',
      'steps',
    ]);
  });

  it('what follows the list of an unmarked label is not part of it', () => {
    const [procedure] = readRunbook(
      [
        '### Move to the spare oven',
        'Prereqs:',
        '- The spare oven is warm.',
        '',
        '1. Run `./scripts/move.sh spare`.',
        '2. Run `./scripts/check.sh spare`.',
      ].join('\n'),
      'a.md',
    ).procedures;
    expect(procedure.prerequisites).toEqual(['The spare oven is warm.']);
    expect(procedure.phases.flatMap(({ steps }) => steps)).toHaveLength(2);
  });

  it('a document without headings is called by its first line', () => {
    expect(
      readRunbook(
        ['Moving the oven to the new shop', '', ...RUN].join('\n'),
        'docs/move.md',
      ).title,
    ).toBe('Moving the oven to the new shop');
  });
});
