import { readRunbook } from '../readRunbook';

/** The titles of the procedures of a document, given by its lines. */
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

  it('duties with their times are followed', () => {
    expect(
      titlesOf(
        '# Shift guide',
        '## During the shift',
        '### Daily',
        '- 09:00 CET: scan the logs of the oven',
        '- 09:15 CET: look at the thermometer',
        '## Regular tasks',
        '- Check the flour.',
        '- Update the price list.',
      ),
    ).toEqual(['Daily', 'Regular tasks']);
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
