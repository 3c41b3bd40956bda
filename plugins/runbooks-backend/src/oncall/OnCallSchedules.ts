import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  parseOnCallDocument,
  sha256Hex,
  type EntityRef,
  type OnCallDocument,
  type Schedule,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { ReadingProcesses } from '../reading/ReadingProcesses';
import { KeptByContent } from '../runbooks/KeptByContent';
import type { GroupDirectory } from './GroupDirectory';

/** Names the on-call document of a group: a reference like those of runbooks. */
export const ON_CALL_REF_ANNOTATION = 'backstage-runbooks.io/on-call-ref';

/** Reads what an annotation refers to. */
export interface OnCallDocumentReader {
  /**
   * The text of the document that `ref` (`file:./on-call.yaml`, `url:...`) names beside the catalog file of `entity`.
   * Rejects with the reason, in words for people, where it may not or cannot be read.
   */
  readRef(entity: Entity, ref: string): Promise<{ path: string; text: string }>;
}

/** Parses on-call documents. */
export type OnCallReading = Pick<ReadingProcesses, 'parseOnCallDocument'>;

const READING_AT_ONCE: OnCallReading = {
  parseOnCallDocument: async (_waiting, ...args) =>
    parseOnCallDocument(...args),
};

/** A schedule, with where it comes from. */
export interface GroupSchedule {
  schedule: Schedule;
  groupRef: EntityRef;
  source: string;
}

/** What is wrong with a schedule or its document. */
export interface ScheduleProblem {
  message: string;
  line?: number;
  source?: string;
}

/** Parsed documents are kept by the hash of their text. */
const KEPT = { maxEntries: 1_000, maxSize: 16 * 1024 * 1024 };

/** The schedules of groups, by what their documents say at each call. A text that is the same is not parsed again. */
export class OnCallSchedules {
  readonly #groups: GroupDirectory;
  readonly #documents: OnCallDocumentReader;
  readonly #reading: OnCallReading;
  readonly #parsed = new KeptByContent<OnCallDocument>(KEPT);

  constructor(options: {
    groups: GroupDirectory;
    documents: OnCallDocumentReader;
    /** Where it is missing, texts are parsed at once, in the event loop. */
    reading?: OnCallReading;
  }) {
    this.#groups = options.groups;
    this.#documents = options.documents;
    this.#reading = options.reading ?? READING_AT_ONCE;
  }

  /**
   * The schedules of the group, or of its nearest ancestor that has a document. A document that cannot be read is a
   * problem, and its ancestors' are not taken in its place: they would name the wrong people.
   */
  async schedulesOf(
    groupRef: EntityRef,
  ): Promise<{ schedules: GroupSchedule[]; problems: ScheduleProblem[] }> {
    for await (const group of this.#groups.lineOf(groupRef)) {
      const ref = group.metadata.annotations?.[ON_CALL_REF_ANNOTATION]?.trim();
      if (ref) return this.#read(group, ref);
    }
    return {
      schedules: [],
      problems: [
        {
          message: `${groupRef} has no on-call schedule, and none of its parent groups has; annotate it with ${ON_CALL_REF_ANNOTATION}: file:./on-call.yaml`,
        },
      ],
    };
  }

  async #read(group: Entity, ref: string) {
    const groupRef = stringifyEntityRef(group);
    try {
      const { path, text } = await this.#documents.readRef(group, ref);
      const { schedules, problems } = await this.#parsed.get(
        sha256Hex(text),
        text,
        groupRef,
        signal =>
          this.#reading.parseOnCallDocument({ person: groupRef, signal }, text),
      );
      return {
        schedules: schedules.map(schedule => ({
          schedule,
          groupRef,
          source: path,
        })),
        problems: problems.map(problem => ({ ...problem, source: path })),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        schedules: [],
        problems: [
          {
            message: `The on-call document of ${groupRef} cannot be read: ${reason}`,
            source: ref,
          },
        ],
      };
    }
  }
}
