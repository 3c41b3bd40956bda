import { LAST_APPLIED } from '../../../gateway/lossProblem';
import { hasPlainLabels } from '../../../gateway/ordinaryRemoval';
import type { KubernetesWrite } from '../../model';
import { isOn } from '../options';
import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import type { KubectlCall } from './call';
import { describeObject, manifestsOf, writesOfObjects } from './givenManifests';
import type { KubernetesResource } from './resources';
import { targetsOf, writesOn } from './targets';

/**
 * `kubectl label` and `kubectl annotate`. The objects of a file are judged as if they were named: which kinds they are
 * decides.
 */
export function judgeMetadata(
  kubectl: KubectlCall,
  what: 'labels' | 'annotations',
): Verdict {
  const { operands, options } = kubectl;
  const fromFile = options.has('filename', 'f', 'kustomize', 'k');
  const settings = operands.filter(
    ({ value }, index) => (fromFile || index > 0) && /=|-$/.test(value),
  );
  const written = fromFile ? inFiles(kubectl) : named(kubectl);
  if (isOn(options, 'list') && settings.length === 0 && !options.unclear)
    return reads(`lists the ${what} of ${written.says}`);
  if (isOn(options, 'local') && !options.unclear)
    return isLocal('prints a changed object without sending it');
  const { says, kinds, isWhole, unread } = written;
  const writes = options.unclear ? undefined : written.writes;
  if (unread !== undefined)
    return isUnknown(
      `changes the ${what} of ${says}, which nobody can surely read as kubectl does (${unread})`,
    );
  if (
    what === 'annotations' &&
    kinds.some(({ resource }) => resource === 'serviceaccounts')
  )
    return destroys(
      `changes the annotations of ${says}, which may give a service account rights`,
      { writes },
    );
  if (settings.some(one => one.value.startsWith(LAST_APPLIED)))
    return destroys(
      `writes down of ${says} what was applied before, by which the next apply decides what to remove`,
      { writes },
    );
  const isPlain =
    what === 'annotations' ||
    (isWhole &&
      kinds.every(({ group, resource }) =>
        hasPlainLabels(`${group}/${resource}`),
      ));
  return isPlain
    ? changes(`changes the ${what} of ${says}`, { writes })
    : destroys(
        `changes the labels of ${says}: who finds them by a label may lose them, and others are made or dropped`,
        { writes },
      );
}

/** The objects whose metadata are changed. */
interface Written {
  says: string;
  /** As far as they can be told. */
  kinds: KubernetesResource[];
  /** There are no others. */
  isWhole: boolean;
  writes?: KubernetesWrite[];
  /** Why manifests cannot be read. */
  unread?: string;
}

function named({ operands, options, scene }: KubectlCall): Written {
  const objects = operands.filter(
    (one, index) => index === 0 || !/=|-$/.test(one.value),
  );
  const targets = targetsOf(objects, options, scene);
  return {
    says: targets.says,
    kinds: (targets.objects ?? []).map(({ resource }) => resource),
    isWhole: targets.objects !== undefined,
    writes: writesOn(targets, 'patch', '', options, scene),
  };
}

function inFiles(kubectl: KubectlCall): Written {
  const given = manifestsOf(kubectl);
  if (given?.kind !== 'read')
    return {
      says: 'the objects of a file',
      kinds: [],
      isWhole: false,
      ...(given ? { unread: given.because } : {}),
    };
  const { objects } = given;
  const kinds = objects.flatMap(({ resource }) => resource ?? []);
  // Of the file only the names count, and not what acts on others.
  const writes = writesOfObjects(objects, ['patch'], kubectl)?.map(
    ({ actsOn: _, ...write }) => write,
  );
  return {
    says: objects.map(describeObject).join(', '),
    kinds,
    isWhole: given.isWhole && kinds.length === objects.length,
    ...(writes && given.isWhole ? { writes } : {}),
  };
}
