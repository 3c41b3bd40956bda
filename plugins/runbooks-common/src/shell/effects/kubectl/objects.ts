import { DEFAULT_MANAGER } from '../../../gateway/appliedProblem';
import { WHOLE } from '../../../gateway/lossProblem';
import type { KubernetesWrite } from '../../model';
import type { KubectlCall, KubectlRule } from './call';
import { writesOfRequest } from '../apiRequest';
import { needsEditor } from '../interactive';
import { withEvictions } from './nodes';
import { resourceNamed } from './resources';
import { isZero } from './scaling';
import { namespaceOf, nameText, targetsOf, writesOn } from './targets';
import {
  describeObject,
  manifestsOf,
  type ManifestsRead,
  writesOfObjects,
} from './givenManifests';
import { isOn } from '../options';
import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

/** Verbs that take whole objects, from manifests or by name. */
export const objectRules: Record<string, KubectlRule> = {
  create: createObjects,
  apply: applyManifests,
  replace: replaceObjects,
  delete: deleteObjects,
  diff: compareObjects,
};

/** `kubectl create`. */
function createObjects(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  if (options.has('raw')) return rawWrite(kubectl, 'create');
  if (isOn(options, 'edit'))
    return isUnknown('creates what an editor makes of a manifest', {
      interactive: needsEditor('`kubectl create --edit` opens an editor'),
    });
  if (options.has('filename', 'f', 'kustomize', 'k')) {
    return fromManifests(kubectl, 'creates', ['create']);
  }
  const kind = operands[0];
  if (!kind) return isLocal('shows the help of kubectl create');
  if (kind.certainty !== 'exact')
    return changes('creates an object, of which kind is not known', {
      writes: undefined,
    });
  if (kind.value === 'token') {
    const account = operands[1]
      ? scene.show(operands[1].value)
      : 'a service account';
    return changes(
      `makes a token of ${account}, which works until it expires`,
      {
        secrets: true,
        writes: created(kubectl, 'serviceaccounts', 'token', 1),
      },
    );
  }
  const nameAt = /^(secret|service|svc)$/.test(kind.value) ? 2 : 1;
  const name = operands[nameAt] ? scene.show(operands[nameAt].value) : '';
  const writes = created(kubectl, kind.value, '', nameAt);
  const because = `creates ${kind.value} ${name}`.trim();
  const replicas = options.value('replicas')?.value;
  if (replicas !== undefined && isZero(replicas))
    return destroys(`${because} with 0 replicas`, { writes });
  const isService = /^(?:service|svc)$/.test(kind.value);
  const leads =
    isService &&
    !/^(?:clusterip|nodeport|loadbalancer)$/.test(operands[1]?.value ?? '');
  return leads
    ? destroys(
        `${because}, which may lead others to an address of its own choice`,
        { writes },
      )
    : changes(because, { writes });
}

function created(
  { operands, options, scene }: KubectlCall,
  type: string,
  subresource: string,
  nameAt: number,
): KubernetesWrite[] | undefined {
  const resource = resourceNamed(type === 'quota' ? 'resourcequota' : type);
  const name = operands[nameAt];
  if (
    !resource ||
    !name ||
    name.certainty === 'words' ||
    name.unresolved ||
    options.unclear
  )
    return undefined;
  return (name.alternatives ?? [nameText(name, scene)]).map(text => ({
    verb: 'create',
    group: resource.group,
    resource: resource.resource,
    subresource,
    namespace: resource.namespaced ? namespaceOf(options, scene) : '',
    name: text,
  }));
}

/** `kubectl apply`. */
function applyManifests(kubectl: KubectlCall): Verdict {
  const { operands, options } = kubectl;
  if (operands[0]?.value === 'view-last-applied')
    return reads('shows what was applied last');
  if (operands[0]?.value === 'edit-last-applied') {
    return changes('edits what was applied last by hand', {
      writes: undefined,
      interactive: needsEditor(
        '`kubectl apply edit-last-applied` opens an editor',
      ),
    });
  }
  if (operands[0]?.value === 'set-last-applied') {
    const marked = fromManifests(kubectl, 'marks as applied', ['patch']);
    return destroys(
      `${marked.because}, by which the next apply decides what to remove`,
      { writes: marked.writes },
    );
  }
  const judged = asApply(
    fromManifests(kubectl, 'applies', ['create', 'patch']),
  );
  if (isOn(options, 'prune')) {
    return destroys(
      `${judged.because} and deletes objects that are not in it any more`,
      { writes: undefined },
    );
  }
  if (isOn(options, 'force')) {
    return destroys(
      `${judged.because}, deleting objects that cannot be changed in place`,
      { writes: undefined },
    );
  }
  const taken = takenFromOthers(kubectl);
  return taken === undefined
    ? judged
    : destroys(`${judged.because}${taken}`, {
        writes: judged.writes,
        ...(judged.givesSecrets ? { givesSecrets: true } : {}),
      });
}

/** On the server an apply removes what its manager owned, and by force takes over what others own. */
function takenFromOthers({ options }: KubectlCall): string | undefined {
  if (!isOn(options, 'server-side')) return undefined;
  if (isOn(options, 'force-conflicts'))
    return ', taking over by force what others set';
  const managers = options.all('field-manager');
  const isOwn = managers.every(
    ({ value }) =>
      value?.certainty === 'exact' && value.value === DEFAULT_MANAGER,
  );
  return isOwn
    ? undefined
    : ' in the name of another manager: what that one set and the manifest has not is removed';
}

function asApply(judged: Verdict): Verdict {
  return {
    ...judged,
    writes: judged.writes?.map(write =>
      write.verb === 'patch' ? { ...write, applies: true } : write,
    ),
  };
}

