import { servesForever } from '../interactive';
import { isOn, parseOptions } from '../options';
import type { ToolRule } from '../scene';
import { sceneThere } from '../scene';
import { judgeSql } from '../sql';
import { verbTool } from '../verbTable';
import {
  changes,
  destroys,
  isUnknown,
  reads,
  verdict,
  type Verdict,
} from '../verdict';

const vercel = verbTool(
  'vercel',
  {
    values:
      'S scope T team t token A local-config Q global-config cwd b build-env e env m meta regions target git-branch since until limit n name environment',
    flags: 'prod force f logs no-wait prebuilt public with-cache skip-domain',
    confirmedBy: ['y', 'yes', 'token'],
    before: (options, call) => {
      const bare = options.operands.length === 0;
      return bare &&
        !call.args.some(one => /^(-v|--version|-h)$/.test(one.value))
        ? changes('deploys this project to Vercel')
        : undefined;
    },
    after: (judged, options, _call, _scene, verb) =>
      verb === 'logs' && isOn(options, 'f', 'follow')
        ? {
            ...judged,
            interactive: servesForever('follows logs until it is stopped'),
          }
        : judged,
  },
  `
read | ls, list, inspect, logs, whoami, env ls, env list, domains ls, domains inspect, dns ls, certs ls, alias ls, project ls, projects ls, project inspect, teams ls, rollback status, promote status, rolling-release fetch, target ls, integration list, help, httpstat, curl, blob list | looks at Vercel: {names}
files | pull, link, switch, init, env pull, git, completion, unlink | writes files of the project
files asks | login | logs in to Vercel
files | logout | logs out of Vercel
change | deploy, redeploy | deploys this project to Vercel {names}
change | promote | makes deployment {names} the one in production
change | rollback | takes production back to an earlier deployment {names}
change asks | env add, env update | sets an environment variable: {names}
change | alias, alias set, domains add, domains buy, domains move, dns add, dns import, certs add, certs issue, project add, project rename, teams add, teams invite, rolling-release, rolling-release start, rolling-release approve, rolling-release complete, integration add, blob put, cache purge, target, git connect, git disconnect, redirects | changes Vercel: {names}
destructive | remove, rm, env rm, env remove, domains rm, dns rm, certs rm, alias rm, project rm, project remove, rolling-release abort, blob del, integration remove | deletes on Vercel: {names}
unknown | build, bisect, api | runs code of the project or asks anything: {names}
unknown serves | dev, develop | serves the project
`,
);

const netlify = verbTool(
  'netlify',
  {
    values:
      'auth filter s site d dir m message a alias f functions t timeout context scope name',
    flags: 'p prod build o open json trigger',
    confirmedBy: ['f', 'force'],
  },
  `
read | status, sites:list, sites:search, env:list, functions:list, deploy:list, blobs:list, watch, status:hooks, recipes:list, teams:list | looks at Netlify: {names}
read secrets | env:get | prints an environment variable
read endless | logs:function, logs:deploy, logs | follows logs of Netlify
change | deploy | deploys this project to Netlify
change | env:set, env:import, env:clone, sites:create, build:trigger, blobs:set, api, integration:deploy, clone | changes Netlify: {names}
destructive | sites:delete, env:unset, blobs:delete | deletes on Netlify: {names}
files | link, unlink, switch, functions:create, completion, logout | writes files of the project
files asks | login, init | logs in or asks what to set up
unknown | build, functions:invoke, dev:exec, open, open:site, open:admin, functions:build | runs code of the project or opens a page: {names}
unknown serves | dev, serve, functions:serve | serves the project
`,
);

const FLY_VALUES =
  'a app c config org o r region i image e env dockerfile image-label strategy t access-token C command s select size vm-size vm-memory vm-cpus count name  machine process-group g user u password wait-timeout primary-region container';

