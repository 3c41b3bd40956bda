import type { ClusterObject } from '../health/kubernetesObjects';
import type { LabelRequirement } from '../health/labelSelector';
import type { EntityRef } from '../time';

/** An object that an entity has; `*` stands for whatever could not be told. @public */
export interface ClaimedObject {
  /** '' for the core group. */
  group: string;
  /** In the plural, as in RBAC. */
  resource: string;
  namespace: string;
  name: string;
}

/**
 * What one entity has in one namespace, as catalog and cluster say it at one moment.
 *
 * Its card says by annotations where its objects are. Anybody can write a card, so a card gives no right to what it
 * claims; it is a reason to ask its owner.
 *
 * @public
 */
export interface NamespaceClaim {
  entityRef: EntityRef;
  namespace: string;
  objects: ClaimedObject[];
}

/** What was read of one namespace, before it is said whose it is. @public */
export interface NamespaceFacts {
  namespace: string;
  /** Entities whose cards may mean objects of this namespace. */
  entities: Array<{ entityRef: EntityRef; requirements: LabelRequirement[] }>;
  objects: FoundObject[];
  /** Kinds that could not be read as a whole: one of their objects may be anybody's who is there. */
  unread: Array<{ group: string; resource: string }>;
}

/** An object with the kind that it was listed as; of Secrets and ConfigMaps only its metadata. @public */
export interface FoundObject {
  group: string;
  resource: string;
  object: ClusterObject & { spec?: unknown };
}
