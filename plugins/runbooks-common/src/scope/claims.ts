import type { ClusterObject } from '../health/kubernetesObjects';
import type { LabelRequirement } from '../health/labelSelector';
import type { EntityRef } from '../time';

/**
 * What was read of one namespace, before it is said whose it is.
 *
 * An entity's card says by annotations where its objects are. Anybody can write a card, so a card gives no right to
 * what it claims; it is a reason to ask its owner.
 *
 * @public
 */
export interface NamespaceFacts {
  namespace: string;
  /** Entities whose cards may mean objects of this namespace. */
  entities: ClaimingEntity[];
  objects: FoundObject[];
  /** Kinds that could not be read as a whole: one of their objects may be anybody's who is there. */
  unread: Array<{ group: string; resource: string }>;
}

/** An entity with what its card says of its objects. @public */
export interface ClaimingEntity {
  entityRef: EntityRef;
  requirements: LabelRequirement[];
  /**
   * Which `backstage.io/kubernetes-id` its card says that its objects have, whatever else selects them. A claim, as the
   * selector is: an id confirms an object for the entity of that name, see `confirmedPlaces`.
   */
  id?: string;
  /** The operator gave it the namespace by its name. */
  isNamed?: boolean;
  /** What it says that it is a part of: those have its objects too where their cards say so. */
  partOf?: readonly EntityRef[];
}

/** The label by which an object itself says whose it is. @public */
export const ID_LABEL = 'backstage.io/kubernetes-id';

/** An object with the kind that it was listed as; of Secrets and ConfigMaps only its metadata. @public */
export interface FoundObject {
  group: string;
  resource: string;
  object: ClusterObject & { spec?: unknown };
}
