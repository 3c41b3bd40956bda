/**
 * What a step would change in the cluster, as a server-side dry run of it told. It changes nothing, and it is true of
 * each write by itself: what one write would make of another is not in it.
 *
 * - `creates`: it would only create objects.
 * - `changes`: it would change or delete objects, and perhaps create some.
 * - `changes-nothing`: every write that it would make leaves its object as it is, or it would make none.
 * - `refused`: the API server or the gateway would refuse a write; `because` is its message.
 * - `not-possible`: a dry run of such a step would tell something untrue; `because` says why.
 * - `failed`: the dry run itself did not come to its end: the cluster was away, or it took too long.
 *
 * @public
 */
export type Preview =
  | {
      outcome: 'creates' | 'changes';
      /**
       * By how much they matter: those that are deleted first. An object that is written more than once stands here
       * once for each of its writes, in their order: the step may leave out any of them.
       */
      objects: ObjectPreview[];
      /** So many more writes of objects, beyond what is shown. */
      more?: number;
      notes: string[];
      /** The dry run waited for what does not happen in one: what the step does after that is not in it. */
      cutShort?: true;
      /** Hex SHA-256 of all that was found, shown or not, without hidden values and moments of the dry run. */
      digest: string;
    }
  | { outcome: 'changes-nothing'; notes: string[]; cutShort?: true }
  | { outcome: 'refused' | 'not-possible' | 'failed'; because: string };

/** What one write would make of an object. @public */
export interface ObjectPreview {
  change: 'create' | 'change' | 'delete';
  object: {
    kind: string;
    /** '' for the core group. */
    group: string;
    /** '' for an object in no namespace. */
    namespace: string;
    name: string;
  };
  /** The one thing that people look for: `2 → 4 replicas`, `image web:1 → web:2`. */
  headline?: string;
  /** In the order of the object. None for a deletion. */
  fields: FieldPreview[];
  /** So many more fields, beyond what is shown. */
  more?: number;
}

/** One field before and after. A field that would come has no `before`, one that would go no `after`. @public */
export interface FieldPreview {
  /** `spec.replicas`, `spec.template.spec.containers[web].image`, `metadata.annotations["a.io/b"]`. */
  path: string;
  before?: string;
  after?: string;
  /** That it differs is all that is told: values of Secrets, and what looks like a credential. */
  hidden?: true;
}
