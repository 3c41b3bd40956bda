import type { KubernetesWrite } from '../../model';
import { needsEditor } from '../interactive';
import { isOn } from '../options';
import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import type { KubectlCall, KubectlRule } from './call';
import { nodeNames, withEvictions } from './nodes';
import {
  BY_HAND,
  nodeLoss,
  nodeLossOfOperations,
} from '../../../gateway/nodeProblem';
import type { JsonPatchOperation } from '../../../gateway/requestBody';
import { changedTree } from '../../../gateway/changedTree';
import { keepsTemplates } from '../../../gateway/ordinaryRemoval';
import { placementProblem } from '../../../gateway/placementProblem';
import {
  holdsPodSpec,
  mountsSecrets,
  podRisk,
  runsPods,
} from '../../../gateway/podRisk';
import { givenTargets, unreadManifest } from './givenTargets';
import { partOfObject } from './manifest';
import { judgeMetadata } from './judgeMetadata';
import { isWaiting, lossOfPatch, withoutPlaceholders } from './lossOfPatch';
import {
  type KubectlTargets,
  namespaceOf,
  nameText,
  targetsOf,
  writesOn,
} from './targets';

/** Verbs that change a part of objects that are there, or put one beside them. */
export const changingRules: Record<string, KubectlRule> = {
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
  set: judgeSet,
  label: kubectl => judgeMetadata(kubectl, 'labels'),
  annotate: kubectl => judgeMetadata(kubectl, 'annotations'),
  expose: judgeExpose,
  certificate: judgeCertificate,
};

