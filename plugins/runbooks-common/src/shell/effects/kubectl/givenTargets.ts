import type { Argument } from '../../words';
import type { KubectlCall } from './call';
import { describeObject, manifestsOf } from './givenManifests';
import { type KubectlTargets, targetsOf } from './targets';

/** The objects that a call names, itself or by the files that it is given. */
export interface GivenTargets extends KubectlTargets {
  /** Why the manifests among them cannot be read. */
  unread?: string;
  /** The kinds among them that are told, also where others are not. */
  kinds: string[];
}

/**
 * The objects that a call is about. Those of a file (`-f`, `-k`) count as if they were named; where the file cannot be
 * read, or the words choose among its objects, they are not known.
 *
 * @param operands - The words that name objects.
 */
export function givenTargets(
  kubectl: KubectlCall,
  operands: readonly Argument[],
): GivenTargets {
  const { options, scene } = kubectl;
  const named = targetsOf(operands, options, scene);
  if (!options.has('filename', 'f', 'kustomize', 'k'))
    return { ...named, kinds: kindsOf(named.objects ?? []) };
  const given = manifestsOf(kubectl);
  if (given?.kind !== 'read')
    return {
      ...named,
      says: 'the objects of a file',
      objects: undefined,
      kinds: [],
      ...(given ? { unread: given.because } : {}),
    };
  const { objects, isWhole } = given;
  const told = objects.flatMap(({ resource, name, namespace }) =>
    resource && name && /^[A-Za-z0-9._:-]+$/.test(name)
      ? { resource, name, ...(namespace === undefined ? {} : { namespace }) }
      : [],
  );
  const isTold =
    isWhole &&
    !options.unclear &&
    told.length === objects.length &&
    operands.length === 0 &&
    !options.has('all', 'selector', 'l', 'field-selector');
  return {
    ...named,
    says: objects.map(describeObject).join(', '),
    objects: isTold ? told : undefined,
    kinds: kindsOf(
      objects.flatMap(({ resource }) => (resource ? { resource } : [])),
    ),
  };
}

/** For people, behind the objects of a file that cannot be read. */
export function unreadManifest(because: string): string {
  return `which nobody can surely read as kubectl does (${because})`;
}

function kindsOf(
  objects: ReadonlyArray<
    Pick<NonNullable<KubectlTargets['objects']>[number], 'resource'>
  >,
): string[] {
  return objects.map(
    ({ resource: { group, resource } }) => `${group}/${resource}`,
  );
}
