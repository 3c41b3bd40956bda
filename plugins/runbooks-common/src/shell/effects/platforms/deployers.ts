import { asks, servesForever } from '../interactive';
import { isOn, parseOptions } from '../options';
import { sceneThere, type ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import { destroys } from '../verdict';

const cdk = verbTool(
  'cdk',
  {
    values:
      'a app c context p plugin profile o output r role-arn i  toolkit-stack-name require-approval parameters outputs-file tags change-set-name method concurrency build-exclude E',
    flags:
      'all strict verbose exclusively e force f no-rollback hotswap rollback',
    unknownWrites: true,
    confirmedBy: ['f', 'force'],
    after: (judged, options, _call, _scene, verb) =>
      verb === 'deploy' && isOn(options, 'watch')
        ? {
            ...judged,
            interactive: servesForever('deploys again until it is stopped'),
          }
        : judged,
  },
  `
read | diff, ls, list, synth, synthesize, metadata, doctor, docs, notices, context, drift | shows what the stacks hold or would change: {names}
change | deploy | deploys stacks {names}
change | bootstrap | prepares the account for deployments: {names}
change | import, rollback, publish-assets, refactor | changes stacks {names}
change serves | watch | deploys stacks again whenever a file changes
destructive asks | destroy | deletes stacks {names} and what they hold
destructive asks | gc | deletes files of earlier deployments
files | init, migrate, acknowledge, ack, flags | writes files of the project
`,
);

const serverless = verbTool(
  'serverless',
  {
    values:
      's stage r region c config f function aws-profile org app param startTime filter  d data p path package',
    flags: 'verbose force conceal aws-s3-accelerate',
    unknownWrites: true,
    after: (judged, options, _call, _scene, verb) =>
      verb === 'logs' && isOn(options, 't', 'tail')
        ? {
            ...judged,
            interactive: servesForever('follows logs until it is stopped'),
          }
        : judged,
  },
  `
read | info, logs, metrics, print, deploy list, deploy list functions, rollback_list, doctor, support, slstats | looks at the service: {names}
change | deploy, deploy function | deploys the service
change | rollback, rollback function | takes the service back to an earlier deployment
destructive | remove | deletes the service and what belongs to it
files | package, plugin install, plugin uninstall, create, login, logout, config, config credentials | writes files of the project
unknown | invoke, invoke local, test, generate-event | runs functions: {names}
unknown serves | offline, dev | serves the service
`,
);

const sam = verbTool(
  'sam',
  {
    values:
      't template stack-name region profile parameter-overrides s3-bucket s3-prefix capabilities config-env config-file n name e event image-repository role-arn env-vars start-time end-time filter  output',
    flags:
      'debug guided no-confirm-changeset no-fail-on-empty-changeset resolve-s3 use-container cached parallel',
    unknownWrites: true,
    confirmedBy: ['no-prompts', 'no-confirm-changeset'],
    after: (judged, options, _call, _scene, verb) => {
      if (verb === 'deploy' && isOn(options, 'guided', 'g'))
        return { ...judged, interactive: asks('asks what to deploy') };
      return /^(logs|traces)$/.test(verb) && isOn(options, 't', 'tail')
        ? {
            ...judged,
            interactive: servesForever('follows until it is stopped'),
          }
        : judged;
    },
  },
  `
read | logs, traces, validate, list endpoints, list resources, list stack-outputs, docs | looks at the stack
files | build, init, pipeline init | writes files of the project
change | deploy, sync, package, publish, pipeline bootstrap | deploys the stack
destructive asks | delete | deletes the stack and what it holds
unknown | local invoke, remote invoke, local generate-event | runs functions
unknown serves | local start-api, local start-lambda | serves the functions
`,
);

const eb = verbTool(
  'eb',
  {
    values:
      'l label m message p profile region timeout e command n  i instance-type scale envvars cname platform k keyname',
    flags: 'staged verbose quiet',
    confirmedBy: ['force'],
    after: (judged, options, _call, scene, verb) =>
      verb === 'scale' && options.operands[1]?.value === '0'
        ? destroys('scales the environment to 0 instances: it stops')
        : (void scene, judged),
  },
  `
read | status, health, list, logs, events, printenv, platform list, platform show, tags | looks at Elastic Beanstalk: {names}
change | deploy, create, clone, upgrade, setenv, scale, swap, restore, abort, migrate, labs, appversion, platform create, platform use | changes Elastic Beanstalk: {names}
destructive asks | terminate, delete, platform delete | deletes environment {names}
files | use, init, local | writes files of the project
change editor | config | edits the settings of the environment
unknown terminal | ssh | opens a shell on an instance
unknown | open, console, codesource | opens a page
`,
);

const KAMAL_VALUES =
  'd destination c config-file v version r roles h hosts n lines s since g grep  e env';

const kamalTable = verbTool(
  'kamal',
  {
    values: KAMAL_VALUES,
    flags: 'p primary q quiet P skip-push verbose',
    confirmedBy: ['y', 'confirmed'],
    after: (judged, options, _call, _scene, verb) =>
      /logs$/.test(verb) && isOn(options, 'f', 'follow')
        ? {
            ...judged,
            interactive: servesForever('follows logs until it is stopped'),
          }
        : judged,
  },
  `
read | details, audit, config, version, app details, app containers, app images, app logs, app version, app stale_containers, accessory details, accessory logs, proxy details, proxy logs, traefik details, traefik logs, lock status, build details, docs, help | looks at the servers: {names}
read secrets | secrets print, secrets fetch, secrets extract | prints secret values
change | deploy, redeploy | deploys the application to its servers
change | setup, server bootstrap, accessory boot, app boot, proxy boot, traefik boot | sets up the servers: {names}
change | rollback | takes the application back to version {names}
change | app start, accessory start, accessory restart, accessory reboot, proxy start, proxy restart, proxy reboot, traefik start, traefik restart, traefik reboot, app maintenance, app live, lock acquire, env push, build push, build pull, build deliver, build create, accessory upgrade, upgrade, registry login, registry setup, registry logout, accessory directories, accessory upload, build dev | changes the servers ({verb}): {names}
destructive | app stop, accessory stop, proxy stop, traefik stop, prune, prune all, prune images, prune containers, lock release, env delete, build remove, registry remove | stops or deletes on the servers ({verb}): {names}
destructive asks | remove, app remove, accessory remove, proxy remove, traefik remove | removes the application from its servers ({verb})
files | init, secrets | writes files of the project
`,
);

/** `kamal app exec ...`: does what the inner command does. */
const kamal: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: KAMAL_VALUES });
  const at = options.operands.findIndex(one => one.value === 'exec');
  const words = at > 0 ? options.operands.slice(at + 1) : [];
  const command =
    options.operands[0]?.value === 'accessory' ? words.slice(1) : words;
  if (command.length === 0 || options.unclear) return kamalTable(call, scene);
  const there = sceneThere(scene, 'on the servers');
  const judged =
    command.length === 1
      ? scene.judgeText(command[0].value, there)
      : scene.judgeCommand(command, there);
  return {
    ...judged,
    because: `on the servers: ${judged.because}`,
    changesFiles: undefined,
  };
};

/** Tools that deploy an application and what it stands on. */
export const deployerTools: Record<string, ToolRule> = {
  cdk,
  serverless,
  sls: serverless,
  sam,
  eb,
  kamal,
  'bin/kamal': kamal,
  './bin/kamal': kamal,
};
