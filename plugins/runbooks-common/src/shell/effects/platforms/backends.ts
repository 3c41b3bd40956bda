import { servesForever } from '../interactive';
import type { ToolRule } from '../scene';
import { judgeSql } from '../sql';
import { verbTool } from '../verbTable';
import { isUnknown, verdict } from '../verdict';

const wrangler = verbTool(
  'wrangler',
  {
    values:
      'e env c config name env-file cwd namespace-id binding preview command file compatibility-date project-name branch commit-hash m message format status search percentage version-id ttl expiration metadata path jurisdiction tag output  var batch-size',
    flags: 'remote local json dry-run',
    rehearsal: ['dry-run'],
    confirmedBy: ['y', 'yes', 'skip-confirmation', 'force'],
    after: (judged, options, _call, scene, verb) => {
      const sql = options.value('command');
      if (verb !== 'd1 execute' || !sql) return judged;
      scene.interpretsAgain(sql, 'SQL');
      if (sql.spliced || sql.certainty === 'words')
        return isUnknown('runs SQL that is not known from the text');
      const { effect, because } = judgeSql(sql.value);
      return verdict(effect, `${because} in the D1 database`);
    },
  },
  `
read | whoami, deployments list, deployments status, deployments view, versions list, versions view, kv namespace list, kv:namespace list, kv key list, kv:key list, kv key get, kv:key get, d1 list, d1 info, d1 insights, d1 migrations list, d1 time-travel info, d1 export, r2 bucket list, r2 bucket info, r2 object get, secret list, queues list, queues info, pages project list, pages deployment list, pages secret list, hyperdrive list, hyperdrive get, vectorize list, vectorize get, check, version, docs, workflows list, workflows describe, cert list, ai models, secrets-store store list, pipelines list, containers list, dispatch-namespace list | looks at Cloudflare: {names}
read endless | tail, pages deployment tail | follows the logs of the worker
files | types, init, generate, d1 migrations create, telemetry, logout, pages download config, setup | writes files of the project
files terminal | login | logs in to Cloudflare
change | deploy, publish, pages deploy, pages publish, versions upload, versions deploy, triggers deploy | deploys the worker to Cloudflare {names}
change | rollback | takes the worker back to an earlier version {names}
change asks | secret put, versions secret put, pages secret put | sets secret {names} of the worker
change | secret bulk, secret:bulk, pages secret bulk, kv key put, kv:key put, kv bulk put, kv:bulk put, kv namespace create, kv:namespace create, d1 create, d1 migrations apply, r2 bucket create, r2 object put, queues create, queues update, queues consumer add, pages project create, hyperdrive create, hyperdrive update, vectorize create, vectorize insert, vectorize upsert, workflows trigger, workflows instances pause, workflows instances resume, r2 bucket lifecycle, r2 bucket cors, r2 bucket notification, cert upload, queues resume-delivery, queues pause-delivery, kv namespace rename, containers push, containers build | changes Cloudflare: {names}
destructive | delete, secret delete, kv key delete, kv:key delete, kv bulk delete, kv namespace delete, kv:namespace delete, d1 delete, d1 time-travel restore, r2 bucket delete, r2 object delete, queues delete, queues purge, queues consumer remove, pages project delete, pages deployment delete, pages secret delete, hyperdrive delete, vectorize delete, workflows delete, workflows instances terminate, versions secret delete, containers delete | deletes on Cloudflare: {names}
unknown | d1 execute | runs SQL on database {names}
unknown | build | builds the worker
unknown serves | dev, pages dev | serves the worker
`,
);

