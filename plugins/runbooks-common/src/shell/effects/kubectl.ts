import type { KubernetesWrite } from '../model';
import type { Argument } from '../words';
import {
  applyManifests,
  createObjects,
  deleteObjects,
  replaceObjects,
} from './kubectlObjects';
import { kubectlOptions, splitKubectl } from './kubectlOptions';
import { judgeOcVerb } from './oc';
import { judgeKubectlPlugin } from './kubectlPlugins';
import {
  attachTo,
  copyFiles,
  debugPod,
  execIn,
  forwardPort,
  runPod,
  serveProxy,
} from './kubectlPods';
import { namespaceOf, nameText, targetsOf, writesOn } from './kubectlTargets';
import { endless, needsEditor } from './interactive';
import { isOn, type Options } from './options';
import type { Call, Scene } from './scene';
import {
  changes,
  changesFiles,
  destroys,
  isLocal,
  isUnknown,
  isWorse,
  reads,
  type Verdict,
} from './verdict';

/** Everything a rule of one kubectl verb may look at. */
export interface KubectlCall {
  tool: string;
  verb: string;
  options: Options;
  operands: readonly Argument[];
  call: Call;
  scene: Scene;
}

/** Judges one verb of kubectl. */
export type KubectlRule = (kubectl: KubectlCall) => Verdict;

const NO_REHEARSAL = new Set([
  'exec',
  'cp',
  'attach',
  'debug',
  'port-forward',
  'proxy',
  'edit',
  'rsh',
  'rsync',
]);

/** `--dry-run=client` and `=server` change nothing; `=none` and anything that is not known do. */
function rehearsed(
  { options, verb, call }: KubectlCall,
  judged: Verdict,
): Verdict {
  if (!isWorse(judged.effect, 'read') || NO_REHEARSAL.has(verb)) return judged;
  const given = options.all('dry-run');
  if (given.length === 0 || options.unclear) return judged;
  const last = given[given.length - 1];
  const how = last.value === undefined ? 'client' : last.value.value;
  const isExact = last.value === undefined || last.value.certainty === 'exact';
  if (!isExact || !/^(client|server|true)$/.test(how)) return judged;
  return reads(`only rehearses (dry run): ${judged.because}`, {
    interactive: judged.interactive,
    tool: call.tool,
  });
}

