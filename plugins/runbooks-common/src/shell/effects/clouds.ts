import type { Argument } from '../words';
import { asks, needsTerminal } from './interactive';
import { isOn, parseOptions } from './options';
import { writesTo } from './paths';
import type { Call, Scene, ToolRule } from './scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from './verdict';
import { verbTool } from './verbTable';

const AWS_VALUES =
  'profile region output endpoint-url query color ca-bundle cli-read-timeout cli-connect-timeout cli-binary-format page-size max-items starting-token';
const READ_VERB =
  /^(describe|list|get|show|wait|head|lookup|search|scan|query|batch-get|view|check|validate|test|preview|estimate|filter|simulate|select|diff|export_|history|ls|status|read|detect|discover|help|compare|count)(-|$)/;
const DESTROY_VERB =
  /^(delete|terminate|remove|purge|destroy|stop|deregister|revoke|batch-delete|disassociate|detach|release|cancel|deactivate|disable|schedule-key-deletion|reset|rm|rb|abort|uninstall|drop|force|unsubscribe|untag|forget|discard|wipe|clear|reboot|restore|failover|schedule-delete|empty|undeploy|deallocate|flush|prune|abandon|undelete_)(-|$)/;
const SOFT_DESTROY =
  /^(untag|deregister-targets|remove-tags|reboot|failover|disassociate|restore)(-|$)/;

function says(words: readonly Argument[], scene: Scene): string {
  return words.map(one => scene.show(one.value)).join(' ');
}

const aws: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: AWS_VALUES });
  const [service, verb, ...rest] = options.operands;
  if (options.has('version')) return isLocal('shows the version of aws');
  if (
    !service ||
    isOn(options, 'help') ||
    verb?.value === 'help' ||
    service.value === 'help'
  )
    return isLocal('shows the help of aws');
  if (service.certainty !== 'exact' || !verb || verb.certainty !== 'exact')
    return isUnknown('what aws is told to do is not known');
  const what = `${service.value} ${verb.value}`;
  const named = call.args
    .filter(one => one !== service && one !== verb)
    .map(one => scene.show(one.value))
    .join(' ')
    .slice(0, 120);
  if (isOn(options, 'dry-run') || isOn(options, 'dryrun'))
    return options.unclear
      ? isUnknown(`does aws ${what}`)
      : reads(`only rehearses aws ${what}`);
  switch (what) {
    case 'eks update-kubeconfig':
      return changesFiles('writes a kubeconfig for a cluster');
    case 'configure list':
    case 'configure get':
    case 'configure list-profiles':
      return isLocal('shows settings of aws');
    case 'sso login':
    case 'sso logout':
      return changesFiles('logs in at AWS', {
        interactive: needsTerminal('asks for a login in the browser'),
      });
    case 'secretsmanager get-secret-value':
    case 'secretsmanager batch-get-secret-value':
    case 'kms decrypt':
    case 'sts get-session-token':
    case 'sts assume-role':
    case 'sts assume-role-with-web-identity':
    case 'ecr get-login-password':
    case 'eks get-token':
    case 'ecr get-login':
    case 'ecr get-authorization-token':
    case 'rds generate-db-auth-token':
    case 'redshift get-cluster-credentials':
    case 'ec2 get-password-data':
    case 'codeartifact get-authorization-token':
    case 'iam create-access-key_':
      return reads(`reads a secret value: aws ${what}`, { secrets: true });
    case 'iam create-access-key':
    case 'secretsmanager create-secret':
    case 'iam create-login-profile':
      return changes(`does aws ${what} ${named}`, { secrets: true });
    case 'ssm get-parameter':
    case 'ssm get-parameters':
    case 'ssm get-parameters-by-path':
    case 'ssm get-parameter-history':
      return reads(
        `reads parameters: ${named}`,
        isOn(options, 'with-decryption') || options.unclear
          ? { secrets: true }
          : {},
      );
    case 'ssm start-session':
    case 'ecs execute-command':
    case 'ec2-instance-connect ssh':
      return isUnknown(`opens a session: aws ${what}`, {
        interactive: needsTerminal('opens a terminal'),
      });
    case 'ssm send-command':
    case 'lambda invoke':
    case 'lambda invoke-async':
    case 'stepfunctions start-execution':
      return isUnknown(
        `starts something whose effect is not known: aws ${what}`,
      );
    case 'logs tail':
      return reads(
        'reads logs',
        isOn(options, 'follow')
          ? {
              interactive: {
                kind: 'endless',
                because: 'follows logs until it is stopped',
                remedy: {
                  edits: [],
                  boundedSeconds: 30,
                  says: 'is stopped after 30 s',
                },
              },
            }
          : {},
      );
    case 'logs start-query':
    case 'athena start-query-execution':
    case 'cloudformation detect-stack-drift':
    case 'cloudformation create-change-set':
    case 'ce get-cost-and-usage':
    case 'cloudtrail lookup-events':
      return what === 'athena start-query-execution' ||
        what.endsWith('change-set')
        ? changes(`does aws ${what}`)
        : reads(`asks AWS: ${what}`);
    case 'cloudformation deploy':
      return changes(`deploys a stack: ${named}`);
    case 'cloudformation package':
      return changes('packs a stack and uploads it');
    default:
  }
  if (service.value === 's3')
    return judgeS3(
      verb.value,
      options.operands.slice(2),
      options,
      scene,
      named,
    );
  if (/^configure$/.test(service.value))
    return changesFiles(
      `changes settings of aws (${verb.value})`,
      /^(set|import|add-model)$/.test(verb.value)
        ? {}
        : { interactive: asks('asks for settings') },
    );
  if (service.value === 's3api' && /^get-object$/.test(verb.value))
    return reads(`fetches an object of S3`, { changesFiles: true });
  if (/^(list|describe|get|head)-/.test(verb.value) && rest.length >= 0)
    return reads(`asks AWS: ${what} ${named}`);
  if (verb.value === 'wait' || verb.value === 'ls')
    return reads(`waits for ${named}`);
  if (DESTROY_VERB.test(verb.value)) {
    return SOFT_DESTROY.test(verb.value)
      ? changes(`does aws ${what} ${named}`)
      : destroys(`does aws ${what} ${named}`);
  }
  if (
    /desired-(size|capacity|count)[= ]*0\b|desiredSize=0\b|--desired-count 0\b/.test(
      named,
    )
  )
    return destroys(`does aws ${what} ${named}: everything stops`);
  if (READ_VERB.test(verb.value)) return reads(`asks AWS: ${what} ${named}`);
  if (
    verb.value === 'update-table' ||
    /^(create|update|put|modify|set|start|attach|associate|enable|register|run|tag|add|import|copy|publish|send|upload|authorize|request|allocate|accept|change|rotate|restart|resume|suspend|promote|apply|increase|decrease|activate|provision|replace|rollback|switchover|sync|invoke|execute|complete|signal|continue|confirm|subscribe|merge|move|transfer|issue|renew|resize|scale|deploy|grant|retry|reject|reload|refresh|record|notify|initiate|batch-write|transact-write|batch-execute|push|commit)(-|$)/.test(
      verb.value,
    )
  ) {
    return changes(`does aws ${what} ${named}`);
  }
  return isUnknown(`what aws ${what} does is not known`);
};