const supabase = verbTool(
  'supabase',
  {
    values:
      'project-ref workdir p password db-url schema s f file version env-file name profile o output network-id org-id region size lang  template import-map git-branch',
    flags: 'debug linked local experimental create-ticket yes',
    rehearsal: ['dry-run'],
    confirmedBy: ['yes', 'y'],
  },
  `
read | status, projects list, orgs list, migration list, functions list, secrets list, db diff, db lint, db dump, inspect db, inspect report, services, branches list, branches get, backups list, domains get, network-bans get, network-restrictions get, ssl-enforcement get, storage ls, postgres-config get, sso list, snippets list, gen types, gen signing-key, inspect db * | looks at Supabase: {names}
read secrets | projects api-keys | prints the keys of a project
files | init, migration new, migration fetch, migration squash, db pull, functions new, functions download, link, unlink, gen, logout, completion, test new, bootstrap, gen bearer-jwt | writes files of the project
files asks | login | logs in to Supabase
change | db push | runs the migrations of the database
change | migration up | runs the migrations of the local database
change | migration repair | corrects the history of migrations: {names}
destructive | migration down | takes migrations of the database back
destructive | db reset | deletes the database and makes it anew
change | functions deploy | deploys functions to Supabase: {names}
change | secrets set | sets secrets of the project
change | start, db start, seed, seed buckets, branches create, branches update, projects create, orgs create, storage cp, storage mv, domains create, domains activate, domains reverify, config push, network-restrictions update, ssl-enforcement update, postgres-config update, vanity-subdomains activate, branches unpause, branches pause, sso add, sso update, encryption update-root-key, branches merge | changes Supabase: {names}
destructive | stop, functions delete, secrets unset, branches delete, branches disable, projects delete, storage rm, backups restore, domains delete, postgres-config delete, network-bans remove, sso remove | stops, deletes or overwrites on Supabase: {names}
unknown | test, test db | runs tests
unknown serves | functions serve | serves functions
`,
);

const firebase = verbTool(
  'firebase',
  {
    values:
      'P project account token only except m message  config export-on-exit import expires data  n lines site  shard location type before',
    flags: 'debug json non-interactive interactive f force',
    rehearsal: ['dry-run'],
    confirmedBy: ['f', 'force', 'y', 'yes', 'non-interactive'],
    after: (judged, _options, _call, _scene, verb) =>
      verb === 'emulators:start'
        ? {
            ...judged,
            interactive: servesForever('serves until it is stopped'),
          }
        : judged,
  },
  `
read | projects:list, apps:list, apps:sdkconfig, functions:list, functions:log, functions:config:get, hosting:channel:list, hosting:sites:list, hosting:sites:get, firestore:indexes, firestore:databases:list, firestore:databases:get, firestore:backups:list, firestore:backups:get, database:get, database:instances:list, database:profile, database:settings:get, remoteconfig:get, remoteconfig:versions:list, login:list, target, ext:list, ext:info, appdistribution:testers:list, crashlytics:mappingfile:generateid, help, apphosting:backends:list, apphosting:backends:get, dataconnect:sql:diff, firestore:operations:list | looks at Firebase: {names}
read secrets | functions:secrets:access, functions:secrets:get, auth:export | prints secret values or accounts
files | use, target:apply, target:remove, target:clear, logout, experiments:enable, experiments:disable, setup:*, functions:config:export, functions:config:clone | writes files of the project
files terminal | login, login:ci, login:add, init | logs in to Firebase or asks what to set up
change | deploy | deploys to Firebase
change | hosting:channel:deploy, hosting:channel:create, hosting:clone, hosting:sites:create, remoteconfig:rollback, functions:config:set, functions:secrets:set, database:update, database:push, database:settings:set, database:import, database:instances:create, firestore:databases:create, firestore:databases:update, apps:create, projects:create, projects:addfirebase, ext:install, ext:update, ext:configure, appdistribution:distribute, appdistribution:testers:add, auth:import, crashlytics:symbols:upload, apphosting:backends:create, apphosting:rollouts:create, dataconnect:sql:migrate, apps:android:sha:create, firestore:backups:schedules:* | changes Firebase ({verb}): {names}
destructive | firestore:delete, firestore:databases:delete, firestore:databases:restore, firestore:backups:delete, database:remove, database:set, functions:delete, functions:config:unset, functions:secrets:destroy, functions:secrets:prune, hosting:disable, hosting:channel:delete, hosting:sites:delete, ext:uninstall, appdistribution:testers:remove, apphosting:backends:delete, functions:artifacts:cleanup, apps:android:sha:delete, projects:delete | deletes or overwrites on Firebase ({verb}): {names}
unknown serves | serve, emulators:start | serves the project
unknown terminal | functions:shell, experimental:functions:shell, dataconnect:sql:shell | opens a prompt
unknown | emulators:exec, open, internaltesting:*, emulators:export | runs a command or opens a page: {names}
`,
);

/** Backends that are rented with a client of their own. */
export const backendTools: Record<string, ToolRule> = {
  wrangler,
  supabase,
  firebase,
};
