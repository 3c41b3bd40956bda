import { z } from 'zod/v4';
import { withoutCredentials } from '../redaction';

const entityRef = z
  .string()
  .max(300)
  .regex(
    /^[a-zA-Z][a-zA-Z0-9-]*:[a-zA-Z0-9][a-zA-Z0-9._-]*\/[a-zA-Z0-9][a-zA-Z0-9._-]*$/,
    "expected a full entity reference such as 'component:default/auth-service'",
  )
  // The catalog finds an entity in any case; what is stored and compared is written in one.
  .overwrite(ref => ref.toLocaleLowerCase('en-US'));

/** `POST /plans` @public */
export const planRequestSchema = z.strictObject({
  entityRef,
  runbookId: z.string().min(1).max(500),
  procedureId: z.string().min(1).max(500),
  cluster: z.string().min(1).max(253).optional(),
  parameters: z.record(z.string().max(100), z.string().max(4096)),
});

/** @public */
export type PlanRequest = z.infer<typeof planRequestSchema>;

/** `POST /runs`: starts exactly the plan that the person saw. @public */
export const startRunRequestSchema = planRequestSchema.extend({
  planDigest: z.string().regex(/^[0-9a-f]{64}$/, 'expected a hex SHA-256'),
  /** One key and person, one run: sent again, it answers with the run that it started. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'expected 1 to 200 visible characters')
    .optional(),
});

/** @public */
export type StartRunRequest = z.infer<typeof startRunRequestSchema>;

/** Postgres knows no year 0, and no run is older than the product. */
const moment = z.iso
  .datetime()
  .refine(at => at >= '1970', 'expected a moment from 1970 on');

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a hex SHA-256');
const stepId = z.string().min(1).max(600);
/** What a person typed for others to read. What looks like a credential in it is masked before anything is stored. */
const words = z.string().trim().max(2000).overwrite(withoutCredentials);

/** `GET /holds`: of an entity, or of anybody. @public */
export const listHoldsQuerySchema = z.strictObject({
  entityRef: entityRef.optional(),
});

/** `POST /holds/stop`: stops all changes. @public */
export const stopRequestSchema = z.strictObject({
  reason: words.regex(/[\p{L}\p{N}]/u, 'expected words that people can read'),
});

/** @public */
export type StopRequest = z.infer<typeof stopRequestSchema>;

/** `POST /runs/:runId/commands`: what a person wants done to a run. @public */
export const runCommandRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run-step'), stepId }),
  z.strictObject({
    kind: z.literal('request-approval'),
    stepId,
    reason: words.optional(),
    /** The text to type before a destructive step. */
    confirmation: z.string().max(300).optional(),
  }),
  z.strictObject({ kind: z.literal('approve'), stepId, digest }),
  z.strictObject({ kind: z.literal('deny'), stepId, reason: words.optional() }),
  z.strictObject({
    kind: z.literal('confirm'),
    stepId,
    note: words.optional(),
  }),
  z.strictObject({ kind: z.literal('skip'), stepId, reason: words.min(1) }),
  z.strictObject({
    kind: z.literal('judge'),
    stepId,
    good: z.boolean(),
    note: words.optional(),
  }),
  z.strictObject({
    kind: z.literal('settle-interruption'),
    stepId,
    as: z.enum(['done', 'again']),
    reason: words.min(1),
  }),
  z.strictObject({ kind: z.literal('cancel'), reason: words.optional() }),
  z.strictObject({
    kind: z.literal('finish'),
    outcome: z.enum(['succeeded', 'failed']),
    note: words.optional(),
  }),
]);

/** @public */
export type RunCommandRequest = z.infer<typeof runCommandRequestSchema>;

/** What a run may be, as its summary says it. */
const RUN_STATES: readonly string[] = [
  'open',
  'waiting-approval',
  'running',
  'interrupted',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
];

/** `GET /runs` @public */
export const listRunsQuerySchema = z.strictObject({
  entityRef: entityRef.optional(),
  procedureId: z.string().max(500).optional(),
  requestedBy: entityRef.optional(),
  /** Who approved a step of it. */
  approvedBy: entityRef.optional(),
  /** Started then or later. */
  from: moment.optional(),
  /** Started before. */
  to: moment.optional(),
  /** What stands in a list beside the state: called a success although steps were not good; or rolled back. */
  result: z.enum(['shortfall', 'rolled-back']).optional(),
  state: z
    .string()
    .refine(
      state => RUN_STATES.includes(state),
      `expected one of ${RUN_STATES.join(', ')}`,
    )
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

/** @public */
export type ListRunsQuery = z.infer<typeof listRunsQuerySchema>;