function judgeS3(
  verb: string,
  operands: readonly Argument[],
  options: ReturnType<typeof parseOptions>,
  scene: Scene,
  named: string,
): Verdict {
  const target = operands[operands.length - 1];
  const remote = target
    ? /^s3:\/\//.test(target.value) ||
      (target.certainty !== 'exact' && !/^[./]/.test(target.value))
    : true;
  switch (verb) {
    case 'ls':
      return reads(`lists ${says(operands, scene) || 'buckets'}`);
    case 'presign':
      return reads(`makes a link to ${says(operands, scene)}`);
    case 'rm':
    case 'rb':
      return destroys(`deletes ${says(operands, scene)}`);
    case 'mv':
      return destroys(`moves ${says(operands, scene)}`);
    case 'mb':
      return changes(`creates ${says(operands, scene)}`);
    case 'sync':
      if (isOn(options, 'delete') || options.unclear)
        return destroys(
          `makes ${
            target ? scene.show(target.value) : 'a place'
          } the same as its source and deletes what is not there`,
        );
      return remote
        ? changes(`copies files to ${named}`)
        : { ...writesTo(target!, scene, 'copies files to'), effect: 'read' };
    case 'cp':
      if (remote && target?.value !== '-')
        return changes(
          `copies files to ${target ? scene.show(target.value) : 'S3'}`,
        );
      return target
        ? readsInto(target, scene)
        : isUnknown('copies files; where to is not known');
    default:
      return isUnknown(`what aws s3 ${verb} does is not known`);
  }
}

