import { actsOn, EVERYBODY } from '../../../gateway/actsOn';
import type { ActsOn } from '../../../gateway/actsOnModel';
import { actsOfOperation } from '../../../gateway/actsOnProblem';
import type { JsonPatchOperation } from '../../../gateway/requestBody';
import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import type { Verdict } from '../verdict';
import type { KubectlCall } from './call';
import { isWaiting } from './lossOfPatch';
import { partOfObject } from './manifest';
import { resourceNamed } from './resources';
import { nameText, targetsOf } from './targets';

const NOBODY: ActsOn[] = [];
const CHANGING = new Set(['create', 'update', 'patch']);
/** Verbs that say nothing of others; what they change is named. */
const PLAIN_VERBS = new Set(
  'annotate scale rollout cordon uncordon taint drain certificate delete exec cp attach debug port-forward'.split(
    ' ',
  ),
);
/** Of `kubectl create`, kinds that say nothing of others. */
const PLAIN_KINDS =
  /^(?:configmaps?|cm|secrets?|serviceaccounts?|sa|namespaces?|ns|token|quota|resourcequotas?|poddisruptionbudgets?|pdb|roles?|rolebindings?|clusterroles?|clusterrolebindings?|priorityclass(?:es)?|pc|job|cronjob|cj)$/;
/** Labels of objects that nobody is found by. */
const FOUND_BY_LABELS = /^(?:pods|replicasets|endpointslices)$/;

/** A verdict whose writes say upon what they act besides, by the words of the call: everybody where that is not known. */
export function withActs(kubectl: KubectlCall, judged: Verdict): Verdict {
  return judged.writes === undefined
    ? judged
    : {
        ...judged,
        writes: judged.writes.map(write => withActsOf(kubectl, write)),
      };
}

function withActsOf(
  kubectl: KubectlCall,
  write: KubernetesWrite,
): KubernetesWrite {
  const isNamespaced = write.namespace !== '';
  if (write.actsOn || !CHANGING.has(write.verb) || !isNamespaced) return write;
  const acts = actsOfVerb(kubectl, write);
  return acts.length === 0 ? write : { ...write, actsOn: acts };
}

function actsOfVerb(kubectl: KubectlCall, write: KubernetesWrite): ActsOn[] {
  const { verb } = kubectl;
  if (verb === 'scale' && write.resource === 'statefulsets')
    return [
      write.name === '*' ? EVERYBODY : { kind: 'claims', set: write.name },
    ];
  if (PLAIN_VERBS.has(verb)) return NOBODY;
  switch (verb) {
    case 'label':
      return FOUND_BY_LABELS.test(write.resource) ? [EVERYBODY] : NOBODY;
    case 'patch':
      return actsOfPatch(kubectl, write);
    case 'set':
      return actsOfSet(kubectl);
    case 'autoscale':
      return named(kubectl, 'object');
    case 'expose':
      return kubectl.options.has('overrides') || kubectl.options.unclear
        ? [EVERYBODY]
        : named(kubectl, 'pods-of');
    case 'create':
      return actsOfCreate(kubectl);
    case 'run':
      return actsOfRun(kubectl);
    default:
      return [EVERYBODY];
  }
}

function named(
  { operands, options, scene }: KubectlCall,
  kind: 'object' | 'pods-of',
): ActsOn[] {
  const { objects } = targetsOf(operands, options, scene);
  if (!objects || options.has('filename', 'f', 'selector', 'l'))
    return [EVERYBODY];
  return objects.map(({ resource: { group, resource }, name }) => ({
    kind,
    group,
    resource,
    name,
  }));
}

function actsOfPatch(
  { options, scene }: KubectlCall,
  { group, resource, name }: KubernetesWrite,
): ActsOn[] {
  const kind = `${group}/${resource}`;
  const given = options.all('patch', 'p').map(({ value }) => value);
  const files = options
    .all('patch-file')
    .flatMap(({ value }) => (value && scene.filesAt?.(value, scene)) ?? []);
  const texts = [
    ...files.map(({ text }) => text),
    ...given.flatMap(word => (word?.certainty === 'exact' ? word.value : [])),
  ];
  const isKnown =
    texts.length > 0 &&
    !options.unclear &&
    files.length === options.all('patch-file').length &&
    given.every(
      word => word && (word.certainty === 'exact' || isWaiting(word)),
    );
  if (!isKnown)
    return given.length > 0 && given.every(word => word && isWaiting(word))
      ? NOBODY
      : [EVERYBODY];
  return texts.flatMap(text => {
    const part = partOfObject(text);
    if (part === undefined) return [EVERYBODY];
    return Array.isArray(part)
      ? part.flatMap(one =>
          actsOfOperation(kind, one as JsonPatchOperation, name),
        )
      : actsOn(kind, part, { name, isPart: true });
  });
}

