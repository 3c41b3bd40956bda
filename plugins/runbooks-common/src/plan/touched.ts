import type { OwnedObject } from './entitiesWritten';
import type { WrittenPlace } from './writesLetThrough';

/** An object, or all of a namespace where the name is undefined. */
export interface Touched {
  namespace: string;
  object?: OwnedObject;
  /** Where nobody has it, it may be of anybody there. Undefined: where it is there and gives data. */
  isAnybodys?: boolean;
  /** Not an object by its name, but those that fit. */
  fits?(had: OwnedObject): boolean;
}

/** A place that is written. */
export function touchedAt({ namespace, object }: WrittenPlace): Touched {
  return object && namespace !== '*'
    ? {
        namespace,
        object: {
          namespace,
          group: object.group,
          resource: object.resource,
          name: object.name,
        },
      }
    : { namespace };
}

/** Whether what an entity has is that object, or may be: `*` stands for what could not be told. */
export function isSame(
  had: OwnedObject,
  object: Pick<OwnedObject, 'group' | 'resource' | 'namespace' | 'name'>,
): boolean {
  const isOrMayBe = (known: string, asked: string) =>
    known === '*' || known === asked;
  return (
    isOrMayBe(had.group, object.group) &&
    isOrMayBe(had.resource, object.resource) &&
    had.namespace === object.namespace &&
    isOrMayBe(had.name, object.name)
  );
}
