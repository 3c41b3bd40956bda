import { thirdPerson } from '../inWords';
import { isOn, parseOptions } from '../options';
import type { Call, Scene, ToolRule } from '../scene';
import { verbTool } from '../verbTable';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import {
  CLOUD_VERB,
  DESTROY_VERB,
  findVerb,
  leadingWords,
  says,
} from './cloudVerbs';

/** What is done to a machine, written as the value of an option. */
const POWER = /^(START|STOP|SOFTSTOP|SOFTRESET|RESET|REBOOTMIGRATE)$/;

/** Clouds whose verbs follow the usual words, one of which is not to be missed. */
function cloudLike(call: Call, scene: Scene, tool: string): Verdict {
  const options = parseOptions(call.args, {
    values:
      'output o format region profile cluster c context access-token config',
  });
  const words = options.operands;
  if (words.length === 0 || isOn(options, 'help'))
    return isLocal(`shows the help of ${tool}`);
  if (
    words.slice(0, 2).some(one => one.certainty !== 'exact') ||
    options.unclear
  )
    return isUnknown(`what ${tool} is told to do is not known`);
  const named = says(words, scene);
  if (
    /\b(kubeconfig (save|set|add)|cluster config|get-credentials|create-kubeconfig)\b/.test(
      named,
    )
  )
    return changesFiles('writes a kubeconfig for a cluster');
  const power = words.map(one => one.value).find(one => POWER.test(one));
  if (power)
    return /^START$/.test(power)
      ? changes(`does ${tool} ${named}`)
      : destroys(`does ${tool} ${named}`);
  const verb =
    findVerb(leadingWords(call, words).map(one => one.value)) ??
    (words.length > 1 ? undefined : words[0].value);
  if (verb === undefined)
    return isUnknown(`what ${tool} ${named} does is not known`);
  if (DESTROY_VERB.test(verb))
    return destroys(`${thirdPerson(verb)} by ${tool}: ${named}`);
  if (
    /^(list|ls|show|describe|get|status|info|version|whoami|search|logs)(-.*)?$/.test(
      verb,
    )
  )
    return reads(`asks with ${tool}: ${named}`);
  if (/^(login|logout|auth|kubeconfig|config)$/.test(words[0].value))
    return changesFiles(`changes settings of ${tool}`);
  return CLOUD_VERB.test(verb)
    ? changes(`${thirdPerson(verb)} by ${tool}: ${named}`)
    : isUnknown(`what ${tool} ${named} does is not known`);
}

/** Clouds whose tools follow the usual verbs. */
export const otherCloudTools: Record<string, ToolRule> = {
  doctl: (call, scene) => cloudLike(call, scene, 'doctl'),
  ibmcloud: (call, scene) => cloudLike(call, scene, 'ibmcloud'),
  oci: (call, scene) => cloudLike(call, scene, 'oci'),
  openstack: (call, scene) => cloudLike(call, scene, 'openstack'),
  hcloud: (call, scene) => cloudLike(call, scene, 'hcloud'),
  linode: (call, scene) => cloudLike(call, scene, 'linode'),
  'linode-cli': (call, scene) => cloudLike(call, scene, 'linode-cli'),
  scw: (call, scene) => cloudLike(call, scene, 'scw'),
  exo: (call, scene) => cloudLike(call, scene, 'exo'),
  civo: (call, scene) => cloudLike(call, scene, 'civo'),
  vultr: (call, scene) => cloudLike(call, scene, 'vultr'),
  yc: (call, scene) => cloudLike(call, scene, 'yc'),
  aliyun: (call, scene) => cloudLike(call, scene, 'aliyun'),
  rosa: (call, scene) => cloudLike(call, scene, 'rosa'),
  ocm: (call, scene) => cloudLike(call, scene, 'ocm'),
  osdctl: (call, scene) => cloudLike(call, scene, 'osdctl'),
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
  tsh: verbTool(
    'tsh',
    { values: 'proxy user l login cluster ttl', flags: '' },
    `
read | status, ls, clusters, kube ls, db ls, apps ls, version | looks at Teleport
files | login, logout, kube login, db login, apps login | logs in
unknown | ssh, scp, kube exec, db connect, request create | opens something through Teleport
`,
  ),
};
