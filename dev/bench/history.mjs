import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../places.mjs';
import { startPostgres } from '../postgres/startPostgres.mjs';
import { say, showError } from '../say.mjs';
import { freePorts } from '../start/ports.mjs';
import { TestFolder } from '../testing/TestFolder.mjs';
import { wholeNumber } from './wholeNumber.mjs';

/*
 * `npm run -s bench:history -- [--runs 1000000] [--entities 2000] [--times 20] [--only TEXT]`: fills a Postgres of its
 * own and looks at the history in every way that its routes do. Ends with 1 where a table that grows is read from one
 * end to the other, or where a look works longer than the goal at p95.
 */

const GOAL_MS = 50;

const folder = await TestFolder.create();
/** @type {any} */
let knex;
try {
  process.exitCode = await measure(readSize(process.argv.slice(2)));
} catch (error) {
  showError(error);
  process.exitCode = 1;
} finally {
  await knex?.destroy();
  await folder.register.stopAll();
  await folder.remove();
}
process.exit();

function readSize(words) {
  const { values } = parseArgs({
    args: words,
    options: {
      runs: { type: 'string', default: '1000000' },
      entities: { type: 'string', default: '2000' },
      times: { type: 'string', default: '20' },
      only: { type: 'string', default: '' },
    },
  });
  return {
    runs: wholeNumber('runs', values.runs),
    entities: wholeNumber('entities', values.entities),
    times: wholeNumber('times', values.times),
    only: values.only,
  };
}

async function measure({ runs, entities, times, only }) {
  const [port] = await freePorts(1);
  const connection = await startPostgres({
    folder: join(folder.path, 'postgres'),
    port,
    register: folder.register,
    logFile: join(folder.path, 'postgres.log'),
    durable: false,
  });
  const bench = openBench(connection);
  const began = Date.now();
  await bench.fill({ runs, entities, people: 500, waitingPercent: 0.5 });
  say(
    `${runs} runs and ${runs * 10} events of ${entities} entities, filled in ${
      Math.round((Date.now() - began) / 100) / 10
    } s.\nMilliseconds by the clock, and on a processor (what it takes where nobody else wants the machine):\n`,
  );
  say('   p50    p95 | worked p95 |    rows | look');
  let broken = 0;
  for await (const finding of bench.measure(times, only)) {
    say(lineOf(finding));
    const faults = faultsOf(finding);
    faults.forEach(fault => say(`       ${fault}`));
    if (faults.length > 0) broken += 1;
  }
  say(
    broken === 0
      ? `\nEvery look goes by an index, and works at most ${GOAL_MS} ms at p95.`
      : `\nNot as it must be: ${broken} of the looks above.`,
  );
  return broken === 0 ? 0 : 1;
}

function openBench(connection) {
  const require = createRequire(
    join(CHECKOUT, 'plugins/runbooks-backend/package.json'),
  );
  require('@backstage/cli/config/nodeTransform.cjs');
  knex = require('knex')({
    client: 'pg',
    connection: { ...connection, database: 'postgres' },
    pool: { min: 1, max: 1 },
  });
  const { HistoryBench } = require(join(
    CHECKOUT,
    'plugins/runbooks-backend/src/testing/history/HistoryBench.ts',
  ));
  return new HistoryBench(knex);
}

function lineOf({ name, took, worked, rowsRead, nodes }) {
  const scans = nodes.filter(node => /Scan \w+_/.test(node)).join(', ');
  return [
    `${cell(took.p50)} ${cell(took.p95)}`,
    `${worked ? cell(worked.p95) : '     ?'}    `,
    String(Math.round(rowsRead)).padStart(7),
    `${name}: ${scans}`,
  ].join(' | ');
}

function cell(ms) {
  return ms.toFixed(1).padStart(6);
}

function faultsOf({ took, worked, scanned }) {
  const { p95 } = worked ?? took;
  return [
    ...scanned.map(table => `reads all of ${table}`),
    ...(p95 > GOAL_MS ? [`${p95.toFixed(1)} ms is over ${GOAL_MS} ms`] : []),
  ];
}
