import type { KubectlCall } from './call';
import { asks, endless, needsTerminal } from '../interactive';
import { copyFiles } from './copying';
import { execIn, opensShell } from './pods';
import { namespaceOf, nameText } from './targets';
import { isOn } from '../options';
import {
  changes,
  changesFiles,
  destroys,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';

/** Verbs that only `oc` has; undefined for all others. */
export function judgeOcVerb(kubectl: KubectlCall): Verdict | undefined {
  const { tool, verb, operands, options, scene } = kubectl;
  if (tool !== 'oc') return undefined;
  const names = operands.map(one => scene.show(one.value)).join(' ');
  switch (verb) {
    case 'status':
    case 'projects':
    case 'get-token':
      return reads('shows projects and their state');
    case 'whoami':
      return reads(
        'shows who one is',
        isOn(options, 't', 'show-token') ? { secrets: true } : {},
      );
    case 'project':
      return operands.length === 0
        ? reads('shows the project that is chosen')
        : changesFiles('chooses a project in the kubeconfig of the run');
    case 'login':
      return changesFiles(
        'logs in to a cluster',
        options.has('token', 'p', 'password')
          ? {}
          : { interactive: asks('asks for a password') },
      );
    case 'logout':
      return changesFiles('logs out of a cluster');
    case 'process':
      return reads('fills in a template and prints it');
    case 'rsh': {
      const inner = operands.slice(1);
      const judged = execIn(kubectl);
      return inner.length === 0 || opensShell(inner)
        ? {
            ...judged,
            interactive: needsTerminal('`oc rsh` opens a shell in the pod'),
          }
        : { ...judged, interactive: undefined };
    }
    case 'rsync':
      return isOn(options, 'delete')
        ? destroys('copies files and deletes others', { writes: undefined })
        : copyFiles(kubectl);
    case 'extract':
      return reads(`writes the values of ${names} out`, {
        secrets: true,
        changesFiles: true,
      });
    case 'new-project':
      return changes(`creates project ${names}`, {
        writes: operands[0]
          ? [
              {
                verb: 'create',
                group: 'project.openshift.io',
                resource: 'projectrequests',
                subresource: '',
                namespace: '',
                name: nameText(operands[0], scene),
              },
            ]
          : undefined,
      });
    case 'new-app':
    case 'new-build':
    case 'start-build':
    case 'cancel-build':
    case 'import-image':
    case 'tag':
    case 'policy':
    case 'idle':
    case 'secrets':
    case 'serviceaccounts':
      return verb === 'start-build' && isOn(options, 'follow', 'F', 'wait', 'w')
        ? changes(`starts build ${names}`, { writes: undefined })
        : changes(
            `does "oc ${verb}" with ${
              names || 'what it is given'
            }${namespaceSuffix(kubectl)}`,
            { writes: undefined },
          );
    case 'adm':
      return judgeAdm(kubectl, names);
    default:
      return undefined;
  }
}

function namespaceSuffix({ options, scene }: KubectlCall): string {
  const namespace = namespaceOf(options, scene);
  return namespace ? ` in ${namespace}` : '';
}

function judgeAdm(kubectl: KubectlCall, names: string): Verdict {
  const { operands, options, call, scene } = kubectl;
  const verb = operands[0];
  if (!verb || verb.certainty !== 'exact')
    return isUnknown('what oc adm is told to do is not known');
  switch (verb.value) {
    case 'upgrade': {
      const bare = operands.slice(1).length === 0;
      const acts = options.given.some(one =>
        /^(to|to-latest|to-multi-arch|to-image|force|allow-.*|clear)$/.test(
          one.name,
        ),
      );
      if (
        (bare ||
          operands[1]?.value === 'status' ||
          operands[1]?.value === 'recommend') &&
        !acts &&
        !options.unclear
      ) {
        return reads('shows whether the cluster is being upgraded');
      }
      return changes('upgrades the cluster or changes its channel', {
        writes: undefined,
      });
    }
    case 'top':
    case 'node-logs':
    case 'inspect':
    case 'release':
      return reads(`shows ${names}`, {
        changesFiles: verb.value === 'inspect' || undefined,
      });
    case 'must-gather':
      return changes('runs pods that collect the state of the cluster', {
        writes: undefined,
      });
    case 'cordon':
    case 'uncordon':
    case 'drain':
    case 'taint':
    case 'certificate':
      return scene.judgeCommand(
        [
          { ...verb, value: 'kubectl', certainty: 'exact' },
          ...call.args.slice(call.args.indexOf(verb)),
        ],
        scene,
      );
    case 'prune':
      return isOn(options, 'confirm') || options.unclear
        ? destroys(`deletes old ${names.replace(/^prune /, '')}`, {
            writes: undefined,
          })
        : reads(
            `lists what would be pruned of ${names.replace(/^prune /, '')}`,
          );
    case 'wait-for-stable-cluster':
      return reads('waits until the cluster is stable', {
        interactive: endless('waits until the cluster is stable'),
      });
    default:
      return changes(`does "oc adm ${names}"`, { writes: undefined });
  }
}
