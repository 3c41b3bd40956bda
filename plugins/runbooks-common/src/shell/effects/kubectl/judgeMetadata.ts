import { LAST_APPLIED } from '../../../gateway/lossProblem';
import { hasPlainLabels } from '../../../gateway/ordinaryRemoval';
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
import { givenTargets, unreadManifest } from './givenTargets';
import { withEvictions } from './nodes';
import { writesOn } from './targets';

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
  const objects = operands.filter(
    ({ value }, index) => (!fromFile && index === 0) || !/=|-$/.test(value),
  );
  const targets = givenTargets(kubectl, objects);
  const { says, kinds, unread } = targets;
  if (isOn(options, 'list') && settings.length === 0 && !options.unclear)
    return reads(`lists the ${what} of ${says}`);
  if (isOn(options, 'local') && !options.unclear)
    return isLocal('prints a changed object without sending it');
  const writes = options.unclear
    ? undefined
    : writesOn(targets, 'patch', '', options, kubectl.scene);
  if (unread !== undefined)
    return isUnknown(
      `changes the ${what} of ${says}, ${unreadManifest(unread)}`,
    );
  if (what === 'annotations' && kinds.includes('/serviceaccounts'))
    return destroys(
      `changes the annotations of ${says}, which may give a service account rights`,
      { writes },
    );
  if (settings.some(one => one.value.startsWith(LAST_APPLIED)))
    return destroys(
      `writes down of ${says} what was applied before, by which the next apply decides what to remove`,
      { writes },
    );
  if (what === 'labels' && kinds.includes('/nodes'))
    return destroys(
      `changes the labels of ${says}: pods of DaemonSets whose choice of nodes they do not fit any more are ended`,
      { writes: writes && withEvictions(writes) },
    );
  const isPlain =
    what === 'annotations' ||
    (targets.objects !== undefined && kinds.every(hasPlainLabels));
  return isPlain
    ? changes(`changes the ${what} of ${says}`, { writes })
    : destroys(
        `changes the labels of ${says}: who finds them by a label may lose them, and others are made or dropped`,
        { writes },
      );
}