const flyTable = verbTool(
  'fly',
  {
    values: FLY_VALUES,
    flags: 'remote-only local-only now detach stage ha json j',
    confirmedBy: ['y', 'yes', 'auto-confirm'],
    after: (judged, options, _call, scene, verb) => {
      if (verb === 'logs' && isOn(options, 'n', 'no-tail'))
        return { ...judged, interactive: undefined };
      if (
        verb === 'scale count' &&
        options.operands.slice(2).some(one => /^(\w+=)?0+$/.test(one.value))
      )
        return destroys('scales the application to 0 machines: it stops');
      void scene;
      return judged;
    },
  },
  `
read | status, releases, history, info, checks list, checks, apps list, apps ls, apps releases, machine list, machine ls, machines list, m list, machine status, machines status, m status, volumes list, volume list, vol list, volumes show, volumes snapshots list, secrets list, ips list, certs list, certs show, certs check, config show, config validate, config env, regions list, scale show, autoscale show, postgres list, pg list, mpg list, mpg status, postgres users list, auth whoami, image show, version, platform status, platform regions, platform vm-sizes, orgs list, orgs show, services list, dig, ping, doctor, incidents list, redis list, redis status, storage list, tokens list, wireguard list, docs | looks at Fly.io: {names}
read endless | logs | follows the logs of the application
files | config save, auth docker, auth logout, version update, ssh issue | writes files
files terminal | auth login, auth signup | logs in to Fly.io
change | deploy | deploys the application to Fly.io
change | launch | makes an application and deploys it
change | restart, apps restart, apps start, start, machine restart, machines restart, m restart, machine start, machines start, m start, postgres restart, pg restart, resume, apps resume | restarts what runs on Fly.io: {names}
change | scale count, scale memory, scale vm, autoscale set | scales the application: {names}
change | secrets set, secrets import, secrets deploy | sets secrets of the application and restarts it
change | apps create, apps move, machine run, machine clone, machine update, machines update, machines clone, m update, m clone, machine create, machine cordon, machine uncordon, volumes create, volumes extend, volumes update, volumes fork, volumes snapshots create, ips allocate, ips allocate-v4, ips allocate-v6, certs add, certs create, postgres create, pg create, postgres attach, pg attach, postgres failover, pg failover, pg config update, postgres config update, image update, redis create, tokens create, orgs create, mpg create, mpg attach, storage create, consul attach, extensions, regions add, regions set | changes Fly.io: {names}
destructive | apps destroy, apps suspend, apps stop, stop, suspend, destroy, scale_zero, machine stop, machines stop, m stop, machine destroy, machines destroy, m destroy, machine remove, machine kill, machines kill, machines remove, m kill, machine suspend, volumes destroy, volumes delete, vol destroy, secrets unset, ips release, certs remove, certs delete, postgres detach, pg detach, redis destroy, tokens revoke, storage destroy, mpg destroy, orgs delete | stops or deletes on Fly.io: {names}
unknown terminal | ssh console, console, postgres connect, pg connect, redis connect, mpg connect, sftp shell | opens a prompt on the application
unknown serves | proxy, mpg proxy, redis proxy | forwards a port
unknown | ssh sftp, sftp get, ssh sftp get, machine exec, machines exec, curl, agent | does "{verb}" with {names}
`,
);

/** `fly ssh console -C "..."`: does what the inner command does. */
const fly: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: FLY_VALUES });
  const command = options.value('C', 'command');
  const verb = options.operands.map(one => one.value).join(' ');
  if (!command || verb !== 'ssh console') return flyTable(call, scene);
  scene.interpretsAgain(command, '`fly ssh console -C`');
  return command.certainty === 'words' || command.spliced
    ? isUnknown('what runs on the application is not known from the text')
    : inner(
        scene.judgeText(command.value, sceneThere(scene, 'on the application')),
        'on the application',
      );
};

function inner(judged: Verdict, where: string): Verdict {
  return {
    ...judged,
    because: `${where}: ${judged.because}`,
    changesFiles: undefined,
  };
}

const HEROKU_VALUES =
  'a app r remote s size type e n num p ps d dyno source team org confirm command c env as by wait-interval space stack region addons buildpack follow fork version name';

