import type { ToolRule } from '../scene';
import { combined, destroys, reads } from '../verdict';
import { isOn, parseOptions } from '../options';
import { verbTool } from '../verbTable';

const alembic = verbTool(
  'alembic',
  {
    values:
      'c config n name x  m message rev-id branch-label r rev-range tag depends-on head version-path',
    flags: 'raiseerr',
    rehearsal: ['sql'],
  },
  `
read | current, history, heads, branches, show, check | looks at the migrations of the database
change | upgrade | runs the migrations of the database up to {names}
destructive | downgrade | takes migrations of the database back to {names}: columns and tables may be lost
change | stamp | marks the database as being at {names}
files | revision, merge, init, list_templates | writes a migration
files editor | edit | edits a migration
`,
);

const flywayTable = verbTool(
  'flyway',
  {
    singleDash: true,
    values: '',
    flags: 'X q n community teams enterprise',
  },
  `
read | info, validate, version, check, testConnection, snapshot, diff, list-engines, help | looks at the migrations of the database
change | migrate | runs the migrations of the database
change | baseline, repair, deploy | corrects the history of migrations ({verb})
destructive | clean | deletes everything in the schemas of the database
destructive | undo | takes the last migration of the database back
`,
);

/** `flyway clean migrate` does both. */
const flyway: ToolRule = (call, scene) => {
  const { operands } = parseOptions(call.args, { singleDash: true });
  const options = call.args.filter(one => !operands.includes(one));
  return operands.length < 2
    ? flywayTable(call, scene)
    : combined(
        operands.map(verb =>
          flywayTable({ ...call, args: [...options, verb] }, scene),
        ),
        '',
      );
};

const liquibase = verbTool(
  'liquibase',
  {
    values:
      'defaultsFile defaults-file changeLogFile changelog-file url username password driver classpath contexts log-level tag count',
  },
  `
read | status, history, validate, diff, updateSQL, update-sql, updateCountSQL, rollbackSQL, rollback-sql, rollback-count-sql, futureRollbackSQL, future-rollback-sql, listLocks, list-locks, dbDoc, db-doc, snapshot, unexpectedChangeSets, unexpected-changesets, tagExists, tag-exists, changelog-sync-sql, calculate-checksum, checks, connect | looks at the migrations of the database
change | update, updateCount, update-count, updateToTag, update-to-tag, update-one-changeset, updateTestingRollback, update-testing-rollback | runs the migrations of the database
change | changelogSync, changelog-sync, changelog-sync-to-tag, tag, releaseLocks, release-locks, clearCheckSums, clear-checksums, markNextChangesetRan, mark-next-changeset-ran, register-changelog | corrects the history of migrations ({verb})
destructive | rollback, rollbackCount, rollback-count, rollbackToDate, rollback-to-date, rollback-one-changeset, rollback-one-update | takes migrations of the database back: {names}
destructive | dropAll, drop-all | drops everything in the database
files | generateChangeLog, generate-changelog, diffChangeLog, diff-changelog, init | writes a change log
unknown | executeSql, execute-sql, flow | runs SQL
`,
);

const prisma = verbTool(
  'prisma',
  {
    values:
      'schema name n from-url to-url from-schema-datamodel to-schema-datamodel from-migrations to-migrations applied rolled-back file url p port browser config generator',
    after: (judged, options, _call, _scene, verb) =>
      verb === 'db push' &&
      (isOn(options, 'accept-data-loss', 'force-reset') || options.unclear)
        ? destroys('brings the database to the schema, giving up data')
        : judged,
  },
  `
read | migrate status, migrate diff, validate, version, -v, debug, platform status | looks at the migrations of the database
change | migrate deploy | runs the migrations of the database
change | migrate dev | writes and runs migrations of the database
change | migrate resolve | marks migrations of the database as done or not done
destructive | migrate reset | deletes the database and makes it anew
change | db push | brings the database to the schema
change | db seed | writes seed data into the database
unknown | db execute, db query | runs SQL on the database
files | generate, format, init, db pull, introspect | writes files of Prisma
unknown serves | studio, dev | serves a page that shows the database
`,
);

const knex = verbTool(
  'knex',
  {
    values: 'knexfile env cwd migrations-directory specific client',
    flags: 'esm',
  },
  `
read | migrate:status, migrate:list, migrate:currentVersion | looks at the migrations of the database
change | migrate:latest, migrate:up | runs the migrations of the database
destructive | migrate:rollback, migrate:down | takes migrations of the database back
change | seed:run, migrate:unlock | changes the database ({verb})
files | migrate:make, seed:make, init | writes a migration
`,
);

