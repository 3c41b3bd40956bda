import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import {
  attachedSettings,
  attachRunbooks,
  ownRunbooks,
} from './attachRunbooks.mjs';

const temporary = () => mkdtempSync(join(tmpdir(), 'attached-'));

test('a folder of Markdown becomes a component with a copy of it, scripts included', () => {
  const from = temporary();
  mkdirSync(join(from, 'scripts'));
  writeFileSync(join(from, 'restart.md'), '# Restart\n');
  writeFileSync(join(from, 'scripts', 'check.sh'), 'true\n');
  const folder = join(temporary(), 'attached');
  const { locations, roots, scopes } = attachRunbooks({
    folder,
    attachments: [ownRunbooks(from)],
  });
  assert.deepEqual(roots, [folder]);
  assert.deepEqual(scopes[0].entities, {
    refs: ['component:default/your-runbooks'],
  });
  const component = parse(readFileSync(locations[0], 'utf8'));
  assert.equal(component.metadata.name, 'your-runbooks');
  assert.equal(component.spec.owner, 'identity');
  assert.equal(
    readFileSync(
      join(folder, 'your-runbooks', 'runbooks', 'scripts', 'check.sh'),
      'utf8',
    ),
    'true\n',
  );
});

test('a folder without Markdown is refused with its name', () => {
  const from = temporary();
  assert.throws(
    () =>
      attachRunbooks({
        folder: join(temporary(), 'attached'),
        attachments: [ownRunbooks(from)],
      }),
    ({ message }) => message.includes(from) && /no Markdown/.test(message),
  );
});

test('the settings keep the locations of the examples and add the attached ones', () => {
  const settings = attachedSettings({
    locations: ['/a/b.yaml'],
    roots: ['/a'],
    scopes: [{ name: 'x' }],
  });
  const locations = JSON.parse(settings.APP_CONFIG_catalog_locations);
  assert.ok(locations.length > 5);
  assert.deepEqual(locations.at(-1), { type: 'file', target: '/a/b.yaml' });
  assert.ok(
    JSON.parse(settings.APP_CONFIG_runbooks_sources_localRoots).includes('/a'),
  );
  assert.deepEqual(
    JSON.parse(settings.APP_CONFIG_runbooks_scopes_rules).at(-1),
    { name: 'x' },
  );
  assert.deepEqual(
    attachedSettings({ locations: [], roots: [], scopes: [] }),
    {},
  );
});
