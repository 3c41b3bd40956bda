import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { CHECKOUT, dataDirectory } from '../places.mjs';
import { Refusal, say, showError } from '../say.mjs';
import { BESIDE } from './besideOnly.mjs';
import { scoreLine } from './survivors.mjs';

/*
 * `npm run mutate -- FOLDER...`: makes small changes to the core, one at a time, and tells which of them no test notices.
 * FOLDER is one of `plugins/runbooks-common/src`, or a file in one. Ends with 1 where fewer than 90 % are noticed.
 * `--beside` asks the tests of the same folder only, which is much faster and can only notice less.
 */

const CORE = 'plugins/runbooks-common/src';
const DECIDING = [
  'run',
  'plan',
  'gateway',
  'scope',
  'ledger',
  'redaction',
  'schedule',
];
const GOAL_PERCENT = 90;

try {
  process.exitCode = await mutateAll(process.argv.slice(2));
} catch (error) {
  showError(error);
  process.exitCode = 1;
}

async function mutateAll(words) {
  const { values, positionals } = parseArgs({
    args: words,
    options: {
      'at-once': { type: 'string', default: '1' },
      beside: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const folders = positionals.length > 0 ? positionals : DECIDING;
  for (const folder of folders) {
    if (existsSync(join(CHECKOUT, CORE, folder))) continue;
    throw new Refusal(
      `There is no ${folder} in ${CORE}; expected a folder such as ${DECIDING.join(
        ', ',
      )}, or a file in one.`,
    );
  }
  let isGood = true;
  for (const folder of folders) {
    // The runners are processes of their own.
    if (values.beside) process.env[BESIDE] = `${folder.split('/')[0]}/`;
    const mutants = await mutate(folder, Number(values['at-once']));
    const { line, percent } = scoreLine(folder, mutants);
    say(line);
    isGood &&= percent >= GOAL_PERCENT;
  }
  return isGood ? 0 : 1;
}

async function mutate(folder, concurrency) {
  const files = folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`;
  /** @type {any} */
  const options = {
    mutate: [`${CORE}/${files}`, '!**/*.test.ts', '!**/testUtils/**'],
    testRunner: 'warm',
    plugins: ['WarmRunner.mjs', 'TellAtOnce.mjs'].map(file =>
      join(import.meta.dirname, file),
    ),
    coverageAnalysis: 'perTest',
    concurrency,
    // The runner's own limit of loops ends most; a busy machine is not to end others.
    timeoutMS: 30_000,
    timeoutFactor: 10,
    dryRunTimeoutMinutes: 15,
    reporters: ['at-once'],
    logLevel: 'error',
    tempDirName: join(dataDirectory(), 'mutate'),
    ignorePatterns: ['.data', 'test-output', 'e2e'],
    disableTypeChecks: false,
  };
  return new Stryker(options).runMutationTest();
}