const sequelize = verbTool(
  'sequelize',
  {
    values:
      'env url config options-path migrations-path seeders-path models-path to from name seed',
  },
  `
read | db:migrate:status | looks at the migrations of the database
change | db:migrate | runs the migrations of the database
destructive | db:migrate:undo, db:migrate:undo:*, db:seed:undo, db:seed:undo:* | takes migrations or seed data of the database back ({verb})
change | db:seed, db:seed:*, db:create, db:migrate:schema:* | writes into the database ({verb})
destructive | db:drop | deletes the database
files | migration:*, model:*, seed:*, init, init:* | writes a migration
`,
);

const typeorm = verbTool(
  'typeorm',
  { values: 'd dataSource t transaction c connection f config' },
  `
read | migration:show, schema:log, version | looks at the migrations of the database
change | migration:run | runs the migrations of the database
destructive | migration:revert | takes the last migration of the database back
change | schema:sync | brings the database to the schema
destructive | schema:drop | drops everything in the database
unknown | query | runs SQL
change | cache:clear | clears the cache of queries
files | migration:create, migration:generate, entity:create, subscriber:create, init | writes a migration
`,
);

const drizzle = verbTool(
  'drizzle-kit',
  {
    values: 'config out schema dialect url',
    after: (judged, options, _call, _scene, verb) =>
      verb === 'push' && isOn(options, 'force')
        ? destroys('brings the database to the schema, giving up data')
        : judged,
  },
  `
read | check | looks at the migrations
change | push | brings the database to the schema
change | migrate | runs the migrations of the database
files | generate, pull, introspect, up, drop, export | writes migrations
unknown serves | studio | serves a page that shows the database
`,
);

const dbmate = verbTool(
  'dbmate',
  {
    values: 'u url e env env-file d migrations-dir s schema-file wait-timeout',
    flags: 'wait no-dump-schema strict v',
  },
  `
read | status, wait | looks at the migrations of the database
change | up, migrate, create | runs the migrations of the database
destructive | down, rollback | takes the last migration of the database back
destructive | drop, load | deletes or overwrites the database
files | new, n, dump | writes files
`,
);

const sqlx = verbTool(
  'sqlx',
  {
    values: 'D database-url source',
    confirmedBy: ['y'],
    rehearsal: ['dry-run'],
  },
  `
read | migrate info | looks at the migrations of the database
change | migrate run, database create, database setup | runs the migrations of the database
destructive | migrate revert | takes the last migration of the database back
destructive asks | database drop, database reset | deletes the database
files | migrate add, migrate build-script, prepare | writes files
`,
);

const diesel = verbTool(
  'diesel',
  { values: 'database-url config-file migration-dir' },
  `
read | migration list, migration pending | looks at the migrations of the database
change | migration run, setup, database setup | runs the migrations of the database
destructive | migration revert, migration redo | takes migrations of the database back
destructive | database reset, database drop | deletes the database
files | migration generate, print-schema | writes files
`,
);

const gooseForward = verbTool(
  'goose',
  { values: 'dir table certfile env', singleDash: true },
  `
change | up, up-to, up-by-one | runs the migrations of the database
files | create, fix | writes a migration
change | * | runs migrations of a database
`,
);

/** goose takes a driver and a database before its verb. */
const goose: ToolRule = (call, scene) => {
  const words = parseOptions(call.args, {
    values: 'dir table certfile env',
    singleDash: true,
  }).operands.map(one => one.value);
  const verb = words.find(word =>
    /^(up|up-to|up-by-one|down|down-to|redo|reset|status|version|create|fix|validate)$/.test(
      word,
    ),
  );
  switch (verb) {
    case 'status':
    case 'version':
    case 'validate':
      return reads('looks at the migrations of the database');
    case 'down':
    case 'down-to':
    case 'redo':
    case 'reset':
      return destroys('takes migrations of the database back');
    default:
      return gooseForward(call, scene);
  }
};

/** Tools that bring a database from one version of its schema to another. */
export const migrationTools: Record<string, ToolRule> = {
  alembic,
  flyway,
  liquibase,
  prisma,
  knex,
  sequelize,
  'sequelize-cli': sequelize,
  typeorm,
  'typeorm-ts-node-commonjs': typeorm,
  'typeorm-ts-node-esm': typeorm,
  'drizzle-kit': drizzle,
  dbmate,
  sqlx,
  diesel,
  goose,
};