const herokuTable = verbTool(
  'heroku',
  {
    values: HEROKU_VALUES,
    confirmedBy: ['confirm'],
    after: (judged, options, _call, scene, verb) => {
      if (verb === 'logs' && isOn(options, 't', 'tail'))
        return {
          ...judged,
          interactive: servesForever('follows logs until it is stopped'),
        };
      if (/^(ps:scale|scale|dyno:scale)$/.test(verb)) {
        const sizes = options.operands.slice(1);
        if (sizes.length === 0) return reads('shows how many dynos run');
        return sizes.some(one => /[=@]0+(:|$)/.test(one.value))
          ? destroys(
              `scales ${sizes
                .map(one => scene.show(one.value))
                .join(' ')}: these dynos stop`,
            )
          : judged;
      }
      const sql = options.value('c', 'command');
      if (/^(pg:psql|psql)$/.test(verb) && sql) {
        scene.interpretsAgain(sql, 'SQL');
        const { effect, because } =
          sql.spliced || sql.certainty === 'words'
            ? {
                effect: 'unknown' as const,
                because: 'runs SQL that is not known',
              }
            : judgeSql(sql.value);
        return verdict(effect, because);
      }
      return judged;
    },
  },
  `
read | logs, ps, ps:type, releases, releases:info, releases:output, apps, apps:info, info, config, addons, addons:info, domains, certs, certs:info, status, pg:info, pg, pg:ps, pg:diagnose, pg:locks, pg:blocking, pg:outliers, pg:long-running-queries, pg:cache-hit, pg:index-usage, pg:bloat, pg:vacuum-stats, pg:unused-indexes, pg:table-size, pg:total-table-size, pg:seq-scans, pg:index-size, pg:calls, pg:locks, pg:backups, pg:backups:info, pg:backups:schedules, pg:maintenance, pg:wait, redis:info, redis, auth:whoami, whoami, maintenance, features, drains, buildpacks, regions, stack, pipelines, pipelines:info, pipelines:diff, access, webhooks, builds, builds:info, version, help, notifications, spaces, teams, members, ci, reviewapps, dyno:type | looks at the application on Heroku ({verb})
read secrets | config:get, pg:credentials:url, pg:credentials, auth:token, pg:backups:url, redis:credentials | prints settings of the application, which may be secret
files | git:remote, pg:backups:download, git:clone, autocomplete, update, plugins:install, plugins | writes files
files terminal | login, auth:login, container:login | logs in to Heroku
change | ps:restart, restart, dyno:restart | restarts the dynos {names}
change | ps:scale, scale, dyno:scale, ps:resize, resize, dyno:resize, ps:autoscale:enable, ps:autoscale:disable | scales the application: {names}
change | rollback, releases:rollback | takes the application back to release {names}
change | config:set, config:add, config:edit | sets settings of the application and restarts it
change | maintenance:on | puts the application into maintenance
change | maintenance:off | ends the maintenance of the application
change | pg:backups:capture, pg:backups:schedule, pg:promote, pg:maintenance:run, pg:maintenance:window, pg:upgrade, pg:upgrade:run, pg:follow, pg:unfollow, pg:credentials:rotate, pg:credentials:create, pg:attach, pg:links:create, pg:connection-pooling:attach, pg:settings, pg:settings:* | changes the database: {names}
change | container:push, container:release, builds:create, create, apps:create, apps:rename, addons:create, addons:attach, addons:upgrade, addons:downgrade, addons:rename, domains:add, domains:update, certs:add, certs:update, certs:auto:enable, certs:auto:refresh, pipelines:promote, pipelines:add, pipelines:create, features:enable, features:disable, labs:enable, labs:disable, access:add, access:update, drains:add, buildpacks:add, buildpacks:set, stack:set, webhooks:add, fork, ps:wait, redis:promote, redis:maxmemory, redis:timeout, redis:upgrade, run:detached, apps:transfer, builds:cache:purge, keys:add, spaces:create | changes the application on Heroku ({verb}): {names}
destructive asks | pg:reset, pg:backups:restore, pg:copy, pg:backups:delete, apps:destroy, destroy, addons:destroy, pg:credentials:destroy, pg:credentials:repair-default, spaces:destroy, pg:links:destroy, pg:detach, pg:push | deletes or overwrites on Heroku ({verb}): {names}
destructive | ps:stop, ps:kill, dyno:stop, dyno:kill, pg:kill, pg:killall, config:unset, config:remove, domains:remove, domains:clear, certs:remove, access:remove, drains:remove, buildpacks:clear, buildpacks:remove, addons:detach, pg:backups:unschedule, pg:backups:cancel, container:rm, webhooks:remove, keys:remove, keys:clear, pipelines:destroy, pipelines:remove, builds:cancel | stops or removes on Heroku ({verb}): {names}
unknown terminal | ps:exec, pg:psql, psql, redis:cli, console, run:inside, ssh | opens a prompt on the application
unknown serves | local, local:start, ps:forward, ps:socks | serves until it is stopped
unknown | local:run, pg:pull, ci:run, api, ps:copy, open | does "{verb}" with {names}
`,
);

