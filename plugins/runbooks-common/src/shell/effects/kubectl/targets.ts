import type { KubernetesWrite } from '../../model';
import type { Argument } from '../../words';
import { type KubernetesResource, resourceNamed } from './resources';
import type { Options } from '../options';
import type { Scene } from '../scene';

/** The objects that a kubectl command is about. */
export interface KubectlTargets {
  /** In words: "deployment auth-service in fintech". */
  says: string;
  /** Undefined where the resource or a name cannot be told. */
  objects?: Array<{
    resource: KubernetesResource;
    name: string;
    selector?: string;
    /** Where it names one itself, as a manifest may. */
    namespace?: string;
  }>;
  /** Words of resource types as written: `pods`, `secret`. */
  types: string[];
  /** Every name is in the text or a placeholder. */
  namesKnown: boolean;
  /** Chosen by `--all`, a selector or nothing at all. */
  many: boolean;
}

/** Reads `TYPE NAME...`, `TYPE/NAME...`, `TYPE -l selector` and `TYPE --all`. */
export function targetsOf(
  operands: readonly Argument[],
  options: Options,
  scene: Scene,
): KubectlTargets {
  const selector = options.value('selector', 'l');
  const fieldSelector = options.value('field-selector');
  const all = options.has('all');
  const slashed =
    operands.length > 0 && operands.every(one => one.value.includes('/'));
  const types = slashed
    ? [...new Set(operands.map(one => one.value.split('/')[0]))]
    : (operands[0]?.value ?? '').split(',');
  const names = slashed ? operands : operands.slice(1);
  const many = names.length === 0;
  const objects = slashed
    ? slashedObjects(operands, scene)
    : typedObjects(operands[0], names, scene, selector ?? fieldSelector);
  return {
    says: describe(
      { types, names, slashed, all, selector, fieldSelector },
      options,
      scene,
    ),
    objects: options.unclear ? undefined : objects,
    types: types.map(type => scene.show(type)),
    namesKnown: names.every(one => one.certainty !== 'words'),
    many,
  };
}

/** The namespace that the options name: undefined for the default one, `*` for all. */
export function namespaceOf(
  options: Options,
  scene: Scene,
): string | undefined {
  const namespace = options.value('namespace', 'n');
  if (options.has('all-namespaces', 'A')) return '*';
  return namespace ? nameText(namespace, scene) : undefined;
}

/** Writes of one verb on all targets. */
export function writesOn(
  targets: KubectlTargets,
  verb: string,
  subresource: string,
  options: Options,
  scene: Scene,
): KubernetesWrite[] | undefined {
  const given = namespaceOf(options, scene);
  return targets.objects?.map(({ resource, name, selector, namespace }) => ({
    verb,
    group: resource.group,
    resource: resource.resource,
    subresource,
    namespace: resource.namespaced ? namespace ?? given : '',
    name,
    ...(selector === undefined ? {} : { selector }),
  }));
}

/** A name for people and for the list of writes; variables as `${NAME}`. */
export function nameText(argument: Argument, scene: Scene): string {
  const pieces = scene
    .show(argument.value)
    .replace(/\$([A-Za-z_]\w*)/g, '${$1}')
    .split('}');
  const last = pieces.pop() ?? '';
  const closed = pieces.map(
    piece => `${piece.replace(/\$\{([A-Za-z_]\w*):?[-=?][\s\S]*$/, '${$1')}}`,
  );
  return closed.join('') + last;
}

function slashedObjects(
  operands: readonly Argument[],
  scene: Scene,
): KubectlTargets['objects'] {
  const objects: NonNullable<KubectlTargets['objects']> = [];
  for (const operand of operands) {
    for (const text of operand.alternatives ?? [nameText(operand, scene)]) {
      const [type, name, more] = text.split('/');
      const resource = /^[A-Za-z0-9.-]+$/.test(type)
        ? resourceNamed(type)
        : undefined;
      if (
        !resource ||
        more !== undefined ||
        operand.certainty === 'words' ||
        operand.unresolved
      )
        return undefined;
      if (!isKnownName(name)) return undefined;
      objects.push({ resource, name });
    }
  }
  return objects;
}

function typedObjects(
  type: Argument | undefined,
  names: readonly Argument[],
  scene: Scene,
  selector: Argument | undefined,
): KubectlTargets['objects'] {
  if (!type || type.certainty !== 'exact') return undefined;
  const objects: NonNullable<KubectlTargets['objects']> = [];
  for (const word of type.value.split(',')) {
    const resource = resourceNamed(word);
    if (!resource) return undefined;
    if (names.length === 0) {
      objects.push({
        resource,
        name: '*',
        ...(selector ? { selector: nameText(selector, scene) } : {}),
      });
      continue;
    }
    for (const name of names) {
      if (name.certainty === 'words' || name.unresolved) return undefined;
      for (const text of name.alternatives ?? [nameText(name, scene)]) {
        if (!isKnownName(text)) return undefined;
        objects.push({ resource, name: text });
      }
    }
  }
  return objects;
}

/** A name, perhaps with `${PARAMETER}` in it, but without `$(...)` or anything else that is worked out later. */
function isKnownName(name: string): boolean {
  return /^(?:[A-Za-z0-9._:-]|\$\{[A-Za-z_]\w*\})+$/.test(name);
}

function describe(
  words: {
    types: string[];
    names: readonly Argument[];
    slashed: boolean;
    all: boolean;
    selector?: Argument;
    fieldSelector?: Argument;
  },
  options: Options,
  scene: Scene,
): string {
  const names = words.names
    .flatMap(one => one.alternatives ?? [scene.show(one.value)])
    .join(' ');
  const type = scene.show(words.types.join(','));
  const where = options.has('all-namespaces', 'A')
    ? ' in all namespaces'
    : suffix(' in ', options.value('namespace', 'n'), scene);
  if (names !== '') return `${words.slashed ? '' : `${type} `}${names}${where}`;
  const chosen = suffix(' with ', words.selector ?? words.fieldSelector, scene);
  const every = words.all && chosen === '' ? 'all ' : '';
  return `${every}${type || 'what it is given'}${chosen}${where}`;
}

function suffix(
  before: string,
  argument: Argument | undefined,
  scene: Scene,
): string {
  return argument ? `${before}${scene.show(argument.value)}` : '';
}
