import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  environmentNameOf,
  isWholePreview,
  type PlannedStep,
  type Preview,
  type PreviewTask,
  type Run,
  type StepBinding,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { KubernetesGateway } from '../gateway/KubernetesGateway';
import { TRIED_ATTEMPT } from '../gateway/upstreamHeaders';
import type { JudgingProcesses } from '../reading/JudgingProcesses';
import type { ManifestSecrets } from '../workspaces/ManifestSecrets';
import type { Workspaces } from '../workspaces/Workspaces';
import { executionOf, rightsOf, type LaidOutStep } from './attemptParts';
import type { HiddenValues } from './HiddenValues';
import type { SecretParameters } from './SecretParameters';
import { SeenWrites } from './SeenWrites';
import type { BoundPreview } from './PreviewBinding';
import { Turns } from './Turns';

/** Somebody waits for it. */
const MAX_PREVIEW_MS = 20_000;
/** Where the step waits for what a dry run does not bring about. */
const MAX_WAIT_MS = 8_000;
const GRACE_MS = 2_000;
/** At a time: steps that run must have their share of the machine. */
const AT_ONCE = 2;
const MAX_WAITING_OF_PERSON = 5;
/** Of what a command said that failed. */
const MAX_SAID_BYTES = 4 * 1024;
const WAITED_IN_VAIN =
  'it waits for what does not happen in a dry run; what comes behind that is not told';
const READS_SECRETS = 'it reads data of Secrets, which nobody has approved yet';

type Judging = Pick<
  JudgingProcesses,
  'mayPreview' | 'preview' | 'approvedChanges'
>;

/** A preview as it was made. */
interface MadePreview {
  preview: Preview;
  /** What its dry run did; missing where there was none. */
  tried?: Omit<PreviewTask, 'notes'>;
}

/** The beginning of what commands said. */
class Said {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  hear(chunk: Buffer): void {
    const kept = chunk.subarray(0, Math.max(0, MAX_SAID_BYTES - this.#bytes));
    if (kept.length === 0) return;
    this.#chunks.push(kept);
    this.#bytes += kept.length;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8').trim();
  }
}

/**
 * Says what a step would change in the cluster, by running it with a gateway that turns every write into a dry run of
 * the API server. Its output, and what it does to its workspace, are thrown away; it reads no data of Secrets, for
 * nobody has approved that.
 */
export class StepPreviews {
  readonly #workspaces: Pick<Workspaces, 'open'>;
  readonly #parameters: Pick<SecretParameters, 'valuesOf'>;
  readonly #hidden: Pick<HiddenValues, 'of'>;
  readonly #manifests: Pick<ManifestSecrets, 'in'>;
  readonly #judging: Judging;
  readonly #gateway: Pick<KubernetesGateway, 'open'>;
  readonly #executor: StepExecutor;
  readonly #socketDirectory: string;
  readonly #stopping = new AbortController();
  readonly #turns = new Turns({
    atOnce: AT_ONCE,
    maxWaitingOfPerson: MAX_WAITING_OF_PERSON,
    what: 'previews',
  });

  constructor(options: {
    workspaces: Pick<Workspaces, 'open'>;
    parameters: Pick<SecretParameters, 'valuesOf'>;
    hidden: Pick<HiddenValues, 'of'>;
    manifests: Pick<ManifestSecrets, 'in'>;
    judging: Judging;
    gateway: Pick<KubernetesGateway, 'open'>;
    executor: StepExecutor;
    /** Short: the path of a Unix socket has at most 107 bytes. */
    socketDirectory: string;
  }) {
    this.#workspaces = options.workspaces;
    this.#parameters = options.parameters;
    this.#hidden = options.hidden;
    this.#manifests = options.manifests;
    this.#judging = options.judging;
    this.#gateway = options.gateway;
    this.#executor = options.executor;
    this.#socketDirectory = options.socketDirectory;
  }

  /**
   * The preview of a step as it is bound; undefined where it would change nothing of a cluster.
   *
   * @param person - For whom it is made: people take turns.
   * @throws TooManyError where the person waits for too many already; what the database throws
   */
  async of(
    run: Run,
    step: PlannedStep,
    binding: StepBinding,
    person: string,
  ): Promise<Preview | undefined> {
    return (await this.#made(run, step, binding, person))?.preview;
  }

  /**
   * The preview of a step that is about to begin, with what its run is bound to where the preview is whole.
   *
   * @throws as `of` does
   */
  async beforeStart(
    run: Run,
    step: PlannedStep,
    binding: StepBinding,
    person: string,
  ): Promise<{ preview: Preview; bound?: BoundPreview } | undefined> {
    const made = await this.#made(run, step, binding, person);
    if (!made) return undefined;
    if (!made.tried || !isWholePreview(made.preview)) {
      return { preview: made.preview };
    }
    const { preview, tried } = made;
    const { writes, startedAt, endedAt, secrets } = tried;
    const approved = await this.#judging.approvedChanges(
      { writes, startedAt, endedAt },
      person,
    );
    const shown = 'objects' in preview ? preview.objects : [];
    return { preview, bound: { approved, shown, secrets } };
  }

