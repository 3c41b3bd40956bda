import {
  changes,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import type { KubectlCall, KubectlRule } from './call';
import { givenTargets, unreadManifest } from './givenTargets';
import {
  type KubectlTargets,
  namespaceOf,
  nameText,
  targetsOf,
  writesOn,
} from './targets';

/** Verbs that say how many pods run, and which revision of them. */
export const scalingRules: Record<string, KubectlRule> = {
  scale: judgeScale,
  autoscale: judgeAutoscale,
  rollout: judgeRollout,
};

function judgeScale(kubectl: KubectlCall): Verdict {
  const { operands, options, scene } = kubectl;
  const targets = givenTargets(kubectl, operands);
  const replicas = options.value('replicas');
  const verb = options.has('current-replicas', 'resource-version')
    ? 'update'
    : 'patch';
  const writes = writesOn(targets, verb, 'scale', options, scene);
  const possible = replicas
    ? [
        replicas.value,
        ...(replicas.alternatives ?? []),
        ...(replicas.defaults ?? []),
      ]
    : [];
  const what = targets.says;
  if (targets.unread !== undefined)
    return isUnknown(`scales ${what}, ${unreadManifest(targets.unread)}`);
  if (possible.some(isZero)) {
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

/** Zero as Go reads whole numbers: `0`, `00`, `-0`, `0x0`, `0b0`, `0_0`. */
export function isZero(text: string): boolean {
  return /^[+-]?(?:0[xob])?(?:_?0)+$/i.test(text.trim());
}

function judgeAutoscale({ operands, options, scene }: KubectlCall): Verdict {
  const targets = targetsOf(operands, options, scene);
  const name = options.value('name');
  const named = name && nameText(name, scene);
  const least = options.value('min')?.value;
  const says = `lets ${targets.says} scale by itself`;
  const stops = least !== undefined && isZero(least);
  return (stops ? destroys : changes)(stops ? `${says}, also to none` : says, {
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
  const targets = givenTargets(kubectl, operands.slice(1));
  if (!verb) return isLocal('shows the help of kubectl rollout');
  if (verb.certainty !== 'exact')
    return isUnknown('which part of kubectl rollout is used is not known');
  const writes = writesOn(targets, 'patch', '', options, scene);
  if (targets.unread !== undefined && !/^(?:status|history)$/.test(verb.value))
    return isUnknown(
      `changes the rollout of ${targets.says}, ${unreadManifest(
        targets.unread,
      )}`,
    );
  switch (verb.value) {
    case 'status':
      return reads(`waits for the rollout of ${targets.says}`);
    case 'history':
      return reads(`shows the revisions of ${targets.says}`);
    case 'undo':
      return judgeUndo(
        `rolls ${targets.says} back`,
        targets,
        writes?.map(write => ({ ...write, rollsBack: true })),
      );
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

/** The gateway asks for a destructive approval where the earlier pods reach their node, as those of a DaemonSet do. */
function judgeUndo(
  because: string,
  { objects }: KubectlTargets,
  writes: Verdict['writes'],
): Verdict {
  const reachesNodes = objects?.some(
    ({ resource }) => resource.resource === 'daemonsets',
  );
  return reachesNodes
    ? destroys(
        `${because} to an earlier revision, whose pods may reach their nodes`,
        { writes },
      )
    : changes(`${because} to an earlier revision`, { writes });
}
