import {
  isAboutSecrets,
  type ResourceRequest,
} from '../../gateway/RequestInfo';
import { type ApiRequest, infoOf } from '../../shell/effects/apiRequest';
import type { SeenCall } from '../../shell/judgeCall';
import type { Argument } from '../../shell/words';
import type { SecretName, SecretReads } from '../model';
import { type KubectlWords, kubectlWordsOf, programOf } from './kubectlWords';
import { isNamed, mayBeOption } from './mayBeOption';
import { namespaceOf } from './namespaceOf';
import { startsOthers } from './startsOthers';

const LOOKS_AT_OBJECTS = new Set(['get', 'describe', 'wait']);

/** With these kubectl chooses objects by something else than their names. */
const CHOOSES_MORE =
  'raw selector l field-selector all all-namespaces A kustomize k'.split(' ');

const NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** The Secrets that helm keeps its releases in. */
export const HELM_RELEASES = 'helm.sh/release.v1';

const NONE: SecretReads = { kind: 'none' };
const ANY: SecretReads = { kind: 'any' };

/**
 * The Secret data that calls may read. A list of Secrets without their data is none; a kind that is not known may be
 * Secrets, and a word that is read or printed by another program may be an option that shows their data; a call that
 * cannot be told may read any. Where every call that reads some names its Secrets, these and no
 * others.
 */
export function secretReadsOf(
  calls: readonly SeenCall[],
  defaultNamespace: string,
): SecretReads {
  const all = calls
    .map(call => ofCall(call, defaultNamespace))
    .filter(one => one.kind !== 'none');
  if (all.length === 0) return NONE;
  const types = all.flatMap(one => (one.kind === 'of-types' ? one.types : []));
  if (all.every(one => one.kind === 'of-types'))
    return { kind: 'of-types', types: [...new Set(types)].sort() };
  return all.every(one => one.kind === 'named')
    ? { kind: 'named', names: inOrder(all.flatMap(one => one.names)) }
    : ANY;
}

function inOrder(names: readonly SecretName[]): SecretName[] {
  const byKey = new Map(
    names.map(one => [`${one.namespace}/${one.name}`, one]),
  );
  return [...byKey.keys()].sort().map(key => byKey.get(key)!);
}

function ofCall(call: SeenCall, defaultNamespace: string): SecretReads {
  if (call.where === 'there') return call.verdict.secrets ? ANY : NONE;
  const kubectl = kubectlWordsOf(call);
  // What runs inside a pod reads no Secret through the gateway.
  if (kubectl && !kubectl.unclear && kubectl.verb.value === 'exec') return NONE;
  if (call.verdict.effect === 'unknown') return ANY;
  // Whoever runs a pod reads what it is given.
  if (call.verdict.givesSecrets) return ANY;
  const { requests } = call.verdict;
  if (requests) return ofRequests(requests);
  if (kubectl) {
    if (!ofKubectl(kubectl, call)) return NONE;
    const names = namesIn(kubectl, call, defaultNamespace);
    return names ? { kind: 'named', names: [...names] } : ANY;
  }
  const program = programOf(call);
  if (program === 'helm' || program === 'helmfile') return ofHelm(call);
  if (startsOthers(call)) return NONE;
  if (/^(?:curl|wget)$/.test(program) && call.args.some(mayAskForSecrets))
    return ANY;
  return call.verdict.secrets || call.verdict.writes === undefined ? ANY : NONE;
}

/** Of what is asked by its path: one name, or all. */
function ofRequests(requests: readonly ApiRequest[]): SecretReads {
  const about = requests
    .map(infoOf)
    .filter(
      (info): info is ResourceRequest =>
        info.kind === 'resource' &&
        (isAboutSecrets(info) || info.subresource === 'token'),
    );
  if (about.length === 0) return NONE;
  const names = about.every(isAboutSecrets) ? allNamed(about) : undefined;
  return names
    ? {
        kind: 'named',
        names: names.map(({ namespace, name }) => ({ namespace, name })),
      }
    : ANY;
}

/** A URL whose server is not known, so that it may be the API server. */
function mayAskForSecrets({ value, certainty }: Argument): boolean {
  return certainty !== 'exact' && /\/secrets\b/.test(value);
}

/** Verbs of kubectl that fetch no whole objects of the kinds that they are given. */
const WITHOUT_OBJECTS = new Set(
  (
    'logs exec cp attach port-forward proxy top rollout scale autoscale expose explain version options completion ' +
    'plugin config auth api-resources api-versions cluster-info events cordon uncordon drain taint run debug ' +
    'certificate kustomize'
  ).split(' '),
);

function ofKubectl(words: KubectlWords, call: SeenCall): boolean {
  const { verb, options, operands, unclear } = words;
  if (unclear || options.unclear) return true;
  if (options.has('raw')) {
    const path = options.value('raw');
    return !path || path.certainty !== 'exact' || /secrets/i.test(path.value);
  }
  if (WITHOUT_OBJECTS.has(verb.value)) return false;
  // Whoever approves a change sees its words; of what only looks nobody is asked.
  if (call.verdict.effect === 'read' && mayHoldOptions(words)) return true;
  const isOfClient = rehearsesAlone(words);
  if (options.has('filename', 'f', 'kustomize', 'k')) {
    const writes = writtenBy(call);
    const isListed = writes && writes.length > 0;
    return (
      !(isOfClient && verb.value === 'create') &&
      (isListed
        ? writes.some(one => one.resource === 'secrets')
        : !rehearsesUnseen(words, call))
    );
  }
  if (verb.value === 'get' && !showsData(words)) return false;
  if (verb.value === 'create')
    return /^secrets?$|^token$/i.test(operands[0]?.value ?? '') && !isOfClient;
  const kinds = operands.filter(
    (one, index) => index === 0 || one.value.includes('/'),
  );
  return kinds.some(mayBeSecrets);
}

