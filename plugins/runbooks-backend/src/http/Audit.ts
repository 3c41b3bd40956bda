import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Request } from 'express';

/** What the audit log takes besides who, when and what. */
type Meta = NonNullable<Parameters<AuditorService['createEvent']>[0]['meta']>;

/** Tells the operator's audit log who looked at what, and whether they got it. */
export class Audit {
  readonly #auditor: AuditorService;

  constructor(auditor: AuditorService) {
    this.#auditor = auditor;
  }

  /** Acts, and records that it was done or why it was not; nothing is done that cannot be recorded. */
  async record<T>(
    req: Request,
    what: {
      eventId:
        | 'run-output-read'
        | 'changes-stopped'
        | 'changes-resumed'
        | 'run-step-previewed'
        | 'evidence-export';
      severityLevel: AuditorServiceEventSeverityLevel;
      meta: Meta;
    },
    act: () => Promise<T>,
    told: (done: T) => Meta = () => ({}),
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      ...what,
      request: req as never,
    });
    try {
      const done = await act();
      await event.success({ meta: told(done) });
      return done;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