/** Output templates and patches are programs: values in them are interpreted again. */
function markPrograms({ options, scene }: KubectlCall): void {
  const output = options.value('output', 'o');
  if (
    output &&
    /^(jsonpath|go-template|custom-columns|template)/.test(output.value)
  ) {
    scene.interpretsAgain(
      output,
      `the ${output.value.split('=')[0]} program of kubectl`,
    );
  }
  for (const { value } of options.all('template'))
    scene.interpretsAgain(value, 'a template of kubectl');
  for (const { value } of options.all('patch', 'p', 'overrides')) {
    if (value && /[{:]/.test(value.value))
      scene.interpretsAgain(value, 'a patch of kubectl');
  }
}

const RULES: Record<string, KubectlRule> = {
  get: judgeGet,
  describe: ({ operands, options, scene }) =>
    reads(`describes ${targetsOf(operands, options, scene).says}`),
  logs: judgeLogs,
  top: ({ operands, scene }) =>
    reads(
      `shows CPU and memory of ${
        operands.map(one => scene.show(one.value)).join(' ') || 'what runs'
      }`,
    ),
  explain: () => reads('explains the fields of a resource'),
  events: ({ options }) =>
    reads(
      'lists events',
      isOn(options, 'watch', 'w')
        ? { interactive: endless('`--watch` watches until it is stopped') }
        : {},
    ),
  diff: () => reads('shows how objects would change'),
  wait: ({ operands, options, scene }) =>
    reads(`waits for ${targetsOf(operands, options, scene).says}`),
  version: () => reads('shows the versions of kubectl and of the cluster'),
  'api-resources': () => reads('lists the resources of the cluster'),
  'api-versions': () => reads('lists the API versions of the cluster'),
  'cluster-info': ({ operands, options }) =>
    operands[0]?.value === 'dump' && options.has('output-directory')
      ? reads('writes the state of the cluster into files', {
          changesFiles: true,
        })
      : reads('shows addresses of the control plane'),
  options: () => isLocal('lists options of kubectl'),
  completion: () => isLocal('prints shell completion'),
  plugin: () => isLocal('lists plugins of kubectl'),
  kustomize: () => reads('builds manifests and prints them'),
  config: judgeConfig,
  auth: judgeAuth,
  create: createObjects,
  apply: applyManifests,
  replace: replaceObjects,
  delete: deleteObjects,
  patch: judgePatch,
  edit: ({ operands, options, scene }) =>
    changes(`edits ${targetsOf(operands, options, scene).says} by hand`, {
      writes: writesOn(
        targetsOf(operands, options, scene),
        'patch',
        '',
        options,
        scene,
      ),
      interactive: needsEditor('`kubectl edit` opens an editor'),
    }),
  scale: judgeScale,
  autoscale: judgeAutoscale,
  rollout: judgeRollout,
  set: judgeSet,
  label: kubectl => judgeMetadata(kubectl, 'labels'),
  annotate: kubectl => judgeMetadata(kubectl, 'annotations'),
  taint: judgeTaint,
  cordon: kubectl => judgeNode(kubectl, 'marks node {name} as unschedulable'),
  uncordon: kubectl =>
    judgeNode(kubectl, 'marks node {name} as schedulable again'),
  drain: judgeDrain,
  expose: judgeExpose,
  certificate: judgeCertificate,
  run: runPod,
  exec: execIn,
  cp: copyFiles,
  attach: attachTo,
  debug: debugPod,
  'port-forward': forwardPort,
  proxy: serveProxy,
};

/** Judges kubectl and oc. */
export function judgeKubectl(call: Call, scene: Scene): Verdict {
  const { verb, before, after, unclear } = splitKubectl(call.args);
  if (!verb) return isLocal(`shows the help of ${call.tool}`);
  if (unclear || verb.certainty !== 'exact') {
    return isUnknown(
      `what ${call.tool} is told to do (${scene.show(
        verb.value,
      )}) is not known from the text`,
    );
  }
  const options = kubectlOptions(verb.value, [...before, ...after]);
  if (isOn(options, 'help') || (options.has('h') && !options.unclear)) {
    return isLocal(`shows the help of ${call.tool} ${verb.value}`);
  }
  const kubectl: KubectlCall = {
    tool: call.tool,
    verb: verb.value,
    options,
    operands: options.operands,
    call,
    scene,
  };
  const rule = Object.prototype.hasOwnProperty.call(RULES, verb.value)
    ? RULES[verb.value]
    : undefined;
  const judged =
    rule?.(kubectl) ?? judgeOcVerb(kubectl) ?? judgeKubectlPlugin(kubectl);
  markPrograms(kubectl);
  return rehearsed(kubectl, judged);
}

const SECRET_TYPE = /^(secrets?|externalsecrets?|sealedsecrets?)(\.|$)/i;

function judgeGet({ operands, options, scene }: KubectlCall): Verdict {
  const raw = options.value('raw');
  if (raw || options.has('raw')) {
    const path = raw ? scene.show(raw.value) : '';
    return reads(
      `reads ${path} of the API server`,
      /secrets/.test(path) ? { secrets: true } : {},
    );
  }
  const targets = targetsOf(operands, options, scene);
  const values = printsValues(options);
  const secret = values && operands.some(one => mayBeSecret(one));
  return reads(
    secret ? `prints the values of ${targets.says}` : `lists ${targets.says}`,
    {
      ...(secret ? { secrets: true } : {}),
      ...(isOn(options, 'watch', 'w', 'watch-only')
        ? { interactive: endless('`--watch` watches until it is stopped') }
        : {}),
    },
  );
}

function mayBeSecret(operand: Argument): boolean {
  return [
    operand.value,
    ...(operand.alternatives ?? []),
    ...(operand.defaults ?? []),
  ].some(text =>
    text.split(',').some(one => SECRET_TYPE.test(one.split('/')[0])),
  );
}

function printsValues(options: Options): boolean {
  if (options.has('template')) return true;
  const output = options.value('output', 'o');
  return output !== undefined && !/^(wide|name)$/.test(output.value);
}

function judgeLogs({ operands, options, scene }: KubectlCall): Verdict {
  const selector = options.value('selector', 'l');
  const what = selector
    ? `pods with ${scene.show(selector.value)}`
    : operands.map(one => scene.show(one.value)).join(' ') || 'a pod';
  return reads(
    `reads the logs of ${what}`,
    isOn(options, 'f', 'follow')
      ? { interactive: endless('`--follow` goes on until it is stopped') }
      : {},
  );
}

const CONFIG_READS = new Set([
  'view',
  'current-context',
  'get-contexts',
  'get-clusters',
  'get-users',
]);

function judgeConfig({ operands, options }: KubectlCall): Verdict {
  const verb = operands[0];
  if (!verb) return isLocal('shows the help of kubectl config');
  if (verb.certainty !== 'exact')
    return isUnknown('which part of kubectl config is used is not known');
  if (CONFIG_READS.has(verb.value)) {
    return isLocal(
      'shows the kubeconfig',
      isOn(options, 'raw') ? { secrets: true } : {},
    );
  }
  return changesFiles(`changes the kubeconfig of the run (${verb.value})`);
}

function judgeAuth({ operands, options, scene }: KubectlCall): Verdict {
  const verb = operands[0];
  if (verb?.certainty === 'exact' && /^(can-i|whoami)$/.test(verb.value)) {
    return reads(
      verb.value === 'whoami'
        ? 'shows who one is in the cluster'
        : 'asks what one may do',
    );
  }
  if (verb?.value === 'reconcile') {
    const file = options.value('filename', 'f');
    return changes(
      `creates and changes roles and bindings from ${
        file ? scene.show(file.value) : 'files'
      }`,
      {
        writes: undefined,
      },
    );
  }
  return isUnknown('what kubectl auth is told to do is not known');
}

function judgePatch({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const subresource = options.value('subresource');
  const writes = writesOn(
    targets,
    'patch',
    subresource?.value ?? '',
    options,
    scene,
  );
  const patch = options.value('patch', 'p')?.value ?? '';
  const local = isOn(options, 'local') && !options.unclear;
  if (local) return isLocal(`prints a patched object without sending it`);
  if (/finalizers/.test(patch) && /null|\[\s*\]|remove|~/.test(patch)) {
    return destroys(
      `removes the finalizers of ${targets.says}: it is deleted without its clean-up`,
      { writes },
    );
  }
  if (
    /replicas["']?\s*[:,]?\s*(?:["']?value["']?\s*:\s*)?["']?0+\b/.test(
      patch,
    ) ||
    /spec\/replicas[\s\S]*value["']?\s*:\s*0+\b/.test(patch)
  ) {
    return destroys(`patches ${targets.says} to 0 replicas: all pods stop`, {
      writes,
    });
  }
  if (/\$patch["']?\s*:\s*["']?delete/.test(patch)) {
    return destroys(`deletes a part of ${targets.says}`, { writes });
  }
  return changes(`patches ${targets.says}`, { writes });
}

function judgeScale({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const replicas = options.value('replicas');
  const fromFile = options.has('filename', 'f');
  const verb = options.has('current-replicas', 'resource-version')
    ? 'update'
    : 'patch';
  const writes = fromFile
    ? undefined
    : writesOn(targets, verb, 'scale', options, scene);
  const possible = replicas
    ? [
        replicas.value,
        ...(replicas.alternatives ?? []),
        ...(replicas.defaults ?? []),
      ]
    : [];
  const what = fromFile ? 'the objects of a file' : targets.says;
  if (possible.some(text => /^[+-]?0+$/.test(text.trim()))) {
    return destroys(`scales ${what} to 0 replicas: all pods stop`, { writes });
  }
  if (options.unclear)
    return changes(`scales ${what}, to how many is not known`, {
      writes: undefined,
    });
  return changes(
    `scales ${what} to ${
      replicas ? scene.show(replicas.value) : 'another number of'
    } replicas`,
    {
      writes,
    },
  );
}

function judgeAutoscale({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const name = options.value('name');
  const named = name && nameText(name, scene);
  return changes(`lets ${targets.says} scale by itself`, {
    writes: targets.objects?.map(object => ({
      verb: 'create',
      group: 'autoscaling',
      resource: 'horizontalpodautoscalers',
      subresource: '',
      namespace: namespaceOf(options, scene),
      name: named ?? object.name,
    })),
  });
}

function judgeRollout(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const verb = operands[0];
  const targets = targetsOf(operands.slice(1), options, scene);
  if (!verb) return isLocal('shows the help of kubectl rollout');
  if (verb.certainty !== 'exact')
    return isUnknown('which part of kubectl rollout is used is not known');
  const writes = options.has('filename', 'f', 'kustomize', 'k')
    ? undefined
    : writesOn(targets, 'patch', '', options, scene);
  switch (verb.value) {
    case 'status':
      return reads(`waits for the rollout of ${targets.says}`);
    case 'history':
      return reads(`shows the revisions of ${targets.says}`);
    case 'undo':
      return changes(`rolls ${targets.says} back to an earlier revision`, {
        writes,
      });
    case 'restart':
      return changes(
        `restarts the pods of ${targets.says} one after the other`,
        { writes },
      );
    case 'pause':
      return changes(`pauses the rollout of ${targets.says}`, { writes });
    case 'resume':
      return changes(`resumes the rollout of ${targets.says}`, { writes });
    case 'latest':
    case 'retry':
    case 'cancel':
      return changes(
        `${verb.value === 'latest' ? 'starts' : 'changes'} a rollout of ${
          targets.says
        }`,
        { writes: undefined },
      );
    default:
      return isUnknown(`what kubectl rollout ${verb.value} does is not known`);
  }
}

function judgeSet({ operands, options, scene }: KubectlCall): Verdict {
  const part = operands[0];
  if (!part) return isLocal('shows the help of kubectl set');
  if (part.certainty !== 'exact')
    return isUnknown('which part of kubectl set is used is not known');
  const objects = operands
    .slice(1)
    .filter(
      (one, index) =>
        !/=/.test(one.value) && !(index > 0 && /^[A-Z_0-9]+-$/.test(one.value)),
    );
  const targets = targetsOf(objects, options, scene);
  if (isOn(options, 'list') && !options.unclear) {
    return reads(
      `lists the environment of ${targets.says}`,
      part.value === 'env' ? {} : {},
    );
  }
  if (isOn(options, 'local') && !options.unclear)
    return isLocal('prints a changed object without sending it');
  const settings = operands
    .slice(1)
    .filter(one => /=/.test(one.value))
    .map(one => scene.show(one.value))
    .join(' ');
  const writes =
    options.has('filename', 'f', 'kustomize', 'k') || options.unclear
      ? undefined
      : writesOn(targets, 'patch', '', options, scene);
  const what: Record<string, string> = {
    image: `sets the image of ${targets.says} to ${settings}`,
    env: `sets the environment of ${targets.says}${
      settings && ` (${settings})`
    }`,
    resources: `sets the resource limits of ${targets.says}`,
    serviceaccount: `sets the service account of ${targets.says}`,
    sa: `sets the service account of ${targets.says}`,
    selector: `sets the selector of ${targets.says}`,
    subject: `sets the subjects of ${targets.says}`,
    volumes: `changes the volumes of ${targets.says}`,
    volume: `changes the volumes of ${targets.says}`,
    triggers: `changes the triggers of ${targets.says}`,
    probe: `changes the probes of ${targets.says}`,
    data: `changes the data of ${targets.says}`,
  };
  const because = what[part.value];
  if (because) {
    return changes(because, {
      writes:
        /^(image|env|resources|serviceaccount|sa|selector)$/.test(part.value) &&
        part.value !== 'serviceaccount' &&
        part.value !== 'sa'
          ? writes
          : undefined,
    });
  }
  return isUnknown(`what kubectl set ${part.value} does is not known`);
}

function judgeMetadata(
  { operands, options, scene, verb }: KubectlCall,
  what: string,
): Verdict {
  const objects = operands.filter(
    (one, index) => index === 0 || !/=|-$/.test(one.value),
  );
  const targets = targetsOf(objects, options, scene);
  const settings = operands.filter(
    (one, index) => index > 0 && /=|-$/.test(one.value),
  );
  if (isOn(options, 'list') && settings.length === 0 && !options.unclear) {
    return reads(`lists the ${what} of ${targets.says}`);
  }
  if (isOn(options, 'local') && !options.unclear)
    return isLocal('prints a changed object without sending it');
  const writes =
    options.has('filename', 'f') || options.unclear
      ? undefined
      : writesOn(targets, 'patch', '', options, scene);
  return changes(
    `changes the ${what} of ${targets.says}${verb === 'label' ? '' : ''}`,
    { writes },
  );
}

function nodeNames(
  operands: readonly Argument[],
  scene: Scene,
): string[] | undefined {
  if (operands.some(one => one.certainty === 'words' || one.unresolved))
    return undefined;
  return operands
    .flatMap(one => one.alternatives ?? [nameText(one, scene)])
    .map(name => name.replace(/^nodes?\//, ''));
}

function nodeWrites({
  operands,
  options,
  scene,
}: KubectlCall): KubernetesWrite[] | undefined {
  const names = operands.length === 0 ? ['*'] : nodeNames(operands, scene);
  const selector = options.value('selector', 'l');
  return names?.map(name => ({
    verb: 'patch',
    group: '',
    resource: 'nodes',
    subresource: '',
    namespace: '',
    name,
    ...(selector && name === '*'
      ? { selector: nameText(selector, scene) }
      : {}),
  }));
}

function judgeTaint(kubectl: KubectlCall): Verdict {
  const { operands, scene } = kubectl;
  const names = operands.slice(1).filter(one => !/[=:]|-$/.test(one.value));
  const evicts = operands.some(one => /NoExecute(?!-)$/.test(one.value));
  const says =
    names.map(one => scene.show(one.value)).join(' ') || 'the chosen nodes';
  return changes(
    evicts
      ? `taints ${says}: pods that do not tolerate it are evicted`
      : `changes the taints of ${says}`,
    { writes: nodeWrites({ ...kubectl, operands: names }) },
  );
}

function judgeNode(kubectl: KubectlCall, because: string): Verdict {
  const names =
    kubectl.operands.map(one => kubectl.scene.show(one.value)).join(' ') ||
    'by selector';
  return changes(because.replace('{name}', names), {
    writes: nodeWrites(kubectl),
  });
}

function judgeDrain(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const names =
    operands.map(one => scene.show(one.value)).join(' ') || 'by selector';
  const nodes = nodeWrites(kubectl);
  const deletes = isOn(options, 'disable-eviction');
  const writes = nodes && [
    ...nodes,
    deletes
      ? {
          verb: 'delete',
          group: '',
          resource: 'pods',
          subresource: '',
          namespace: '*',
          name: '*',
        }
      : {
          verb: 'create',
          group: '',
          resource: 'pods',
          subresource: 'eviction',
          namespace: '*',
          name: '*',
        },
  ];
  if (isOn(options, 'force')) {
    return destroys(
      `drains node ${names}: pods that no controller brings back are deleted too`,
      { writes },
    );
  }
  if (isOn(options, 'delete-emptydir-data', 'delete-local-data')) {
    return destroys(
      `drains node ${names}: the emptyDir data of its pods is lost`,
      { writes },
    );
  }
  if (deletes)
    return destroys(`drains node ${names} past the disruption budgets`, {
      writes,
    });
  if (options.unclear)
    return destroys(
      `drains node ${names}, how far is not known from the text`,
      { writes: undefined },
    );
  return changes(`drains node ${names}: its pods are evicted`, { writes });
}

function judgeExpose({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const name = options.value('name');
  return changes(`creates a service for ${targets.says}`, {
    writes: targets.objects?.map(object => ({
      verb: 'create',
      group: '',
      resource: 'services',
      subresource: '',
      namespace: namespaceOf(options, scene),
      name: name ? nameText(name, scene) : object.name,
    })),
  });
}

function judgeCertificate({ operands, scene }: KubectlCall): Verdict {
  const [verb, ...names] = operands;
  const says =
    names.map(one => scene.show(one.value)).join(' ') || 'certificate requests';
  const writes: KubernetesWrite[] | undefined = nodeNames(names, scene)?.map(
    name => ({
      verb: 'update',
      group: 'certificates.k8s.io',
      resource: 'certificatesigningrequests',
      subresource: 'approval',
      namespace: '',
      name,
    }),
  );
  if (verb?.value === 'approve') return changes(`approves ${says}`, { writes });
  if (verb?.value === 'deny') return changes(`denies ${says}`, { writes });
  return isUnknown('what kubectl certificate is told to do is not known');
}
