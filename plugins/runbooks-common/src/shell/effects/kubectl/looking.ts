import type { Argument } from '../../words';
import { writesOfRequest } from '../apiRequest';
import { endless } from '../interactive';
import { startedByKustomize } from '../kustomizeOptions';
import { isOn, type Options } from '../options';
import { writesTo } from '../paths';
import {
  changes,
  changesFiles,
  combined,
  destroys,
  isLocal,
  isUnknown,
  reads,
  type Verdict,
} from '../verdict';
import type { KubectlCall, KubectlRule } from './call';
import { targetsOf } from './targets';

/** Verbs that look at the cluster, and those that read or write the kubeconfig. */
export const lookingRules: Record<string, KubectlRule> = {
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
  kustomize: ({ options, scene }) => {
    const started = startedByKustomize(options);
    if (started) return started;
    const printed = reads('builds manifests and prints them');
    const output = options.value('output', 'o');
    return output ? combined([printed, writesTo(output, scene)], '') : printed;
  },
  config: judgeConfig,
  auth: judgeAuth,
};

const SECRET_TYPE = /^(secrets?|externalsecrets?|sealedsecrets?)(\.|$)/i;

function judgeGet({ operands, options, scene }: KubectlCall): Verdict {
  const raw = options.value('raw');
  if (raw || options.has('raw')) {
    const path = raw ? scene.show(raw.value) : '';
    const request =
      raw?.certainty === 'exact' ? { method: 'GET', path } : undefined;
    const writes = request ? writesOfRequest(request) : [];
    const judged = writes.length > 0 ? destroys : reads;
    return judged(
      `${
        writes.length > 0 ? 'connects through' : 'reads'
      } ${path} of the API server`,
      {
        ...(/secrets/.test(path) ? { secrets: true } : {}),
        ...(request ? { requests: [request], writes } : {}),
      },
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
