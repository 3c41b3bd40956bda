import type { Instant } from '../../time';
import type { DryRunWrite } from '../DryRunWrite';
import type { ObjectPreview } from '../model';

/** One field that a write makes another, exactly; never shown. @public */
export interface WrittenField {
  /** The way to it from the object on, as JSON. */
  place: string;
  /** The value as a record: undefined where there is none. Moments in it are as they are. */
  before?: string;
  /** The same with moments of the run made equal, where that makes it another: an earlier write gave it. */
  timed?: string;
  /** Moments of the run count as equal. */
  after?: string;
}

/**
 * One write of a preview, as the run of its step is bound to it: exactly, but for what a preview leaves out, values of
 * Secrets and moments of the dry run. Values only; it holds values that are not to be shown or stored.
 *
 * @public
 */
export interface ApprovedChange {
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  /** A generated name by its beginning. */
  name: string;
  kind: 'create' | 'change' | 'delete';
  fields: WrittenField[];
  /** Of a deletion of one of several that are made alike, with names that are generated: what they all are. */
  kin?: string;
}

/** A write that may be made only so often, and was made. @public */
export interface CountedWrite {
  what: string;
  /** Of the object; '' where each time counts. */
  name: string;
}

/** A write of an attempt, as the API server says in a dry run that it would be, values only. @public */
export interface BoundWriteTask {
  write: DryRunWrite;
  /** Of the preview that was made before the attempt began. */
  approved: readonly ApprovedChange[];
  /** The objects of that preview, to say what it showed. */
  shown: readonly ObjectPreview[];
  /** By earlier writes of the attempt. */
  counted: readonly CountedWrite[];
  /** Values that no reason shows, besides what looks like a credential. */
  secrets: readonly string[];
  /** Of the attempt, up to now. */
  startedAt: Instant;
  endedAt: Instant;
}

/** What becomes of a write of an attempt that is bound to a preview. @public */
export type BoundWriteDecision =
  | { kind: 'pass'; counts: CountedWrite[] }
  | { kind: 'refuse'; because: string };
