import { endless, needsTerminal } from '../interactive';
import { isOn, type Options } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { changes, destroys, isUnknown, type Verdict } from '../verdict';
import { verbTool } from '../verbTable';

type After = (
  judged: Verdict,
  options: Options,
  call: Call,
  scene: Scene,
  verb: string,
) => Verdict;

const heroku: After = (judged, options, _call, scene, verb) => {
  const rest = options.operands.slice(1).map(one => scene.show(one.value));
  if (verb === 'ps:scale' && rest.some(one => /=0(:|$)/.test(one)))
    return destroys(`scales ${rest.join(' ')}: nothing of it runs any more`);
  if (verb === 'logs' && isOn(options, 't', 'tail'))
    return follows(judged, 'heroku logs --tail');
  return /^(run|ps:exec|pg:psql|redis:cli|run:inside)$/.test(verb)
    ? opens(judged, options, verb === 'run' ? rest : [])
    : judged;
};

const fly: After = (judged, options, call, scene, verb) => {
  const words = call.args.map(one => scene.show(one.value)).join(' ');
  if (verb === 'scale count' && /\bcount (\w+=)?0\b/.test(words))
    return destroys('scales an app to 0 machines: nothing of it runs any more');
  if (verb === 'logs' && !isOn(options, 'n', 'no-tail'))
    return follows(judged, 'fly logs');
  if (verb !== 'ssh console') return judged;
  const command = options.value('C', 'command');
  return command
    ? {
        ...scene.judgeText(command.value, {
          ...scene,
          where: 'there',
          place: 'in an app',
          depth: scene.depth + 1,
        }),
        changesFiles: undefined,
      }
    : opens(judged, options, []);
};

function follows(judged: Verdict, what: string): Verdict {
  return {
    ...judged,
    interactive: endless(`\`${what}\` goes on until it is stopped`),
  };
}

function opens(judged: Verdict, _options: Options, command: string[]): Verdict {
  return command.length > 0
    ? judged
    : {
        ...judged,
        interactive: needsTerminal('waits for what a person types'),
      };
}

