import type { Options } from '../../shell/effects/options';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import { kubectlWordsOf, programOf } from './kubectlWords';

/** Verbs that open no file but by the options below. */
const VERBS = new Set(
  (
    'get describe logs top rollout scale patch apply create delete label annotate set expose autoscale cordon uncordon ' +
    'drain taint wait exec cp port-forward auth version cluster-info api-resources api-versions explain events run ' +
    'replace diff'
  ).split(' '),
);

const FILES = new Set(
  'filename f from-file from-env-file patch-file cert key'.split(' '),
);

/** The folder is only the first: what stands in it names others. */
const BUILDS = new Set(['kustomize', 'k']);

/** Options whose value is a name, a number, a text of its own: never the path of a file. */
const VALUES = new Set(
  (
    'namespace n context cluster selector l field-selector sort-by field-manager chunk-size label-columns L subresource ' +
    'type raw timeout request-timeout revision to-revision tail since since-time limit-bytes container c replicas ' +
    'current-replicas resource-version grace-period image port target-port protocol name patch p for pod-selector verb ' +
    'resource user group serviceaccount role clusterrole from-literal overrides labels env e limits requests min max ' +
    'cpu-percent schedule restart from keys value hard cascade dry-run pod-running-timeout max-log-requests v as as-group'
  ).split(' '),
);

const FLAGS = new Set(
  (
    'A all-namespaces w watch watch-only show-labels show-kind no-headers ignore-not-found server-side force ' +
    'force-conflicts overwrite all prefix timestamps previous follow ignore-daemonsets delete-emptydir-data ' +
    'disable-eviction recursive R now wait rm i t it stdin tty quiet q record save-config allow-missing-template-keys ' +
    'list local show-managed-fields containers client short validate insecure-skip-tls-verify-backend'
  ).split(' '),
);

/** Forms of output whose text stands in the option itself: `jsonpath-file=x` is none. */
const OUTPUT =
  /^(?:json|yaml|name|wide|(?:jsonpath|jsonpath-as-json|custom-columns|go-template)=[\s\S]*)$/;

/** The words of a call of kubectl that name files; undefined where it may open others. */
export function filesOfKubectl(
  call: SeenCall,
): readonly Argument[] | undefined {
  const kubectl = kubectlWordsOf(call);
  if (!kubectl) return undefined;
  const { verb, options, operands, unclear } = kubectl;
  if (unclear || options.unclear || !VERBS.has(verb.value)) return undefined;
  const named = options.given.flatMap(one => filesOf(one, verb.value));
  if (named.some(one => one === undefined)) return undefined;
  const words = named as Argument[];
  return verb.value === 'cp' ? [...words, ...operands] : words;
}

/** Whether a call of kubectl surely writes no file, though it may open others than its words name (`-k`). */
export function leavesFiles(call: SeenCall): boolean {
  const kubectl = kubectlWordsOf(call);
  if (!kubectl || !/^(?:kubectl|k)$/.test(programOf(call))) return false;
  const { verb, options, unclear } = kubectl;
  return (
    !unclear &&
    !options.unclear &&
    VERBS.has(verb.value) &&
    verb.value !== 'cp' &&
    options.given.every(
      one =>
        BUILDS.has(one.name) || !filesOf(one, verb.value).includes(undefined),
    )
  );
}

function filesOf(
  { name, value }: Options['given'][number],
  verb: string,
): Array<Argument | undefined> {
  // Of logs it follows, and of a patch `-p` is its text.
  if (verb === 'logs' && /^[fp]$/.test(name)) return [];
  if (name === 'output' || name === 'o') {
    const form = value?.certainty === 'exact' ? value.value : value?.begins;
    return form !== undefined && OUTPUT.test(form) ? [] : [undefined];
  }
  if (FILES.has(name)) return [value];
  if (VALUES.has(name)) {
    // A word like an option may be one: then this list and kubectl's differ.
    return value?.value.startsWith('-') && !/^-\d+$/.test(value.value)
      ? [undefined]
      : [];
  }
  return FLAGS.has(name) ? [] : [undefined];
}