function judgePatch(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const targets = givenTargets(kubectl, operands);
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
  if (targets.unread !== undefined)
    return isUnknown(
      `patches ${targets.says}, ${unreadManifest(targets.unread)}`,
    );
  if (/finalizers/.test(patch) && /null|\[\s*\]|remove|~/.test(patch)) {
    return destroys(
      `removes the finalizers of ${targets.says}: it is deleted without its clean-up`,
      { writes },
    );
  }
  if (
    /replicas["']?\s*(?:[:,]\s*)?(?:["']?value["']?\s*:\s*)?["']?0+\b/.test(
      patch,
    ) ||
    (patch.includes('spec/replicas') &&
      /value["']?\s*:\s*0+\b/.test(patch.slice(patch.indexOf('spec/replicas'))))
  ) {
    return destroys(`patches ${targets.says} to 0 replicas: all pods stop`, {
      writes,
    });
  }
  if (/\$patch["']?\s*:\s*["']?delete/.test(patch)) {
    return destroys(`deletes a part of ${targets.says}`, { writes });
  }
  const because = `patches ${targets.says}`;
  const ended = nodesPatched(kubectl, targets);
  if (ended !== undefined)
    return destroys(`${because}: ${ended}`, {
      writes: writes && withEvictions(writes),
    });
  const loss = lossOfPatch(kubectl, targets);
  return loss === undefined
    ? judgePods(because, writes, targets, options)
    : destroys(`${because}: ${loss}`, { writes });
}

/** Where it patches nodes: why their pods may end by it. What waits for a value is asked again when it has one. */
function nodesPatched(
  { options }: KubectlCall,
  { objects }: KubectlTargets,
): string | undefined {
  const isOfNode = objects?.some(
    ({ resource: { group, resource } }) => group === '' && resource === 'nodes',
  );
  if (!isOfNode) return undefined;
  const given = options.all('patch', 'p').map(({ value }) => value);
  const parts = given.map(word =>
    word?.certainty === 'exact' ? partOfObject(word.value) : undefined,
  );
  if (options.has('patch-file') || given.length === 0) return BY_HAND;
  return given
    .map((word, index) => {
      const part = parts[index];
      if (part === undefined)
        return word && isWaiting(word) ? undefined : BY_HAND;
      return Array.isArray(part)
        ? nodeLossOfOperations(part as unknown as JsonPatchOperation[])
        : nodeLoss(part);
    })
    .find(Boolean);
}

/** What a patch makes of pods. */
function judgePods(
  because: string,
  writes: Verdict['writes'],
  targets: KubectlTargets,
  options: KubectlCall['options'],
): Verdict {
  const kinds = targets.objects?.map(
    ({ resource }) => `${resource.group}/${resource.resource}`,
  );
  const podKinds = kinds?.filter(runsPods);
  // Of a kind that is not known it is not known either whether it runs pods; others do not.
  if (podKinds && podKinds.length === 0) return changes(because, { writes });
  const given = options.value('patch', 'p');
  const part =
    given?.certainty === 'exact'
      ? partOfObject(withoutPlaceholders(given.value))
      : undefined;
  if (given === undefined || given.certainty !== 'exact')
    return given !== undefined && isWaiting(given)
      ? changes(because, { writes })
      : destroys(`${because}, with a patch that cannot be read`, {
          writes,
          givesSecrets: true,
        });
  if (!part) return changes(because, { writes });
  const trees = Array.isArray(part) ? part.map(treeOf) : [{ tree: part }];
  const all = (podKinds ?? ['apps/deployments', '/pods']).flatMap(kind =>
    trees.map(one => ({ kind, ...one })),
  );
  const risk = all.map(one => podRisk(one.kind, one.tree)).find(Boolean);
  const givesSecrets = all.some(one => mountsSecrets(one.kind, one.tree));
  const extra = { writes, ...(givesSecrets ? { givesSecrets } : {}) };
  if (risk) return destroys(`${because}, which then runs ${risk}`, extra);
  const placement = all
    .map(({ kind, tree, pointer }) =>
      placementProblem(
        kind,
        tree,
        pointer !== undefined && holdsPodSpec(kind, pointer),
      ),
    )
    .find(Boolean);
  return placement
    ? destroys(`${because}: ${placement}`, extra)
    : changes(because, extra);
}

function treeOf(operation: unknown): {
  tree: Readonly<Record<string, unknown>>;
  pointer?: string;
} {
  const { op, path, value } = (operation ?? {}) as Record<string, unknown>;
  const tree =
    typeof path === 'string'
      ? changedTree({ op: 'replace', path, value })
      : undefined;
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree)
    ? {
        tree: tree as Record<string, unknown>,
        ...(typeof path === 'string' && op !== 'test' ? { pointer: path } : {}),
      }
    : { tree: {} };
}

function judgeSet(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const part = operands[0];
  if (!part) return isLocal('shows the help of kubectl set');
  if (part.certainty !== 'exact')
    return isUnknown('which part of kubectl set is used is not known');
  const fromFile = options.has('filename', 'f', 'kustomize', 'k');
  const objects = operands
    .slice(1)
    .filter(
      (one, index) =>
        !/=/.test(one.value) &&
        !((fromFile || index > 0) && isUnsetting(one.value)),
    );
  const targets = givenTargets(kubectl, objects);
  if (isOn(options, 'list') && !options.unclear) {
    return reads(`lists the environment of ${targets.says}`);
  }
  if (isOn(options, 'local') && !options.unclear)
    return isLocal('prints a changed object without sending it');
  const settings = operands
    .slice(1)
    .filter(one => /=/.test(one.value))
    .map(one => scene.show(one.value))
    .join(' ');
  if (targets.unread !== undefined)
    return isUnknown(
      `changes a part of ${targets.says}, ${unreadManifest(targets.unread)}`,
    );
  const writes = options.unclear
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
  if (part.value === 'selector')
    return destroys(`${because}, in place of the whole selector before`, {
      writes,
    });
  if (
    part.value === 'env' &&
    unsets(operands, fromFile) &&
    !keepsRevisions(targets)
  )
    return destroys(`${because}, which removes what no revision keeps`, {
      writes,
    });
  if (/^(?:serviceaccount|sa)$/.test(part.value))
    return destroys(`${because}: its pods get the rights of that account`, {
      writes,
    });
  if (because) {
    return changes(because, {
      ...(part.value === 'env' &&
      (options.has('from') || options.unclear || /secret/i.test(settings))
        ? { givesSecrets: true }
        : {}),
      writes: /^(image|env|resources|selector)$/.test(part.value)
        ? writes
        : undefined,
    });
  }
  return isUnknown(`what kubectl set ${part.value} does is not known`);
}

/** `KEY-` takes a variable out. */
function unsets(operands: KubectlCall['operands'], fromFile: boolean): boolean {
  return operands.some(
    (one, index) =>
      index > (fromFile ? 0 : 1) &&
      (isUnsetting(one.value) || one.certainty === 'words'),
  );
}

/** No name of an object ends so. */
function isUnsetting(word: string): boolean {
  return /^[^/=]+-$/.test(word);
}

function keepsRevisions({ objects }: KubectlTargets): boolean {
  return (
    objects?.every(({ resource: { group, resource } }) =>
      keepsTemplates(`${group}/${resource}`),
    ) ?? false
  );
}

function judgeExpose({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const name = options.value('name');
  const takes =
    options.unclear ||
    options.has('external-ip', 'load-balancer-ip', 'overrides') ||
    !/^(?:ClusterIP|NodePort|LoadBalancer)$/.test(
      options.value('type')?.value ?? 'ClusterIP',
    );
  return (takes ? destroys : changes)(
    `creates a service for ${targets.says}${
      takes
        ? ', which may take the traffic of others by addresses of its own choice'
        : ''
    }`,
    {
      writes: targets.objects?.map(object => ({
        verb: 'create',
        group: '',
        resource: 'services',
        subresource: '',
        namespace: namespaceOf(options, scene),
        name: name ? nameText(name, scene) : object.name,
      })),
    },
  );
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