  async #made(
    run: Run,
    step: PlannedStep,
    binding: StepBinding,
    person: string,
  ): Promise<MadePreview | undefined> {
    const { cluster } = run.plan;
    const { verdict } = binding;
    if (cluster === undefined || verdict.writes.kind === 'none') {
      return undefined;
    }
    const judged = await this.#judging.mayPreview(
      { verdict, text: step.text, environment: valuesOf(run, step, binding) },
      person,
    );
    if (judged.kind === 'not-possible') {
      return notPossible(judged.because);
    }
    if (verdict.secrets.kind !== 'none') return notPossible(READS_SECRETS);
    return this.#turns.take(person, async () => {
      const workspace = await this.#workspaces.open(run);
      try {
        const laidOut = { run, step, binding, workspace };
        const tried = await this.#dryRun(laidOut, cluster, judged.waits);
        const { notes } = judged;
        const preview = await this.#judging.preview(
          { ...tried, notes },
          person,
        );
        return { preview, tried };
      } finally {
        await workspace.discard();
      }
    });
  }

  /** Ends those under way; what asked for them is told that the backend stops, and asks again later. */
  stop(): void {
    this.#stopping.abort();
  }

  async #dryRun(
    laidOut: Omit<LaidOutStep, 'parameters'>,
    cluster: string,
    waits = false,
  ): Promise<Omit<PreviewTask, 'notes'>> {
    const { run, workspace } = laidOut;
    const [parameters, hidden, inManifests] = await Promise.all([
      this.#parameters.valuesOf(run.id),
      this.#hidden.of(run.id),
      this.#manifests.in(workspace.directory, run.requestedBy),
    ]);
    const secrets = [...hidden, ...inManifests.values];
    const seen = new SeenWrites();
    const gateway = await this.#gateway.open({
      ...rightsOf(run, laidOut.binding, cluster),
      secrets: { kind: 'none' },
      runId: run.id,
      stepId: laidOut.step.id,
      attempt: TRIED_ATTEMPT,
      preview: seen,
      socketPath: path.join(
        this.#socketDirectory,
        `${run.id.slice(0, 8)}-p${randomUUID().slice(0, 8)}.sock`,
      ),
      // Nothing is changed: what came out is recorded with the request.
      recordCall: async () => {},
      onSecret: value => secrets.push(value),
    });
    const startedAt = new Date().toISOString();
    const said = new Said();
    const timeoutMs = waits ? MAX_WAIT_MS : MAX_PREVIEW_MS;
    let result: StepExecutionResult;
    try {
      result = await this.#executor.execute(
        {
          ...executionOf({ ...laidOut, parameters }),
          // The step itself must not see that it is only tried.
          attempt: (run.attempts[laidOut.step.id] ?? 0) + 1,
          gatewaySocket: gateway.socketPath,
          timeoutMs,
          endsAtTimeout: false,
          onOutput: (stream, chunk) => {
            if (stream === 'stderr') said.hear(chunk);
          },
        },
        // An executor may not keep to the time that it is given.
        AbortSignal.any([
          this.#stopping.signal,
          AbortSignal.timeout(timeoutMs + GRACE_MS),
        ]),
      );
    } finally {
      await gateway.close();
    }
    if (this.#stopping.signal.aborted) throw isStopping();
    const endedAt = new Date().toISOString();
    const { writes } = seen;
    const tried = { writes, secrets, startedAt, endedAt };
    const failure = seen.failure ?? failureOf(result, said, timeoutMs);
    if (failure === undefined) return tried;
    return waits && !seen.failure && result.failure === undefined
      ? { ...tried, cutShort: WAITED_IN_VAIN }
      : { ...tried, failure };
  }
}

function isStopping(): Error {
  return new ServiceUnavailableError('the backend is stopping');
}

function notPossible(because: string): MadePreview {
  return { preview: { outcome: 'not-possible', because } };
}

/** Values by the names that the text reads, without secret ones: they may be anything. */
function valuesOf(
  run: Run,
  step: PlannedStep,
  binding: StepBinding,
): Record<string, string> {
  const carried = binding.inputs.variables.flatMap(one =>
    'secret' in one ? [] : [[one.name, one.value]],
  );
  const given = run.plan.parameters
    .filter(({ name, secret }) => !secret && step.parameters.includes(name))
    .map(({ name, value }) => [environmentNameOf({ parameter: name }), value]);
  return Object.fromEntries([...carried, ...given]);
}

/** Why the dry run did not come to a good end, if it did not. */
function failureOf(
  result: StepExecutionResult,
  { text }: Said,
  timeoutMs: number,
): string | undefined {
  if (result.failure !== undefined) return result.failure;
  if (result.timedOut || result.cancelled)
    return `it took longer than ${timeoutMs / 1_000} s`;
  if (result.ok) return undefined;
  return text === '' ? `it ended with exit code ${result.exitCode}` : text;
}