/**
 * `kubectl diff`: a server-side dry run of an apply, and what is there now. Of a Secret the gateway asks of it what
 * writing and what reading that Secret asks for.
 */
function compareObjects(kubectl: KubectlCall): Verdict {
  const given = manifestsOf(kubectl);
  const secrets = (given?.kind === 'read' ? given.objects : []).filter(
    ({ resource }) => resource?.group === '' && resource.resource === 'secrets',
  );
  if (secrets.length === 0)
    return reads(
      given?.kind === 'read' && given.isWhole
        ? 'shows how objects would change'
        : 'shows how objects would change, and fails where a Secret is among them',
    );
  return asApply(
    changes(
      `shows how ${secrets
        .map(describeObject)
        .join(
          ', ',
        )} would change, by a rehearsal on the server, which tells of a Secret what writing it does`,
      { writes: writesOfObjects(secrets, ['create', 'patch'], kubectl) },
    ),
  );
}

/** `kubectl replace`. What an object has and its manifest does not is gone: finalizers, data, what others added. */
function replaceObjects(kubectl: KubectlCall): Verdict {
  if (kubectl.options.has('raw')) return rawWrite(kubectl, 'update');
  if (isOn(kubectl.options, 'force') || kubectl.options.has('cascade')) {
    return destroys(
      `${fromManifests(kubectl, 'deletes and creates again', []).because}`,
      {
        writes: fromManifests(kubectl, '', ['delete', 'create']).writes,
      },
    );
  }
  const judged = fromManifests(kubectl, 'replaces', ['update']);
  return destroys(
    judged.effect === 'destructive'
      ? judged.because
      : `${judged.because}: ${WHOLE}`,
    {
      writes: judged.writes,
      ...(judged.givesSecrets ? { givesSecrets: true } : {}),
    },
  );
}

/** `kubectl delete`. */
function deleteObjects(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  if (options.has('raw')) return rawWrite(kubectl, 'delete');
  const files = options.has('filename', 'f', 'kustomize', 'k');
  if (files) {
    const judged = fromManifests(kubectl, 'deletes', ['delete']);
    return destroys(judged.because, { writes: judged.writes });
  }
  const targets = targetsOf(operands, options, scene);
  return destroys(`deletes ${targets.says}`, {
    writes: writesOn(targets, 'delete', '', options, scene),
  });
}

function fromManifests(
  kubectl: KubectlCall,
  does: string,
  verbs: readonly string[],
): Verdict {
  const { options, scene } = kubectl;
  const given = manifestsOf(kubectl);
  if (given?.kind === 'read') return judgeObjects(kubectl, given, does, verbs);
  const file = options.value('filename', 'f', 'kustomize', 'k');
  const where = file ? scene.show(file.value) : '';
  const from =
    where === '-'
      ? 'the manifests that it is given'
      : `the manifests of ${where || 'a file'}`;
  return given
    ? isUnknown(
        `${does} ${from}, which nobody can surely read as kubectl does (${given.because})`,
      )
    : changes(`${does} ${from}`, { writes: undefined });
}

/** What the objects of manifests do. */
function judgeObjects(
  kubectl: KubectlCall,
  { objects, isWhole }: ManifestsRead,
  does: string,
  verbs: readonly string[],
): Verdict {
  const because = `${does} ${objects.map(describeObject).join(', ')}`.trim();
  const extra = {
    writes: isWhole ? writesOfObjects(objects, verbs, kubectl) : undefined,
    ...(objects.some(one => one.givesSecrets) ? { givesSecrets: true } : {}),
  };
  const isDelete = verbs.includes('delete');
  const ending = objects.find(one => one.ends !== undefined);
  if (ending)
    return destroys(
      `${because}; of ${describeObject(ending)}: ${ending.ends}`,
      {
        ...extra,
        writes: extra.writes && withEvictions(extra.writes),
      },
    );
  const risky = objects.find(one => one.risk !== undefined);
  if (risky && !isDelete)
    return destroys(`${because}, which runs ${risky.risk}`, extra);
  const stopped = objects.find(one => one.stops);
  if (stopped)
    return destroys(
      `${because}; ${describeObject(stopped)} has 0 replicas`,
      extra,
    );
  const loss = lossAt(kubectl, verbs);
  const lost = objects.find(one => one[loss] !== undefined);
  return lost && !isDelete
    ? destroys(`${because}; of ${describeObject(lost)}: ${lost[loss]}`, extra)
    : changes(because, extra);
}

/** Which loss counts: what is applied may be there already. */
function lossAt(
  { options }: KubectlCall,
  verbs: readonly string[],
): 'lossOnServer' | 'loss' | 'lossOfNew' {
  if (verbs.every(verb => verb === 'create')) return 'lossOfNew';
  return isOn(options, 'server-side') ? 'lossOnServer' : 'loss';
}

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE' };

function rawWrite(
  { options, scene }: KubectlCall,
  verb: keyof typeof METHODS,
): Verdict {
  const path = options.value('raw');
  if (!path) return isUnknown('sends a raw request to the API server');
  const says = scene.show(path.value);
  const request =
    path.certainty === 'exact'
      ? { method: METHODS[verb], path: path.value }
      : undefined;
  const extra = request
    ? { writes: writesOfRequest(request), requests: [request] }
    : { writes: undefined };
  return verb === 'delete'
    ? destroys(`deletes ${says} by a raw request`, extra)
    : destroys(
        `sends a raw ${verb} to ${says}, with a body that is not looked into`,
        extra,
      );
}
