import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  isNamespaceName,
  parseLabelSelector,
  requirementsOf,
  type EntitySelection,
  type ObjectSelector,
} from '@backstage-runbooks/plugin-runbooks-common';

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';
const NAMESPACE = 'backstage.io/kubernetes-namespace';
const CLUSTER = 'backstage.io/kubernetes-cluster';

/** Kinds whose health is that of their parts. */
const KINDS_WITH_PARTS = ['system', 'domain', 'group'];

/**
 * How an entity's objects are found: by the annotations of Backstage's Kubernetes plugin.
 *
 * `backstage.io/kubernetes-label-selector` comes before `backstage.io/kubernetes-id`; with a namespace alone the id is
 * the entity's name. Nothing is guessed for an entity without any of them.
 *
 * @param parts - Entities whose objects are its own too, for one that has no annotation: of a system its components.
 */
export function selectObjects(
  entity: Entity,
  parts: Entity[] = [],
): EntitySelection {
  const own = selectorOf(entity);
  if (own.kind === 'found') {
    return { kind: 'selected', says: own.says, selectors: [own.selector] };
  }
  if (own.kind === 'broken') return { kind: 'not-annotated', says: own.says };

  const found = parts.flatMap(part => {
    const selection = selectorOf(part);
    return selection.kind === 'found'
      ? [{ name: part.metadata.name, selector: selection.selector }]
      : [];
  });
  if (found.length > 0) {
    return {
      kind: 'selected',
      says: `Objects of its parts: ${found.map(({ name }) => name).join(', ')}`,
      selectors: found.map(({ selector }) => selector),
    };
  }
  return { kind: 'not-annotated', says: howToAnnotate(entity, parts) };
}

/** Whether the entity's health is that of its parts, so that they must be looked up. */
export function needsParts(entity: Entity): boolean {
  return (
    KINDS_WITH_PARTS.includes(entity.kind.toLocaleLowerCase('en-US')) &&
    selectorOf(entity).kind === 'none'
  );
}

type Selected =
  | { kind: 'none' }
  | { kind: 'broken'; says: string }
  | { kind: 'found'; says: string; selector: ObjectSelector };

function selectorOf(entity: Entity): Selected {
  const annotations = entity.metadata.annotations ?? {};
  const namespace = annotations[NAMESPACE]?.trim() || undefined;
  const cluster = annotations[CLUSTER]?.trim() || undefined;
  if (namespace !== undefined && !isNamespaceName(namespace))
    return {
      kind: 'broken',
      says: `The annotation ${NAMESPACE}: '${namespace}' is no name of a namespace, expected one such as fintech-services`,
    };
  const place = [
    namespace ? `in namespace ${namespace}` : 'in all namespaces',
    ...(cluster ? [`of cluster ${cluster}`] : []),
  ].join(' ');

  const selector = annotations[SELECTOR]?.trim();
  if (selector) {
    const reading = parseLabelSelector(selector);
    return reading.ok
      ? {
          kind: 'found',
          says: `Objects with ${selector} ${place}`,
          selector: { cluster, namespace, requirements: reading.requirements },
        }
      : {
          kind: 'broken',
          says: `The annotation ${SELECTOR}: ${reading.message}`,
        };
  }
  const id =
    annotations[ID]?.trim() || (namespace ? entity.metadata.name : undefined);
  return id
    ? {
        kind: 'found',
        says: `Objects labelled ${ID}=${id} ${place}`,
        selector: {
          cluster,
          namespace,
          requirements: requirementsOf({ [ID]: id }),
        },
      }
    : { kind: 'none' };
}

function howToAnnotate(entity: Entity, parts: Entity[]): string {
  const ref = stringifyEntityRef(entity);
  if (KINDS_WITH_PARTS.includes(entity.kind.toLocaleLowerCase('en-US'))) {
    return parts.length > 0
      ? `None of the ${parts.length} parts of ${ref} is annotated with ${ID} or ${SELECTOR}`
      : `${ref} has no parts whose health could be shown`;
  }
  return `Annotate ${ref} with ${ID}: ${entity.metadata.name} and label its Kubernetes objects with ${ID}=${entity.metadata.name}, or name a selector in ${SELECTOR}`;
}
