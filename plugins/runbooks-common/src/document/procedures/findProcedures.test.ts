import { readRunbook } from '../readRunbook';

/** The titles of the procedures of a document, given by its lines. */
function titlesOf(...lines: string[]): string[] {
  return readRunbook(lines.join('\n'), 'docs/bakery.md').procedures.map(
    ({ title }) => title,
  );
}

const RUN = ['```bash', 'kubectl get pods -n oven', '```'];

describe('what a procedure is called', () => {
  it('a bare name below a heading that names work is called by both', () => {
    expect(
      titlesOf(
        '# Oven operations',
        '## Deployment',
        '### Staging',
        ...RUN,
        '### Production',
        ...RUN,
        '## Tools',
        '### Grafana',
        ...RUN,
        '### Loki',
        ...RUN,
      ),
    ).toEqual([
      'Deployment: Staging',
      'Deployment: Production',
      'Grafana',
      'Loki',
    ]);
  });

  it('the title of the document is not repeated', () => {
    expect(
      titlesOf(
        '# Rotating secrets',
        '## Oven password',
        ...RUN,
        '## Door certificate',
        ...RUN,
      ),
    ).toEqual(['Oven password', 'Door certificate']);
  });

  it.each([
    ['Maintenance tasks', 'Weekly maintenance tasks'],
    ['Maintenance Tasks', 'Weekly Maintenance Tasks'],
  ])('"Weekly" below "%s" is "%s"', (above, title) => {
    expect(
      titlesOf(
        '# Oven operations',
        `## ${above}`,
        '### Weekly',
        '- Check the hinges',
        '- Rotate the trays',
        '### Monthly',
        '- Clean the chimney',
        '- Review the recipes',
      ),
    ).toContain(title);
  });
});

describe('what is told in prose', () => {
  it('a fault with a remedy in prose is followed by hand, a fault that is only explained is not', () => {
    const [procedure, ...others] = readRunbook(
      [
        '# Production runbook',
        '## Common incidents',
        '### Ovens restart in a loop',
        'The probe is wrong. Check the path of the liveness probe.',
        '### Bakers get error 409',
        'This is expected while two of them bake the same loaf.',
        '## Low-level design',
        'Use Postgres for orders.',
      ].join('\n'),
      'a.md',
    ).procedures;
    expect(others).toEqual([]);
    expect(procedure.title).toBe('Ovens restart in a loop');
    expect(
      procedure.phases.flatMap(({ steps }) => steps.map(({ type }) => type)),
    ).toEqual(['manual']);
  });

  it('a heading that quotes what people see is a fault', () => {
    expect(
      titlesOf(
        '# Runbook',
        '## "Loaves leave but never arrive"',
        'The van has failed. Check the van for flat tyres. Common causes:',
        '- Keys were lost.',
        '- The road is blocked.',
        '## Symptom: "no such bowl"',
        '**Cause:** The bowl was renamed.',
        '',
        '**Fix:**',
        '1. The name in the recipe must be the new one',
        '2. At night, add an alias',
      ),
    ).toEqual(['"Loaves leave but never arrive"', '"no such bowl"']);
  });

  it('a way that has a procedure of its own is started on its own', () => {
    expect(
      titlesOf(
        '# Oven failover procedure',
        '## Manual failover',
        '### When to trigger it',
        '- The oven is cold',
        '### Procedure',
        ...RUN,
        '## Promotion of the spare oven',
        ...RUN,
      ),
    ).toEqual(['Manual failover', 'Promotion of the spare oven']);
  });

  it('flows, decisions and answers in an architecture page are not procedures', () => {
    expect(
      titlesOf(
        '# Oven platform',
        '## Request flow',
        '1. The client sends an order.',
        '2. The oven validates the order.',
        '## Design decisions',
        '- Use Postgres for orders.',
        '- Keep the mixer stateless.',
        '## FAQ',
        '### Why Postgres?',
        'Because.',
        '## Changelog',
        '- 1.2 Add a loaf',
        '- 1.1 Fix the mixer',
      ),
    ).toEqual([]);
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