function readsInto(target: Argument, scene: Scene): Verdict {
  const judged = writesTo(target, scene, 'fetches');
  return judged.effect === 'local' ? { ...judged, effect: 'read' } : judged;
}

const gsutil: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: 'o h u i l p c s b x' });
  const [verb, ...operands] = options.operands;
  if (!verb) return isLocal('shows the help of gsutil');
  if (verb.certainty !== 'exact')
    return isUnknown('what gsutil is told to do is not known');
  const target = operands[operands.length - 1];
  const named = says(operands, scene);
  const remote = target ? /^gs:\/\//.test(target.value) : true;
  switch (verb.value) {
    case 'ls':
    case 'du':
    case 'stat':
    case 'cat':
    case 'hash':
    case 'version':
    case 'help':
    case 'signurl':
      return reads(`looks at ${named}`);
    case 'rm':
    case 'rb':
    case 'mv':
      return destroys(`deletes or moves ${named}`);
    case 'rsync':
      if (
        options.has('d', 'delete-unmatched-destination-objects') ||
        options.unclear
      )
        return destroys(
          `makes ${named} the same and deletes what is not there`,
        );
      if (remote) {
        return changes(`copies files to ${named}`);
      }
      if (target) {
        return readsInto(target, scene);
      }
      return isUnknown('copies files');
    case 'cp':
      if (remote) {
        return changes(`copies files to ${named}`);
      }
      if (target) {
        return readsInto(target, scene);
      }
      return isUnknown('copies files');
    default: {
      const sub = operands[0]?.value;
      if (sub === 'get' || sub === 'list') return reads(`looks at ${named}`);
      return changes(`does gsutil ${verb.value} ${named}`);
    }
  }
};

const GCLOUD_VALUES =
  'project account configuration format filter limit sort-by page-size verbosity zone region location flags-file billing-project impersonate-service-account access-token-file trace-token cluster';
const GCLOUD_READ =
  /^(list|describe|get|get-value|get-credentials|get-iam-policy|read|tail|list-.*|get-.*|search|lookup|diff|validate|check|wait|history|info|help|version|topic|query|test-iam-permissions|print-.*|show|explain|export_|tree|logs)$/;

const gcloud: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: GCLOUD_VALUES });
  if (isOn(options, 'help', 'version') || options.operands.length === 0)
    return isLocal('shows the help of gcloud');
  const words = options.operands;
  if (words[0].certainty !== 'exact')
    return isUnknown('what gcloud is told to do is not known');
  const groups = words
    .filter(one => one.certainty === 'exact')
    .map(one => one.value);
  const line = groups.join(' ');
  const named = says(words, scene);
  if (/^auth (application-default )?(print-|describe)/.test(line))
    return reads('prints a token', { secrets: true });
  if (/^auth (configure-docker|activate-service-account)/.test(line))
    return changesFiles('changes how one logs in');
  if (/^auth (list)/.test(line)) return isLocal('lists accounts');
  if (/^auth\b/.test(line))
    return changesFiles('logs in', {
      interactive: needsTerminal('asks for a login in the browser'),
    });
  if (/^config\b/.test(line))
    return /^config (list|get|get-value|configurations (list|describe))/.test(
      line,
    )
      ? isLocal('shows settings of gcloud')
      : changesFiles('changes settings of gcloud');
  if (/^(alpha |beta )?container clusters get-credentials/.test(line))
    return changesFiles('writes a kubeconfig for a cluster');
  if (/^(alpha |beta )?secrets versions access/.test(line))
    return reads('reads a secret value', { secrets: true });
  if (/^(info|version|components list|topic|help|feedback)/.test(line))
    return isLocal('shows settings of gcloud');
  if (/^components\b/.test(line))
    return changesFiles('changes the gcloud tool');
  if (
    /^(alpha |beta )?compute (ssh|start-iap-tunnel|connect-to-serial-port)/.test(
      line,
    )
  ) {
    const command =
      options.value('command') ??
      parseOptions(call.args, { values: `${GCLOUD_VALUES} command` }).value(
        'command',
      );
    if (!command)
      return isUnknown(`opens ${named}`, {
        interactive: needsTerminal('opens a shell'),
      });
    scene.interpretsAgain(command, 'gcloud compute ssh');
    return command.spliced || command.certainty === 'words'
      ? isUnknown(`runs a command that is not known: ${named}`)
      : {
          ...scene.judgeText(command.value, {
            ...scene,
            where: 'there',
            place: 'on the machine',
            depth: scene.depth + 1,
          }),
          changesFiles: undefined,
        };
  }
  if (/^(alpha |beta )?storage (cp|mv|rm|rsync)/.test(line))
    return gsutil(
      { ...call, args: call.args.filter(one => one.value !== 'storage') },
      scene,
    );
  const verb = findVerb(groups);
  if (!verb) return isUnknown(`what gcloud ${named} does is not known`);
  if (
    /resize/.test(line) &&
    /(--num-nodes|--size)[= ]0\b/.test(
      call.args.map(one => one.value).join(' '),
    )
  )
    return destroys(`does gcloud ${named}: everything stops`);
  if (DESTROY_VERB.test(verb)) return destroys(`does gcloud ${named}`);
  if (GCLOUD_READ.test(verb)) return reads(`asks Google Cloud: ${named}`);
  return changes(`does gcloud ${named}`);
};

