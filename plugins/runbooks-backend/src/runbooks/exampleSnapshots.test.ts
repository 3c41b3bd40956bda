import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  readRunbook,
  type Procedure,
} from '@backstage-runbooks/plugin-runbooks-common';
import { LocalRepository } from './LocalRepository';
import { snapshotOfProcedure } from './snapshotOf';

const EXAMPLES = path.resolve(__dirname, '../../../../examples');

/** Every procedure of every example. */
const PROCEDURES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(path.join(EXAMPLES, name, 'runbooks'), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter(file => file.endsWith('.md'))
      .flatMap(file => {
        const documentPath = `runbooks/${file}`;
        const text = readFileSync(
          path.join(EXAMPLES, name, documentPath),
          'utf8',
        );
        return readRunbook(text, documentPath).procedures.map(procedure => ({
          system: name,
          documentPath,
          title: procedure.title,
          procedure,
        }));
      }),
  );

/** Files of a system that a text mentions anywhere, told by looking for every name of the system in it. */
function mentioned(system: string, text: string): string[] {
  return ['scripts', 'manifests'].flatMap(folder => {
    const below = path.join(EXAMPLES, system, folder);
    if (!existsSync(below)) return [];
    return readdirSync(below, { recursive: true, encoding: 'utf8' })
      .map(file => `${folder}/${file}`)
      .filter(
        file =>
          text.includes(file) ||
          (folder === 'scripts' && text.includes(`/${path.basename(file)}`)),
      );
  });
}

function commandsOf(procedure: Procedure): string {
  return procedure.phases
    .flatMap(phase => phase.steps)
    .filter(step => step.type === 'command')
    .map(step => step.text)
    .join('\n');
}

describe('the files that runs of the examples work with', () => {
  it.each(PROCEDURES)(
    '$system, $documentPath, $title: everything that its steps and their scripts mention is there',
    async ({ system, documentPath, procedure }) => {
      const folder = path.join(EXAMPLES, system);
      const { files } = await snapshotOfProcedure(
        await LocalRepository.open(folder, [EXAMPLES]),
        { procedure, documentPath, values: [] },
      );
      const taken = new Set(files.map(file => file.path));
      const needed = new Set(mentioned(system, commandsOf(procedure)));
      for (const file of needed) {
        const text = readFileSync(path.join(folder, file), 'utf8');
        for (const further of mentioned(system, text)) needed.add(further);
      }
      expect([...needed].filter(file => !taken.has(file))).toEqual([]);
    },
  );

  it('are mentioned often enough for these tests to mean something', () => {
    const all = PROCEDURES.flatMap(({ system, procedure }) =>
      mentioned(system, commandsOf(procedure)),
    );
    expect(all.length).toBeGreaterThan(10);
  });
});
