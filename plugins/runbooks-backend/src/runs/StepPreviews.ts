import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  environmentNameOf,
  previewOf,
  type DryRunWrite,
  type PlannedStep,
  type Preview,
  type Run,
  type StepBinding,
} from '@backstage-runbooks/plugin-runbooks-common';
import type {
  StepExecutionResult,
  StepExecutor,
} from '@backstage-runbooks/plugin-runbooks-node';
import type { KubernetesGateway } from '../gateway/KubernetesGateway';
import type { JudgingThreads } from '../reading/JudgingThreads';
import type { ManifestSecrets } from '../workspaces/ManifestSecrets';
import type { Workspace, Workspaces } from '../workspaces/Workspaces';
import { executionOf, rightsOf } from './attemptParts';
import type { HiddenValues } from './HiddenValues';
import { hiding, type Hide } from './hideIn';
import { secretFormsOf } from './secretFormsOf';
import type { SecretParameters } from './SecretParameters';
import { Turns } from './Turns';

/** Somebody waits for it. */
const MAX_PREVIEW_MS = 20_000;
/** At a time: steps that run must have their share of the machine. */
const AT_ONCE = 2;
const MAX_WAITING_OF_PERSON = 5;
/** Of what a command said that failed. */
const MAX_SAID_BYTES = 4 * 1024;
/** What is compared is compared between other things that the backend does. */
const MAX_WRITES = 100;
const READS_SECRETS = 'it reads data of Secrets, which nobody has approved yet';
/** As attempts are numbered from 1: how a preview is called in the cluster's audit log. */
const PREVIEW_ATTEMPT = 0;

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
  readonly #judging: Pick<JudgingThreads, 'preview'>;
  readonly #gateway: Pick<KubernetesGateway, 'open'>;
  readonly #executor: StepExecutor;
  readonly #socketDirectory: string;
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
    judging: Pick<JudgingThreads, 'preview'>;
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
    const { cluster } = run.plan;
    const { verdict } = binding;
    if (cluster === undefined || verdict.writes.kind === 'none') {
      return undefined;
    }
    const judged = await this.#judging.preview(
      { verdict, text: step.text, environment: valuesOf(run, step, binding) },
      person,
    );
    if (judged.kind === 'not-possible') {
      return { outcome: 'not-possible', because: judged.because };
    }
    if (verdict.secrets.kind !== 'none') {
      return { outcome: 'not-possible', because: READS_SECRETS };
    }
    return this.#turns.take(person, async () => {
      const workspace = await this.#workspaces.open(run);
      try {
        return await this.#dryRun(
          { run, step, binding, workspace },
          cluster,
          judged.notes,
        );
      } finally {
        await workspace.discard();
      }
    });
  }

  async #dryRun(
    laidOut: {
      run: Run;
      step: PlannedStep;
      binding: StepBinding;
      workspace: Workspace;
    },
    cluster: string,
    notes: string[],
  ): Promise<Preview> {
    const { run, step, binding, workspace } = laidOut;
    const [parameters, hidden, inManifests] = await Promise.all([
      this.#parameters.valuesOf(run.id),
      this.#hidden.of(run.id),
      this.#manifests.in(workspace.directory, run.requestedBy),
    ]);
    const forms = await secretFormsOf([...hidden, ...inManifests.values]);
    const { hide } = hiding(forms);
    const writes: DryRunWrite[] = [];
    const failures: string[] = [];
    const gateway = await this.#gateway.open({
      ...rightsOf(run, binding, cluster),
      secrets: { kind: 'none' },
      runId: run.id,
      stepId: step.id,
      attempt: PREVIEW_ATTEMPT,
      preview: {
        seen: write => {
          if (writes.length < MAX_WRITES) writes.push(write);
          else failures.push(`it makes more than ${MAX_WRITES} writes`);
        },
        failed: because => failures.push(because),
      },
      socketPath: path.join(
        this.#socketDirectory,
        `${run.id.slice(0, 8)}-p${randomUUID().slice(0, 8)}.sock`,
      ),
      // Nothing is changed: what came out is recorded with the request.
      recordCall: async () => {},
      onSecret: value => forms.add(value),
    });
    const startedAt = new Date().toISOString();
    const said: Said = { bytes: 0, chunks: [] };
    let result: StepExecutionResult;
    try {
      result = await this.#executor.execute(
        {
          ...executionOf({ ...laidOut, parameters }),
          attempt: PREVIEW_ATTEMPT,
          gatewaySocket: gateway.socketPath,
          timeoutMs: MAX_PREVIEW_MS,
          endsAtTimeout: false,
          onOutput: (stream, chunk) => {
            if (stream === 'stderr') listen(said, chunk);
          },
        },
        new AbortController().signal,
      );
    } finally {
      await gateway.close();
    }
    const failure = failures.at(0) ?? failureOf(result, said, hide);
    return previewOf(writes, {
      notes,
      hide,
      startedAt,
      endedAt: new Date().toISOString(),
      ...(failure === undefined ? {} : { failure }),
    });
  }
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

interface Said {
  bytes: number;
  chunks: Buffer[];
}

function listen(said: Said, chunk: Buffer): void {
  const left = MAX_SAID_BYTES - said.bytes;
  if (left <= 0) return;
  const kept = chunk.subarray(0, left);
  said.chunks.push(kept);
  said.bytes += kept.length;
}

/** Why the dry run did not come to a good end, if it did not. */
function failureOf(
  result: StepExecutionResult,
  said: Said,
  hide: Hide,
): string | undefined {
  if (result.failure !== undefined) return hide(result.failure);
  if (result.timedOut) {
    return `it took longer than ${MAX_PREVIEW_MS / 1_000} s`;
  }
  if (result.ok) return undefined;
  const text = hide(Buffer.concat(said.chunks).toString('utf8')).trim();
  return text === '' ? `it ended with exit code ${result.exitCode}` : text;
}