const CLOUD_VERB =
  /^(list|describe|get|read|tail|create|update|delete|add|remove|set|unset|start|stop|reset|resize|deploy|enable|disable|patch|import|export|submit|cancel|restore|clone|failover|promote|restart|suspend|resume|move|rotate|access|destroy|undelete|drain|upgrade|rollback|publish|pull|seek|ack|run|execute|invoke|call|connect|migrate|reschedule|attach|detach|simulate|wait|search|lookup|validate|diff|query|history|clear|purge|abandon|recreate|repair|replace|apply|sync|login|logs|info|print|edit|copy|cp|mv|rm|ls|show|check|test|tag|untag|revoke|grant|approve|deny|bind|unbind|scale|deallocate|terminate|reboot|swap|regenerate|reset|purge|recover|stop|release|detach|rotate|redeploy|reimage|assign|renew|invalidate|trigger|scale-to|nodepool_)(-.*)?$/;

function findVerb(words: readonly string[]): string | undefined {
  const found = words.filter(
    (word, index) =>
      index > 0 &&
      CLOUD_VERB.test(word) &&
      !/^(instances|services|logs|tests?|runs?|copies)$/.test(word),
  );
  const destroying = found.find(word => DESTROY_VERB.test(word));
  return (
    destroying ??
    found[0] ??
    (words[words.length - 1] === 'logs' ? 'logs' : undefined)
  );
}

const AZ_VALUES =
  'subscription resource-group g n name output o query cluster-name vault-name';

const az: ToolRule = (call, scene) => {
  const options = parseOptions(call.args, { values: AZ_VALUES });
  if (isOn(options, 'help', 'h', 'version') || options.operands.length === 0)
    return isLocal('shows the help of az');
  const groups = options.operands.map(one => one.value);
  if (options.operands[0].certainty !== 'exact')
    return isUnknown('what az is told to do is not known');
  const line = groups.join(' ');
  const named = says(options.operands, scene);
  if (
    /^login|^logout|^account (set|clear)|^config|^configure|^extension|^acr login|^upgrade/.test(
      line,
    )
  )
    return changesFiles(
      'changes settings of az',
      /^login/.test(line) && !options.has('service-principal', 'identity')
        ? { interactive: needsTerminal('asks for a login in the browser') }
        : {},
    );
  if (/^aks get-credentials/.test(line))
    return changesFiles('writes a kubeconfig for a cluster');
  if (
    /(keyvault secret (show|download)|list-keys|show-connection-string|credential show|keys list|get-access-token|list-connection-strings|publishing-credentials)/.test(
      line,
    )
  )
    return reads('reads a secret value', { secrets: true });
  if (/^aks command invoke/.test(line)) {
    const command = parseOptions(call.args, {
      values: `${AZ_VALUES} command c`,
    }).value('command', 'c');
    scene.interpretsAgain(command, 'az aks command invoke');
    return command && !command.spliced && command.certainty !== 'words'
      ? scene.judgeText(command.value, scene)
      : isUnknown('runs a command that is not known');
  }
  if (/^(vm run-command|ssh|rest|container exec|webapp ssh)/.test(line))
    return /^rest/.test(line) &&
      !call.args.some(one =>
        /^(-m|--method|--body|-b|--uri-par)/.test(one.value),
      )
      ? reads('asks Azure')
      : isUnknown(`does az ${named}`);
  const verb = findVerb(groups);
  if (!verb) return isUnknown(`what az ${named} does is not known`);
  if (
    /(--node-count|-c)[= ]0\b/.test(
      call.args.map(one => one.value).join(' '),
    ) &&
    /scale/.test(line)
  )
    return destroys(`does az ${named}: everything stops`);
  if (DESTROY_VERB.test(verb) || verb === 'deallocate')
    return destroys(`does az ${named}`);
  if (
    /^(list|show|get|wait|check|logs|validate|search|query|describe|test|tail|exists|view|history|info)(-.*)?$/.test(
      verb,
    )
  )
    return reads(`asks Azure: ${named}`);
  return changes(`does az ${named}`);
};

