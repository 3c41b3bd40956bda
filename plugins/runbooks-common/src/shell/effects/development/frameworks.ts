import type { Argument } from '../../words';
import { type Options, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { combined, destroys, reads, type Verdict } from '../verdict';
import { verbTool, type VerbToolOptions } from '../verbTable';
import { judgeByName } from './scriptNames';

/**
 * The command of a web framework: a table of its own tasks; the tasks that a project adds are judged by their names.
 */
function framework(
  tool: string,
  options: Omit<VerbToolOptions, 'otherwise'>,
  table: string,
): ToolRule {
  return verbTool(
    tool,
    {
      ...options,
      otherwise: (given: Options, _call: Call, scene: Scene) =>
        judgeByName(
          `runs the ${tool} task`,
          given.operands[0]?.value ?? '',
          given.operands.slice(1),
          scene,
        ),
    },
    table,
  );
}

/** A framework that takes several tasks at once: the worst of them counts. */
function eachTask(rule: ToolRule): ToolRule {
  return (call, scene) => {
    const tasks = parseOptions(call.args, {
      values: 'e environment f',
    }).operands.filter(one => !/=/.test(one.value));
    if (tasks.length < 2 || !tasks.every(one => isTask(one)))
      return rule(call, scene);
    const options = call.args.filter(one => !tasks.includes(one));
    return combined(
      tasks.map(task => rule({ ...call, args: [task, ...options] }, scene)),
      '',
    );
  };
}

function isTask({ value }: Argument): boolean {
  return /^[\w-]+(?::[\w-]+)+(?:\[.*\])?$/.test(value);
}

const rails = eachTask(
  framework(
    'Rails',
    { values: 'e environment p port b binding', flags: 'T A' },
    `
read | db:migrate:status, db:migrate:status:*, db:version, db:abort_if_pending_migrations, routes, stats, about, notes, initializers, middleware, secret, time:zones, db:structure:dump, db:schema:dump, zeitwerk:check | looks at the Rails application ({verb})
change | db:migrate, db:migrate:*, db:prepare | runs the migrations of the database
change | db:rollback, db:rollback:*, db:migrate:down, db:migrate:redo, db:forward, db:migrate:up | takes migrations of the database back or forth ({verb})
change | db:seed, db:seed:*, db:fixtures:load, db:create, db:create:*, db:encryption:init, db:environment:set, active_storage:install | writes into the database ({verb})
destructive | db:drop, db:drop:*, db:reset, db:reset:*, db:migrate:reset, db:schema:load, db:structure:load, db:purge, db:purge:*, db:setup, db:setup:*, db:truncate_all, db:seed:replant, db:schema:load:* | deletes what is in the database ({verb})
change | assets:precompile, assets:clean, assets:clobber, tmp:clear, tmp:cache:clear, log:clear, cache:clear, webpacker:compile, app:update, restart, dev:cache, yarn:install | changes files of the application ({verb})
unknown terminal | console, c, dbconsole, db, sandbox | opens a prompt of Rails
unknown serves | server, s, jobs:work, solid_queue:start | serves the application
unknown | runner, r, test, test:*, spec, default | runs code of the project: {names}
files | generate, g, new, destroy, d, plugin, db:system:change | writes code: {names}
files editor | credentials:edit, encrypted:edit | edits encrypted values
read secrets | credentials:show, encrypted:show, secrets:show | prints secret values
`,
  ),
);

const artisan = framework(
  'artisan',
  {
    values: 'env path database step class queue connection tries timeout sleep',
    flags: 'force n no-interaction ansi',
    rehearsal: ['pretend'],
  },
  `
read | migrate:status, route:list, about, env, list, help, queue:failed, queue:monitor, schedule:list, horizon:list, horizon:status, horizon:supervisors, db:show, db:table, db:monitor, model:show, event:list, config:show, inspire, permission:show, octane:status, pulse:check, reverb:* | looks at the application ({verb})
change | migrate | runs the migrations of the database
change | migrate:rollback | takes the last migrations of the database back
destructive | migrate:fresh, migrate:refresh, migrate:reset, db:wipe, schema:dump | deletes what is in the database ({verb})
change | db:seed, migrate:install, scout:import, passport:install, passport:client, passport:keys, storage:link, key:generate, vendor:publish, package:discover | changes the application or its data ({verb})
change | config:cache, config:clear, route:cache, route:clear, view:cache, view:clear, event:cache, event:clear, optimize, optimize:clear, cache:clear, cache:forget, cache:table, clear-compiled, icons:cache, filament:* | rebuilds or clears the caches of the application ({verb})
change | queue:restart, queue:retry, queue:retry-batch, horizon:terminate, horizon:pause, horizon:continue, horizon:pause-supervisor, horizon:continue-supervisor, octane:reload, octane:stop, horizon:snapshot, queue:prune-failed, queue:prune-batches | tells the workers of the queue ({verb})
change | down | puts the application into maintenance
change | up | ends the maintenance of the application
destructive | queue:flush, queue:forget, queue:clear, horizon:clear, horizon:purge, scout:flush, telescope:clear, horizon:forget, model:prune, auth:clear-resets, scout:delete-index | deletes jobs or records ({verb})
unknown | schedule:run, test, schedule:test, dusk | runs code of the project: {names}
unknown serves | serve, queue:work, queue:listen, horizon, schedule:work, octane:start, websockets:serve, reverb:start, pail | serves or works until it is stopped ({verb})
unknown terminal | tinker, db | opens a prompt of the application
files | make:*, stub:publish, lang:publish | writes code: {names}
`,
);

const symfony = framework(
  'bin/console',
  {
    values: 'e env em connection limit time-limit memory-limit',
    flags: 'n no-interaction no-debug',
    rehearsal: ['dry-run', 'dump-sql'],
  },
  `
read | about, list, help, debug:*, lint:*, doctrine:migrations:status, doctrine:migrations:list, doctrine:migrations:current, doctrine:migrations:latest, doctrine:migrations:up-to-date, doctrine:schema:validate, doctrine:mapping:info, router:match, messenger:stats, messenger:failed:show, cache:pool:list, doctrine:mapping:describe | looks at the application ({verb})
read secrets | secrets:list, secrets:reveal | prints secret values
change | doctrine:migrations:migrate, doctrine:migrations:execute, doctrine:migrations:version, doctrine:migrations:sync-metadata-storage, doctrine:schema:update, doctrine:schema:create, doctrine:database:create, d:m:m | migrates the database ({verb})
destructive | doctrine:schema:drop, doctrine:database:drop, doctrine:fixtures:load, messenger:failed:remove, cache:pool:clear, cache:pool:delete | deletes what is there ({verb})
change | cache:clear, cache:warmup, assets:install, cache:pool:prune, importmap:install, asset-map:compile | rebuilds the caches of the application ({verb})
change | messenger:stop-workers, messenger:failed:retry, messenger:setup-transports, secrets:set, secrets:remove, secrets:generate-keys, fos:elastica:populate, cache:pool:invalidate-tags | changes the application ({verb})
unknown serves | messenger:consume, server:run, server:start | works until it is stopped
unknown | doctrine:query:sql, dbal:run-sql, doctrine:query:dql | runs SQL: {names}
files | make:*, doctrine:migrations:diff, doctrine:migrations:generate, doctrine:migrations:dump-schema, doctrine:migrations:rollup | writes code: {names}
`,
);

const django = framework(
  'manage.py',
  {
    values:
      'settings pythonpath database v verbosity format indent o output e exclude c command',
    flags: 'no-color force-color traceback',
    confirmedBy: ['noinput', 'no-input'],
    before: (options, _call, scene) => {
      const [verb, app, target] = options.operands;
      if (verb?.value !== 'migrate' || options.unclear) return undefined;
      if (options.has('plan', 'list', 'check'))
        return reads('lists the migrations that would run');
      if (target?.value === 'zero')
        return destroys(
          `takes all migrations of ${scene.show(
            app.value,
          )} back: its tables are dropped`,
        );
      return undefined;
    },
    after: (judged, options, _call, _scene, verb) =>
      verb === 'makemigrations' && options.has('check', 'dry-run')
        ? reads('looks whether models have changed')
        : judged,
  },
  `
read | showmigrations, sqlmigrate, check, diffsettings, inspectdb, version, findstatic, validate_templates, show_urls, sqlflush, sqlsequencereset, dumpdata, help, optimizemigration, health_check, show_permissions | looks at the application ({verb})
change | migrate | runs the migrations of the database {names}
change | loaddata, createcachetable, clearsessions, remove_stale_contenttypes, createinitialrevisions, rebuild_index, update_index, clear_cache, invalidate_cachalot, set_default_site, compilemessages, compilescss, compress | changes the data of the application ({verb})
change | collectstatic | copies the static files of the application
change asks | createsuperuser, changepassword, drf_create_token | changes accounts of the application ({verb})
destructive asks | flush, sqlclear, reset_db, delete_squashed_migrations, clear_index, drop_test_database | deletes what is in the database ({verb})
unknown terminal | shell, dbshell, shell_plus | opens a prompt of the application
unknown serves | runserver, runserver_plus, qcluster, rqworker, runworker, process_tasks, livereload, runapscheduler, db_worker | serves the application
unknown | test, testserver, runscript | runs code of the project: {names}
files | makemigrations, startapp, startproject, makemessages, squashmigrations, graph_models | writes code: {names}
`,
);

const flask = framework(
  'flask',
  { values: 'app A env-file e', flags: 'debug no-debug' },
  `
read | routes, db current, db history, db heads, db show, db check, db branches | looks at the application: {names}
change | db upgrade | runs the migrations of the database
change | db downgrade | takes migrations of the database back
change | db stamp | marks migrations as done
files | db init, db migrate, db revision, db merge, db edit | writes a migration
unknown serves | run | serves the application
unknown terminal | shell | opens a prompt of the application
`,
);

const mix = framework(
  'mix',
  { values: '', flags: '' },
  `
read | phx.routes, ecto.migrations, hex.info, hex.outdated, hex.audit, deps, help, xref, deps.tree | looks at the project: {names}
change | ecto.migrate, ecto.create, ecto.setup, ecto.load | migrates the database
change | ecto.rollback | takes migrations of the database back
destructive | ecto.drop, ecto.reset | deletes the database
change cluster | deps.get, deps.update, deps.unlock, local.hex, local.rebar, archive.install, hex.publish | installs packages
unknown | test, run, compile, release, phx.digest, assets.deploy, format, credo, dialyzer, phx.gen.release | builds or runs code of the project: {names}
unknown serves | phx.server | serves the application
`,
);

const capistrano: ToolRule = (call, scene) => {
  const { operands } = parseOptions(call.args, { values: 's f n' });
  const [stage, task] = operands;
  return judgeByName(
    'runs with Capistrano',
    (task ?? stage)?.value ?? '',
    call.args.filter(one => one.value.startsWith('-')),
    scene,
  );
};

const celery = framework(
  'celery',
  {
    values:
      'A app b broker result-backend workdir n hostname Q queues c concurrency l loglevel d destination t timeout',
    flags: 'no-color',
  },
  `
read | inspect active, inspect ping, inspect stats, inspect registered, inspect scheduled, inspect reserved, inspect active_queues, inspect, status, report, list, events, result, inspect revoked | asks the workers: {names}
change | control, control add_consumer, control cancel_consumer, control pool_grow, control pool_shrink, control rate_limit, control autoscale, call, control enable_events, control revoke, migrate | tells the workers: {names}
destructive | purge, control shutdown, control terminate | deletes waiting tasks or stops workers: {names}
unknown serves | worker, beat, flower, multi | works until it is stopped
unknown terminal | shell | opens a prompt
`,
);

/** Commands of web frameworks. */
export const frameworkTools: Record<string, ToolRule> = {
  rails,
  'bin/rails': rails,
  './bin/rails': rails,
  rake: rails,
  'bin/rake': rails,
  './bin/rake': rails,
  artisan,
  './artisan': artisan,
  'bin/console': symfony,
  './bin/console': symfony,
  'manage.py': django,
  './manage.py': django,
  'django-admin': django,
  flask,
  mix,
  cap: capistrano,
  celery,
};

/** The command of a framework that is started with a language: `php artisan`, `python manage.py`. */
function frameworkOf(program: string): string | undefined {
  const name = /^(?:.*\/)?(artisan|manage\.py|bin\/console)$/.exec(
    program,
  )?.[1];
  return name ?? undefined;
}

/** For `php artisan migrate`: what `artisan migrate` does. */
export function judgeFramework(
  program: Argument,
  args: readonly Argument[],
  call: Call,
  scene: Scene,
): Verdict | undefined {
  const name = frameworkOf(program.value);
  return name && program.certainty === 'exact'
    ? scene.judgeCommand(
        [{ ...program, value: name }, ...args],
        scene,
        call.input,
        call.piped,
      )
    : undefined;
}
