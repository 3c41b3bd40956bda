/**
 * One write of a step, tried as a dry run, as the gateway saw it. Objects in it may stand as their JSON texts, so that
 * nothing is parsed but where they are compared.
 *
 * @public
 */
export interface DryRunWrite {
  /** create, update, patch, delete, deletecollection */
  verb: string;
  /** '' for the core group. */
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  /** As the step asked for it; '' where the API server makes the name up, and for a deletecollection. */
  name: string;
  /**
   * The object as the cluster has it; of subresource `scale` the Scale, for a deletecollection a list. Undefined where
   * it is not there.
   */
  before?: unknown;
  /** What was sent, where it could be read as JSON. */
  sent?: unknown;
  /** The API server's or the gateway's answer to the dry run. */
  answer: { status: number; body?: unknown };
}
