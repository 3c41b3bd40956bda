import type { Argument } from '../../words';
import { type Options, parseOptions } from '../options';

const GLOBAL_VALUES =
  'n namespace context cluster user as as-group as-uid kubeconfig server s token certificate-authority ' +
  'client-certificate client-key tls-server-name request-timeout cache-dir v vmodule password username profile ' +
  'profile-output log-backtrace-at log-dir log-file log-file-max-size log-flush-frequency stderrthreshold kuberc';

const GLOBAL_FLAGS =
  'insecure-skip-tls-verify match-server-version warnings-as-errors disable-compression help h add-dir-header ' +
  'alsologtostderr logtostderr one-output skip-headers skip-log-headers';

const FLAGS = new Set(GLOBAL_FLAGS.split(' '));

const COMMON_VALUES =
  `${GLOBAL_VALUES} selector l output o template field-selector sort-by field-manager filename k kustomize ` +
  'chunk-size label-columns L subresource type raw timeout revision to-revision max-log-requests tail since since-time ' +
  'limit-bytes container pod-running-timeout replicas current-replicas resource-version grace-period image ' +
  'port target-port protocol name external-ip load-balancer-ip session-affinity cluster-ip node-port tcp ' +
  'min max cpu-percent cpu memory from-literal from-file from-env-file from docker-server docker-username docker-password ' +
  'docker-email cert key schedule restart labels env e overrides override-type command-timeout limits requests ' +
  'containers c patch patch-file patch p for skip-wait-for-delete-timeout pod-selector verb resource resource-name ' +
  'clusterrole role serviceaccount group user hard scopes min-available max-unavailable value preemption-policy ' +
  'description audience duration bound-object-kind bound-object-name bound-object-uid rule default-backend class ' +
  'annotation target copy-to set-image custom address www www-prefix api-prefix accept-hosts accept-paths ' +
  'reject-paths reject-methods unix-socket output-directory namespaces prune-allowlist prune-whitelist applyset ' +
  'api-group categories api-version protocols to-image retries keys prefix types limit-requests-per-second ' +
  'concurrency strategy to image-pull-policy append-hash-of container-name generator';

/** Verbs whose short options differ from the usual ones: `-f` follows and `-p` is "previous" for logs. */
const SHORT_VALUES: Record<string, string> = {
  logs: 'c l',
  exec: 'c f filename',
  attach: 'c',
  cp: 'c',
  top: 'l',
  run: 'l f',
  debug: 'c f',
  set: 'l f c e k',
  patch: 'f p l k',
  proxy: 'p w u P',
  'port-forward': '',
};

const DEFAULT_SHORT = 'f l k o L c p';

/**
 * Finds the verb as kubectl does: an option in front of it that is not a known switch takes the next word as its
 * value, whatever that is.
 */
export function splitKubectl(args: readonly Argument[]): {
  verb?: Argument;
  before: Argument[];
  after: Argument[];
  unclear: boolean;
} {
  let index = 0;
  let unclear = false;
  while (index < args.length) {
    const { value, certainty } = args[index];
    if (certainty === 'words') unclear = true;
    if (!value.startsWith('-') || value === '-' || certainty === 'words') break;
    if (value === '--') {
      index += 1;
      break;
    }
    const long = value.startsWith('--');
    const name = long ? value.slice(2) : value.slice(1);
    const takesNext =
      !value.includes('=') && !FLAGS.has(name) && (long || name.length === 1);
    if (takesNext && args[index + 1]?.certainty === 'words') unclear = true;
    index += takesNext ? 2 : 1;
  }
  return {
    verb: args[index],
    before: args.slice(0, index),
    after: args.slice(index + 1),
    unclear,
  };
}

/** The options of one kubectl verb, those in front of the verb included. */
export function kubectlOptions(
  verb: string,
  args: readonly Argument[],
): Options {
  return parseOptions(args, { values: optionsWithValues(verb) });
}

const knownVerbs = new Map<string, string>();

/** Which options of a verb take a value, as `OptionSpec.values`. */
function optionsWithValues(verb: string): string {
  const key = Object.hasOwn(SHORT_VALUES, verb) ? verb : '';
  let values = knownVerbs.get(key);
  if (values === undefined) {
    const short = key === '' ? DEFAULT_SHORT : SHORT_VALUES[key];
    values = COMMON_VALUES.split(' ')
      .filter(
        name => name.length > 1 || ['n', 's', 'v', 'o', 'L'].includes(name),
      )
      .concat(short.split(' '))
      .filter(name => !(verb === 'logs' && name === 'p'))
      .join(' ');
    knownVerbs.set(key, values);
  }
  return values;
}
