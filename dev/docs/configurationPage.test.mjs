import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionFaults, pageOf } from './configurationPage.mjs';
import { readConfigOptions } from './readConfigOptions.mjs';

const TEXT = `export interface Config {
  runbooks?: {
    /** Facts about clusters. */
    clusters?: {
      [name: string]: {
        /**
         * The token of
         * an account.
         * @visibility secret
         */
        serviceAccountToken?: string;
        password?: string;
      };
    };
    /** How far reads go. */
    reads?: 'a' | 'b';
    /** Rules. */
    rules?: Array<{
      /** Its name. */
      name: string;
    }>;
  };
}`;

test('every option is told with its key, type, description and visibility', () => {
  const options = readConfigOptions(TEXT);
  assert.deepEqual(
    options.map(({ key, type, visibility }) => [key, type, visibility]),
    [
      ['runbooks', 'object', 'backend'],
      ['runbooks.clusters', 'object', 'backend'],
      ['runbooks.clusters.NAME.serviceAccountToken', 'string', 'secret'],
      ['runbooks.clusters.NAME.password', 'string', 'backend'],
      ['runbooks.reads', `'a' | 'b'`, 'backend'],
      ['runbooks.rules', 'object[]', 'backend'],
      ['runbooks.rules[].name', 'string', 'backend'],
    ],
  );
  assert.equal(options[2].description, 'The token of an account.');
  assert.match(
    pageOf(options),
    /`rules\[\]\.name` \| `string` \| yes \| backend \| Its name\./,
  );
});

test('an option without a description, and a secret that is not kept as one, are faults', () => {
  assert.deepEqual(optionFaults(readConfigOptions(TEXT)), [
    'plugins/runbooks-backend/config.d.ts: runbooks.clusters.NAME.password has no description',
    'plugins/runbooks-backend/config.d.ts: runbooks.clusters.NAME.password is backend; expected @visibility secret',
  ]);
});