/** `heroku run ...`: does what the inner command does. */
const heroku: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: HEROKU_VALUES });
  const [verb, ...words] = options.operands;
  if (!/^run(:detached)?$/.test(verb?.value ?? '') || options.unclear)
    return herokuTable(call, scene);
  const command = [...words, ...(options.rest ?? [])];
  const there = sceneThere(scene, 'on the application');
  if (command.length === 0)
    return isUnknown('runs a command on the application that is not known');
  const judged =
    command.length === 1 &&
    /\s/.test(command[0].value) &&
    command[0].certainty !== 'words'
      ? scene.judgeText(command[0].value, there)
      : scene.judgeCommand(command, there);
  return inner(judged, 'on the application');
};

const railway = verbTool(
  'railway',
  {
    values:
      's service e environment p project n  deployment lines l t token set m message path',
    flags: 'detach ci json',
    confirmedBy: ['y', 'yes', 'json'],
    before: (options, call, scene) => {
      const [verb, ...words] = options.operands;
      if (!/^(run|local)$/.test(verb?.value ?? '')) {
        return /^(variables|variable|vars)$/.test(verb?.value ?? '') &&
          options.has('set', 'set-from-stdin')
          ? changes('sets variables of the service and deploys it again')
          : undefined;
      }
      const command = [...words, ...(options.rest ?? [])];
      return command.length > 0
        ? scene.judgeCommand(command, scene, call.input, call.piped)
        : undefined;
    },
  },
  `
read | status, logs, list, whoami, volume list, docs, service status, deployment list, functions list | looks at Railway: {names}
read secrets | variables, variable, vars, variable list | prints variables of the service
files | link, unlink, service, environment, completion, logout, service link | chooses what the project is linked to
files terminal | login | logs in to Railway
change | up, deploy | deploys the project to Railway
change | redeploy, restart, deployment redeploy, service redeploy, service restart | deploys or restarts the service again
change | add, init, domain, environment new, volume add, volume attach, scale, variable set, service scale, deployment up, functions push | changes Railway: {names}
destructive asks | down, environment delete, volume delete, volume detach, service delete, delete, variable delete, functions delete | deletes on Railway: {names}
unknown terminal | connect, ssh, shell | opens a prompt on the service
unknown | open, run, local | opens a page or runs a command
unknown serves | dev | serves the project
`,
);

const pm2 = verbTool(
  'pm2',
  {
    values:
      'n name i instances lines env cron o output e error l log max-memory-restart node-args interpreter  namespace u user hp service-name ',
    flags: 's silent m mini-list',
    after: (judged, options, _call, scene, verb) => {
      if (/^logs?$/.test(verb) && isOn(options, 'nostream'))
        return { ...judged, interactive: undefined };
      return verb === 'scale' && options.operands[2]?.value === '0'
        ? destroys(
            `scales ${scene.show(
              options.operands[1].value,
            )} to 0 processes: it stops`,
          )
        : judged;
    },
  },
  `
read | list, ls, l, status, ps, jlist, prettylist, slist, show, describe, info, desc, id, pid, env, report, conf, get, ping, inspect, examples, config, version, prettylist, module:* | looks at the processes of pm2: {names}
read endless | logs, log | follows the logs of {names}
read terminal | monit, dash, dashboard, imonit, plus | shows the processes of pm2
change | start | starts process {names}
change | restart | restarts process {names}
change | reload, gracefulReload, startOrRestart, startOrReload, startOrGracefulReload | restarts process {names} without a gap
change | scale | changes how many processes of {names} run
change | save, dump, resurrect, startup, unstartup, set, multiset, unset, install, module:install, update, updatePM2, reset, sendSignal, trigger, deploy, pull, forward, backward, reloadLogs, logrotate, cleardump, link, unlink, attach, send, autoinstall, create | changes what pm2 runs or keeps ({verb}): {names}
destructive | stop | stops process {names}
destructive | delete, del, kill, flush, uninstall, module:uninstall | stops or removes processes or logs of pm2 ({verb}): {names}
unknown | serve, ecosystem, init, profile:* | does "{verb}" with {names}
`,
);

/** Platforms that run applications. */
export const hostingTools: Record<string, ToolRule> = {
  vercel,
  vc: vercel,
  netlify,
  ntl: netlify,
  fly,
  flyctl: fly,
  heroku,
  railway,
  pm2,
  'pm2-runtime': () =>
    isUnknown('runs a process', {
      interactive: servesForever('stays until it is stopped'),
    }),
};
