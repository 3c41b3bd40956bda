import type {
  CallsPage,
  EntityHealth,
  EntityRef,
  EntityRunbooks,
  HoldsView,
  LedgerKey,
  ListRunsQuery,
  OnCallView,
  OutputPage,
  PlanRequest,
  PlanResponse,
  Preview,
  ProcedureView,
  RunCommandRequest,
  RunLedger,
  RunPage,
  RunStreamMessage,
  RunView,
  SetupReport,
  StartRunRequest,
  StopRequest,
  WaitingApproval,
  UsedFiles,
} from '@backstage-runbooks/plugin-runbooks-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { CallsPlace, OutputPlace, RunbooksApi } from './RunbooksApi';
import { followStream, type StreamListener } from './followStream';

/** Speaks to the runbooks backend over HTTP with the person's token. @public */
export class RunbooksClient implements RunbooksApi {
  readonly #discovery: DiscoveryApi;
  readonly #fetch: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi;
  }

  getEntityRunbooks(entityRef: EntityRef) {
    return this.#get<EntityRunbooks>(`${entityPath(entityRef)}/runbooks`);
  }

  getProcedure(place: {
    entityRef: EntityRef;
    runbookId: string;
    procedureId: string;
  }) {
    const runbook = encodeURIComponent(place.runbookId);
    const procedure = encodeURIComponent(place.procedureId);
    return this.#get<ProcedureView>(
      `${entityPath(
        place.entityRef,
      )}/runbooks/${runbook}/procedures/${procedure}`,
    );
  }

  followHealth(entityRef: EntityRef, listener: StreamListener<EntityHealth>) {
    const path = `${entityPath(entityRef)}/health`;
    return followStream<EntityHealth>({
      url: () => this.#url(`${path}/events`),
      fetch: this.#fetch.fetch,
      poll: () => this.#get<EntityHealth>(path),
      listener,
    });
  }

  getOnCall(entityRef: EntityRef) {
    return this.#get<OnCallView>(`${entityPath(entityRef)}/on-call`);
  }

  plan(request: PlanRequest) {
    return this.#post<PlanResponse>('/plans', request);
  }

  startRun(request: StartRunRequest) {
    return this.#post<RunView>('/runs', request);
  }

  listRuns(query: ListRunsQuery) {
    return this.#get<RunPage>(`/runs${queryText({ ...query })}`);
  }

  getRun(runId: string) {
    return this.#get<RunView>(runPath(runId));
  }

  followRun(runId: string, listener: StreamListener<RunStreamMessage>) {
    return followStream<RunStreamMessage>({
      url: () => this.#url(`${runPath(runId)}/events`),
      fetch: this.#fetch.fetch,
      poll: async () => ({ type: 'run', view: await this.getRun(runId) }),
      pollEveryMs: 2_000,
      listener,
    });
  }

  getOutput({ runId, stepId, attempt, offset }: OutputPlace) {
    const step = encodeURIComponent(stepId);
    return this.#get<OutputPage>(
      `${runPath(
        runId,
      )}/steps/${step}/attempts/${attempt}/output?offset=${offset}`,
    );
  }

  getCalls({ runId, stepId, attempt, ...query }: CallsPlace) {
    const step = encodeURIComponent(stepId);
    return this.#get<CallsPage>(
      `${runPath(runId)}/steps/${step}/attempts/${attempt}/calls${queryText(
        query,
      )}`,
    );
  }

  commandRun(runId: string, command: RunCommandRequest) {
    return this.#post<RunView>(`${runPath(runId)}/commands`, command);
  }

  previewStep(runId: string, stepId: string) {
    const step = encodeURIComponent(stepId);
    return this.#post<Preview>(`${runPath(runId)}/steps/${step}/preview`);
  }

  getStepFiles(runId: string, stepId: string) {
    const step = encodeURIComponent(stepId);
    return this.#get<UsedFiles>(`${runPath(runId)}/steps/${step}/files`);
  }

  getLedger(runId: string) {
    return this.#get<RunLedger>(`${runPath(runId)}/ledger`);
  }

  async getEvidence(runId: string) {
    const response = await this.#fetch.fetch(
      await this.#url(`${runPath(runId)}/evidence`),
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.blob();
  }

  async getLedgerKeys() {
    const { keys } = await this.#get<{ keys: LedgerKey[] }>('/ledger/key');
    return keys;
  }

  async listApprovals() {
    const { approvals } = await this.#get<{ approvals: WaitingApproval[] }>(
      '/approvals',
    );
    return approvals;
  }

  getHolds(entityRef?: EntityRef) {
    return this.#get<HoldsView>(`/holds${queryText({ entityRef })}`);
  }

  stopChanges(request: StopRequest) {
    return this.#post<HoldsView>('/holds/stop', request);
  }

  resumeChanges() {
    return this.#post<HoldsView>('/holds/resume');
  }

  getSetup() {
    return this.#get<SetupReport>('/setup');
  }

  async #url(path: string) {
    return `${await this.#discovery.getBaseUrl('runbooks')}${path}`;
  }

  async #get<T>(path: string): Promise<T> {
    return readJson(await this.#fetch.fetch(await this.#url(path)));
  }

  async #post<T>(path: string, body?: unknown): Promise<T> {
    return readJson(
      await this.#fetch.fetch(await this.#url(path), {
        method: 'POST',
        ...(body === undefined
          ? {}
          : {
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            }),
      }),
    );
  }
}

async function readJson<T>(response: Response): Promise<T> {
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return (await response.json()) as T;
}

function entityPath(entityRef: EntityRef) {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function runPath(runId: string) {
  return `/runs/${encodeURIComponent(runId)}`;
}

function queryText(query: Record<string, unknown>) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}