function actsOfSet({ operands, options }: KubectlCall): ActsOn[] {
  const part = operands[0]?.value ?? '';
  if (options.unclear) return [EVERYBODY];
  switch (part) {
    case 'image':
    case 'resources':
      return NOBODY;
    case 'env':
      return options.all('from').map(({ value }) => object(value));
    case 'serviceaccount':
    case 'sa': {
      const account = operands[operands.length - 1];
      return account?.certainty === 'exact' && account.value !== ''
        ? [
            {
              kind: 'object',
              group: '',
              resource: 'serviceaccounts',
              name: account.value,
            },
          ]
        : [EVERYBODY];
    }
    default:
      return [EVERYBODY];
  }
}

/** `configmap/settings`. */
function object(
  word: Argument | undefined,
  kind: 'object' | 'pods-of' = 'object',
): ActsOn {
  if (word?.certainty !== 'exact') return EVERYBODY;
  const [type, name, more] = word.value.split('/');
  const resource = resourceNamed(type);
  return resource && name && more === undefined
    ? { kind, group: resource.group, resource: resource.resource, name }
    : EVERYBODY;
}

function actsOfCreate(kubectl: KubectlCall): ActsOn[] {
  const { operands, options } = kubectl;
  const type = operands[0]?.value ?? '';
  if (options.unclear || operands[0]?.certainty !== 'exact') return [EVERYBODY];
  if (options.has('from'))
    return options.all('from').map(({ value }) => object(value, 'pods-of'));
  if (PLAIN_KINDS.test(type)) return NOBODY;
  switch (type) {
    case 'deployment':
    case 'deploy':
    case 'dep':
      return [
        ...onLabel(kubectl, 'pods', operands[1]),
        ...onLabel(kubectl, 'selected', operands[1]),
      ];
    case 'service':
    case 'svc':
      return operands[1]?.value === 'externalname'
        ? [EVERYBODY]
        : onLabel(kubectl, 'selected', operands[2]);
    case 'ingress':
    case 'ing':
      return actsOfIngress(kubectl);
    default:
      return [EVERYBODY];
  }
}

/** kubectl gives it the label `app`, which holds its name. */
function onLabel(
  { scene }: KubectlCall,
  kind: 'pods' | 'selected',
  name: Argument | undefined,
): ActsOn[] {
  return name && name.certainty !== 'words' && !name.unresolved
    ? [{ kind, labels: { app: nameText(name, scene) } }]
    : [EVERYBODY];
}

const RULE =
  /^([a-z0-9][a-z0-9.-]*)\/[^=,]*=([a-z0-9-]+):[\w-]+(?:,tls(?:=([\w.-]+))?)?$/;

//   --rule=shop.example.com/path*=web:80,tls=cert
function actsOfIngress({ options }: KubectlCall): ActsOn[] {
  if (options.has('default-backend', 'overrides')) return [EVERYBODY];
  return options.all('rule').flatMap(({ value }): ActsOn[] => {
    const [rule, host, service, secret] =
      (value?.certainty === 'exact' && RULE.exec(value.value)) || [];
    if (rule === undefined) return [EVERYBODY];
    return [
      { kind: 'host', name: host },
      { kind: 'object', group: '', resource: 'services', name: service },
      ...(secret === undefined
        ? []
        : [
            {
              kind: 'object' as const,
              group: '',
              resource: 'secrets',
              name: secret,
            },
          ]),
    ];
  });
}

function actsOfRun({ operands, options, scene }: KubectlCall): ActsOn[] {
  const [name] = operands;
  if (options.unclear || !name || name.certainty === 'words')
    return [EVERYBODY];
  const labels = options.value('labels', 'l');
  const given = labels
    ? labels.certainty === 'exact' && labelsIn(labels.value)
    : { run: nameText(name, scene) };
  if (!given) return [EVERYBODY];
  const account = options.value('serviceaccount');
  const over = options.all('overrides').flatMap(({ value }) => {
    const part =
      value?.certainty === 'exact' ? partOfObject(value.value) : undefined;
    return part && !Array.isArray(part) ? actsOn('/pods', part) : [EVERYBODY];
  });
  return [
    { kind: 'pods', labels: given },
    { kind: 'selected', labels: given },
    ...(account ? [object({ ...account, value: `sa/${account.value}` })] : []),
    ...over,
  ];
}

/** `a=b,c=d`. */
function labelsIn(text: string): Record<string, string> | undefined {
  const pairs = text.split(',').map(one => one.split('='));
  return pairs.every(pair => pair.length === 2)
    ? Object.fromEntries(pairs)
    : undefined;
}