/** Platforms that run programs for others. */
export const platformTools: Record<string, ToolRule> = {
  heroku: verbTool(
    'heroku',
    {
      values:
        'a app r remote n num p ps s source d dyno-name confirm t_ size type',
      flags: '',
      after: heroku,
    },
    `
read | logs, ps, releases, releases:info, releases:output, config, config:get, apps, apps:info, info, status, addons, addons:info, domains, certs, certs:info, features, buildpacks, pg:info, pg:ps, pg:diagnose, pg:locks, pg:outliers, pg:long-running-queries, pg:blocking, pg:bloat, pg:backups, pg:backups:info, pg:backups:url, pg:backups:schedules, pg:settings, redis:info, access, members, pipelines, pipelines:info, maintenance, drains, ps:type, regions, version, auth:whoami, dyno:list, pg:credentials, labs, webhooks, pg:wait, redis:wait | looks at an app: {names}
files | pg:backups:download, login, auth:login, git:remote, container:login, logout, plugins:install | prepares this machine: {names}
change | ps:restart, restart, ps:scale, scale, ps:resize, resize, rollback, releases:rollback, config:set, config:unset, maintenance:on, maintenance:off, pg:backups:capture, pg:backups:schedule, pg:upgrade, pg:promote, pg:maintenance:run, pg:vacuum_stats, addons:create, addons:attach, addons:upgrade, certs:add, certs:update, certs:auto:enable, domains:add, features:enable, create, apps:create, container:push, container:release, pipelines:promote, buildpacks:set, buildpacks:add, pg:copy_, pg:credentials:rotate, access:add, drains:add, labs:enable, redis:maxmemory, redis:timeout, redis:promote, dyno:restart, dyno:scale, dyno:resize, pg:connection-pooling:attach, pg:follow, webhooks:add, keys:add, apps:rename, redis:credentials | changes an app: {names}
destructive | pg:reset, pg:backups:restore, pg:backups:delete, pg:copy, pg:push, pg:kill, pg:killall, pg:unfollow, pg:detach, ps:stop, ps:kill, stop, kill, apps:destroy, destroy, addons:destroy, addons:detach, domains:remove, certs:remove, access:remove, drains:remove, pipelines:destroy, buildpacks:clear, buildpacks:remove, features:disable, dyno:stop, dyno:kill | removes or overwrites something of an app: {names}
unknown | run, run:detached, run:inside, ps:exec, pg:psql, redis:cli, local, ps:copy, ps:forward | runs something in an app: {names}
`,
  ),
  fly: flyTool('fly'),
  flyctl: flyTool('flyctl'),
  vercel: verbTool(
    'vercel',
    {
      values: 't token S scope n name A local-config e env b build-env',
      flags: 'prod f force d debug C confirm yes y',
      bare: changes('deploys to Vercel'),
    },
    `
read | ls, list, inspect, logs, log, whoami, env ls, domains ls, domains inspect, dns ls, certs ls, alias ls, projects ls, project ls, teams ls, bisect, secrets ls, httpstat, curl | looks at Vercel: {names}
files | pull, env pull, link, login, logout, build, dev, init, switch | prepares this machine
change | deploy, rollback, promote, redeploy, alias, alias set, env add, env update, domains add, dns add, certs issue, project add, git connect, rolling-release | changes Vercel: {names}
destructive | remove, rm, env rm, env remove, domains rm, dns rm, certs rm, alias rm, project rm, projects rm | removes from Vercel: {names}
`,
  ),
  netlify: verbTool(
    'netlify',
    { values: 's site a auth d dir m message', flags: '' },
    `
read | status, sites:list, env:list, env:get, functions:list, logs:function, logs:deploy, logs, watch, api_ | looks at Netlify
files | link, login, logout, init, build, dev, unlink | prepares this machine
change | deploy, env:set, env:import, sites:create, env:clone, functions:invoke, open_ | changes Netlify: {names}
destructive | sites:delete, env:unset, blobs:delete | removes from Netlify: {names}
`,
  ),
  wrangler: verbTool(
    'wrangler',
    {
      values:
        'c config e env name m message f_ account-id namespace-id binding preview_',
      flags: '',
      after: (judged, options, call, _scene, verb) => {
        if (verb === 'tail' || verb === 'pages deployment tail')
          return follows(judged, 'wrangler tail');
        if (verb === 'secret put' && !call.input)
          return {
            ...judged,
            interactive: needsTerminal('asks for the secret value'),
          };
        if (verb !== 'd1 execute') return judged;
        return options.has('command') ? isUnknown('runs SQL in D1') : judged;
      },
    },
    `
read | whoami, deployments list, deployments status, versions list, versions view, tail, secret list, kv namespace list, kv key list, kv key get, kv:namespace list, kv:key list, kv:key get, r2 bucket list, r2 bucket info, d1 list, d1 info, queues list, pages project list, pages deployment list, pages deployment tail, d1 migrations list, d1 time-travel info, version | looks at Cloudflare: {names}
files | login, logout, init, types, dev, r2 object get, d1 export | prepares this machine
change | deploy, publish, rollback, versions upload, versions deploy, secret put, secret bulk, kv key put, kv bulk put, kv:key put, kv namespace create, r2 object put, r2 bucket create, d1 create, d1 migrations apply, queues create, pages deploy, pages publish, pages project create, triggers deploy | changes Cloudflare: {names}
destructive | delete, secret delete, kv key delete, kv namespace delete, kv:key delete, r2 object delete, r2 bucket delete, d1 delete, d1 time-travel restore, queues delete, pages project delete, queues purge | removes from Cloudflare: {names}
unknown | d1 execute | runs SQL in D1: {names}
`,
  ),
  railway: verbTool(
    'railway',
    { values: 's service e environment p project', flags: 'json y yes' },
    `
read | logs, status, list, whoami, variables, deployment list, volume list | looks at Railway
files | login, link, logout, unlink, init, environment | prepares this machine
change | up, redeploy, deploy, add, variables set, variable set, domain, restart, service, volume add, scale | changes Railway: {names}
destructive | down, delete, volume delete, variables delete | removes from Railway: {names}
unknown | run, shell, connect, ssh | runs something with the settings of Railway
`,
  ),
  cf: verbTool(
    'cf',
    { values: '', flags: '' },
    `
read | apps, a, app, logs, events, env, e, services, service, routes, r, spaces, orgs, org, space, target, t, buildpacks, droplets, revisions, tasks, quotas, api, health-check | looks at Cloud Foundry: {names}
files | login, l, logout, auth | logs in
change | push, p, restart, rs, restage, rg, start, scale, set-env, se, unset-env, bind-service, create-service, update-service, map-route, rename, rollback, create-route, run-task, rt, enable-ssh, restart-app-instance, set-health-check, add-network-policy, create-app-manifest | changes Cloud Foundry: {names}
destructive | stop, sp, delete, d, delete-service, unbind-service, unmap-route, delete-route, delete-space, delete-org, purge-service-instance, terminate-task, delete-orphaned-routes | stops or removes in Cloud Foundry: {names}
`,
  ),
};

function flyTool(tool: string): ToolRule {
  return verbTool(
    tool,
    {
      values:
        'a app c config r region C command i image t access-token o org s select machine vm-size volume_',
      flags: 'j json y yes verbose',
      after: fly,
    },
    `
read | status, logs, releases, info, apps list, list, ips list, regions list, secrets list, scale show, volumes list, volumes show, volumes snapshots list, machine list, machines list, machine status, machine ls, certs list, certs show, checks list, config show, config validate, config save, dig, ping, doctor, platform status, postgres list, pg list, history, image show, auth whoami, version, services list, mpg list, incidents list | looks at Fly: {names}
files | auth login, auth logout, launch_, config env, ssh issue, proxy | prepares this machine
change | deploy, launch, scale, scale count, scale vm, scale memory, restart, apps restart, apps create, secrets set, secrets import, secrets deploy, machine start, machines start, machine restart, machines restart, machine run, machine update, machine clone, machine cordon, machine uncordon, volumes create, volumes extend, volumes snapshots create, certs add, certs create, ips allocate-v4, ips allocate-v6, regions add, regions set, postgres create, postgres failover, pg failover, postgres restart, pg restart, postgres attach, image update, resume, apps open_, wireguard create, volumes fork | changes Fly: {names}
destructive | apps destroy, destroy, machine stop, machines stop, machine destroy, machines destroy, machine remove, machine kill, volumes destroy, volumes delete, secrets unset, certs remove, ips release, postgres detach, suspend, scale_, regions remove | stops or removes in Fly: {names}
unknown | ssh console, ssh sftp, console, postgres connect, pg connect, machine exec, machines exec, sftp | runs something in Fly: {names}
`,
  );
}
