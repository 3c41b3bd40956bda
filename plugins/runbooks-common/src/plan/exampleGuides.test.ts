import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readRunbook } from '../document/readRunbook';

const ROOT = path.resolve(__dirname, '../../../..');
const EXAMPLES = path.join(ROOT, 'examples');
const SYSTEMS = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

const README = textOf('README.md');
const GUIDE = textOf('examples/README.md');

interface Entity {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec?: { profile?: { displayName?: string } };
}

describe('what the README and the guide of the examples tell newcomers to do', () => {
  const people = entitiesBelow('examples').filter(
    ({ kind }) => kind === 'User',
  );

  it.each(people.map(person => [person.spec?.profile?.displayName, person]))(
    'is told to %s only where they can be signed in as',
    (name, person) => {
      const isNamed = [README, GUIDE].some(text => text.includes(`${name}`));
      const isOffered = (person as Entity).metadata.annotations?.[
        'backstage-runbooks.io/demo-order'
      ];
      expect(isNamed && !isOffered).toBe(false);
    },
  );

  it.each(SYSTEMS)('names procedures and services that %s has', system => {
    const names = [...readmeNames(system), ...guideNames(system)];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(name => !titlesOf(system).has(name))).toEqual([]);
    const services = codeIn(`${readmePart(system)} ${guidePart(system)}`);
    expect(
      services.filter(
        name => /^[a-z]+(?:-[a-z]+)+$/.test(name) && !hasEntity(name),
      ),
    ).toEqual([]);
  });
});

/** In the README procedures stand in _italics_, or in **bold letters** where the first five minutes click them. */
function readmeNames(system: string): string[] {
  const clicked =
    system === 'fintech-services'
      ? [/Click \*\*([^*]+)\*\*/.exec(README)?.[1] ?? 'nothing is clicked']
      : [];
  return [
    ...clicked,
    ...found(/(?<![\w/])_([A-Z][^_]+)_/g, readmePart(system)),
  ];
}

/** In the guide they stand in quotes. */
function guideNames(system: string): string[] {
  return found(/"([A-Z][^"]+)"/g, guidePart(system));
}

function readmePart(system: string): string {
  return found(new RegExp(`^- \\*\\*${system}\\.\\*\\*(.*)$`, 'gm'), README)[0];
}

function guidePart(system: string): string {
  return found(new RegExp(`^## ${system}:[^\\n]*\\n([^#]*)`, 'gm'), GUIDE)[0];
}

function codeIn(text: string): string[] {
  return found(/`([^`]+)`/g, text);
}

function found(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name);
}

/** Of procedures and documents. */
function titlesOf(system: string): Set<string> {
  const folder = path.join('examples', system, 'runbooks');
  return new Set(
    filesBelow(folder, '.md').flatMap(file => {
      const runbook = readRunbook(textOf(file), path.basename(file));
      return [runbook.title, ...runbook.procedures.map(({ title }) => title)];
    }),
  );
}

function hasEntity(name: string): boolean {
  return entitiesBelow('examples').some(
    entity => entity.metadata.name === name,
  );
}

function entitiesBelow(folder: string): Entity[] {
  return filesBelow(folder, '.yaml')
    .filter(file => /(?:catalog-info|org|organization)\.yaml$/.test(file))
    .flatMap(file =>
      parseAllDocuments(textOf(file)).map(each => each.toJS() as Entity),
    );
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(path.join(ROOT, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(file => file.endsWith(ending))
    .map(file => path.join(folder, file));
}

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