/**
 * Whether a word that is known only when it runs may be an option, or hold some: what is shown may then be all of the
 * objects, or the answer to a path.
 */
function mayHoldOptions({ options, operands }: KubectlWords): boolean {
  return (
    operands.some(mayBeOption) ||
    options.given.some(one => one.value?.certainty === 'words' || !isNamed(one))
  );
}

/** What a call writes, or would if it were no dry run. */
function writtenBy({ verdict }: SeenCall) {
  return verdict.rehearses ?? verdict.writes;
}

/** A dry run, or a diff, of manifests that cannot be told before: the gateway refuses it of a Secret, whatever was approved. */
function rehearsesUnseen({ verb }: KubectlWords, { verdict }: SeenCall) {
  return verdict.effect === 'read' && !LOOKS_AT_OBJECTS.has(verb.value);
}

/** A dry run that asks the API server nothing of the object. */
function rehearsesAlone({ options, operands }: KubectlWords): boolean {
  const how = options.value('dry-run');
  return (
    how?.certainty === 'exact' &&
    how.value === 'client' &&
    operands[0]?.value !== 'token'
  );
}

/** Only for its own tables kubectl asks for no whole objects: of `-o name` the gateway sees what it sees of `-o yaml`. */
function showsData({ options }: KubectlWords): boolean {
  if (options.has('template', 'sort-by', 'output-watch-events')) return true;
  const outputs = options.all('output', 'o');
  return outputs.some(
    ({ value }) =>
      value !== undefined &&
      !(value.certainty === 'exact' && /^(?:wide|)$/.test(value.value)),
  );
}

function mayBeSecrets(kind: Argument): boolean {
  if (kind.certainty !== 'exact' && !kind.alternatives) {
    // `pod/$NAME`: the kind is written.
    const written = /^([A-Za-z][\w.-]*)\//.exec(kind.value);
    return !written || isSecrets(written[1]);
  }
  return [kind.value, ...(kind.alternatives ?? [])].some(text =>
    text.split(',').some(one => isSecrets(one.split('/')[0])),
  );
}

/** `secret`, `Secrets`, `secrets.v1`, `secrets.v1.`; and what other operators keep secrets in. */
function isSecrets(kind: string): boolean {
  return /^(?:external|sealed)?secrets?(?:\.|$)/i.test(kind);
}

/** The Secrets that a call of kubectl is about, where it is about these and no others; undefined where that is not sure. */
function namesIn(
  words: KubectlWords,
  call: SeenCall,
  defaultNamespace: string,
): readonly SecretName[] | undefined {
  const { verb, options } = words;
  const isClear = !words.unclear && !options.unclear && !mayHoldOptions(words);
  if (!isClear || options.has(...CHOOSES_MORE)) return undefined;
  const written = (writtenBy(call) ?? []).filter(
    one => one.resource === 'secrets',
  );
  if (written.length > 0)
    return allNamed(
      written.map(({ namespace = defaultNamespace, name, verb: does }) => ({
        namespace,
        name: does === 'deletecollection' ? '*' : name,
      })),
    );
  const namespace = namespaceOf(call, defaultNamespace);
  const names =
    verb.value !== 'wait' &&
    LOOKS_AT_OBJECTS.has(verb.value) &&
    !options.has('filename', 'f')
      ? namesOfSecrets(words.operands)
      : undefined;
  return names && namespace !== undefined
    ? allNamed(names.map(name => ({ namespace, name })))
    : undefined;
}

function allNamed<T extends SecretName>(
  names: readonly T[],
): readonly T[] | undefined {
  return names.length > 0 &&
    names.every(one => NAME.test(one.namespace) && NAME.test(one.name))
    ? names
    : undefined;
}

//   secret db cache      secret,cm db      secret/db pod/web
/** The names of the Secrets among operands; undefined where one is not known or no name is given. */
function namesOfSecrets(operands: readonly Argument[]): string[] | undefined {
  const texts = operands.map(textsOf);
  const [kinds, ...names] = texts;
  const isSlashed = texts.every(one => one?.every(text => text.includes('/')));
  if (isSlashed) {
    const paths = texts
      .flatMap(one => one ?? [])
      .map(text => text.split('/'))
      .filter(([kind]) => isSecrets(kind));
    return paths.every(([kind]) => isOfKubernetes(kind))
      ? paths.map(([, ...name]) => name.join('/'))
      : undefined;
  }
  const isPlain =
    kinds?.every(text =>
      text.split(',').every(one => !isSecrets(one) || isOfKubernetes(one)),
    ) &&
    names.length > 0 &&
    names.every(one => one !== undefined);
  return isPlain ? names.flatMap(one => one ?? []) : undefined;
}

function textsOf({ value, certainty, alternatives }: Argument) {
  return certainty === 'exact' ? [value] : alternatives;
}

function isOfKubernetes(kind: string): boolean {
  return /^secrets?(?:\.v1)?\.?$/i.test(kind);
}

const HELM_WITHOUT_RELEASES = new Set(
  (
    'template lint show search version env completion help repo create package pull fetch dependency dep inspect ' +
    'verify registry plugin push'
  ).split(' '),
);

function ofHelm(call: SeenCall): SecretReads {
  const verb = call.args
    .slice(1)
    .find(one => HELM_WITHOUT_RELEASES.has(one.value));
  const first = call.args.slice(1).find(one => !one.value.startsWith('-'));
  if (!first || (verb && verb === first)) return NONE;
  return { kind: 'of-types', types: [HELM_RELEASES] };
}