const eksctl = verbTool(
  'eksctl',
  {
    values:
      'cluster c name n nodes N region r profile f config-file nodes-min nodes-max m M v verbose timeout kubernetes-version node-type version tags zones output o role-name arn',
    flags: '',
    unknownWrites: true,
    after: (judged, options, call, _scene, verb) => {
      if (/scale/.test(verb) && options.value('nodes', 'N')?.value === '0') {
        return destroys(
          'scales a node group to 0 nodes: everything on it stops',
        );
      }
      if (/delete|drain/.test(verb) || call.tool) {
        return judged;
      }
      return judged;
    },
  },
  `
read | get cluster, get clusters, get nodegroup, get nodegroups, get ng, get iamserviceaccount, get iamidentitymapping, get addon, get addons, get labels, get fargateprofile, get, version, info, utils describe-stacks, utils describe-addon-versions, utils describe-addon-configuration, utils nodegroup-health, utils schema, anywhere version, completion | looks at EKS: {names}
files | utils write-kubeconfig | writes a kubeconfig
change | create cluster, create nodegroup, create iamserviceaccount, create iamidentitymapping, create addon, create fargateprofile, create, scale nodegroup, scale ng, upgrade cluster, upgrade nodegroup, update addon, update nodegroup, upgrade, set labels, enable, associate, utils associate-iam-oidc-provider, utils update-kube-proxy, utils update-coredns, utils update-aws-node, utils, register, update, drain nodegroup, unset labels, disassociate | changes EKS: {names}
destructive | delete cluster, delete nodegroup, delete ng, delete iamserviceaccount, delete iamidentitymapping, delete addon, delete fargateprofile, delete, deregister | deletes in EKS: {names}
`,
);

/** Clouds, and the ways into them. */
export const cloudTools: Record<string, ToolRule> = {
  aws,
  gcloud,
  gsutil,
  bq: verbTool(
    'bq',
    { values: 'project_id location format dataset_id', flags: '' },
    `
read | ls, show, head, version, wait | looks at BigQuery
unknown | query, mk, load, cp, update, extract, insert | does "{verb}" in BigQuery
destructive | rm, cancel, truncate | deletes in BigQuery: {names}
`,
  ),
  az,
  eksctl,
  doctl: (call, scene) => cloudLike(call, scene, 'doctl'),
  ibmcloud: (call, scene) => cloudLike(call, scene, 'ibmcloud'),
  oci: (call, scene) => cloudLike(call, scene, 'oci'),
  openstack: (call, scene) => cloudLike(call, scene, 'openstack'),
  hcloud: (call, scene) => cloudLike(call, scene, 'hcloud'),
  linode: (call, scene) => cloudLike(call, scene, 'linode'),
  rosa: (call, scene) => cloudLike(call, scene, 'rosa'),
  ocm: (call, scene) => cloudLike(call, scene, 'ocm'),
  osdctl: (call, scene) => cloudLike(call, scene, 'osdctl'),
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
  const verb =
    findVerb(words.map(one => one.value)) ??
    (words.length > 1 ? undefined : words[0].value);
  const named = says(words, scene);
  if (verb === undefined)
    return isUnknown(`what ${tool} ${named} does is not known`);
  if (DESTROY_VERB.test(verb)) return destroys(`does ${tool} ${named}`);
  if (
    /^(list|ls|show|describe|get|status|info|version|whoami|search|logs)(-.*)?$/.test(
      verb,
    )
  )
    return reads(`asks with ${tool}: ${named}`);
  if (/^(login|logout|auth|kubeconfig|config)$/.test(words[0].value))
    return changesFiles(`changes settings of ${tool}`);
  return CLOUD_VERB.test(verb)
    ? changes(`does ${tool} ${named}`)
    : isUnknown(`what ${tool} ${named} does is not known`);
}
