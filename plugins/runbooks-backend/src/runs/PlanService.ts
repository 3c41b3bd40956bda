import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  chooseCluster,
  isNamespaceName,
  namespacesWritten,
  prefillParameters,
  secretValuesOf,
  type ClusterSummary,
  type EntityInNamespace,
  type ExecutorInventory,
  type PlanDecision,
  type PlanProblem,
  type PlanRequest,
  type PlanTask,
  type PrefilledParameter,
  type Procedure,
  type Scope,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { Selecting } from '../http/access';
import type { Ownership } from '../oncall/Ownership';
import type { JudgingProcesses } from '../reading/JudgingProcesses';
import { ReadingGivenUp } from '../reading/ReadingGivenUp';
import type {
  LibraryDocument,
  RunbookLibrary,
} from '../runbooks/RunbookLibrary';
import type { Snapshot } from '../runbooks/snapshotOf';
import type { SecretBox } from '../workspaces/SecretBox';
import type { EntityScopes } from './EntityScopes';

/** The annotation of the kubernetes plugin that names the entity's namespace. */
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';

/** What planning needs to know of live health. */
export interface LiveFacts {
  /** None where they cannot be listed. */
  clusterSummaries(): Promise<ClusterSummary[]>;
  /** Why there is not a single cluster; undefined where there is one. */
  whyNoClusters(): Promise<string | undefined>;
  /**
   * Pods of the entity, those with a problem first and those that are being deleted last, and its workloads; of its
   * parts those that `healthOf` leaves.
   */
  factsOf(
    entity: Entity,
    healthOf: Selecting,
  ): Promise<{
    pods: Array<{
      cluster: string;
      namespace: string;
      name: string;
      note: string;
      isLeaving: boolean;
    }>;
    workloads: Array<{
      cluster: string;
      namespace: string;
      kind: string;
      name: string;
    }>;
  }>;
}

/** What every entity has in namespaces of a cluster. */
export interface PresentEntities {
  in(
    cluster: string | undefined,
    namespaces: Iterable<string>,
  ): Promise<EntityInNamespace[]>;
}

/** A plan with what a run needs besides. */
export interface PreparedPlan {
  decision: PlanDecision;
  snapshot: Snapshot;
  secrets: Record<string, string>;
}

/** Finds procedures and binds their parameters. */
export class PlanService {
  readonly #catalog: CatalogService;
  readonly #library: RunbookLibrary;
  readonly #live: LiveFacts;
  readonly #ownership: Ownership;
  readonly #scopes: EntityScopes;
  readonly #inventory: () => Promise<ExecutorInventory>;
  readonly #present: PresentEntities | undefined;
  readonly #box: Pick<SecretBox, 'keyedDigest'>;
  readonly #judging: Pick<JudgingProcesses, 'plan'>;
  readonly #stepTimeoutSeconds: number;

  constructor(options: {
    catalog: CatalogService;
    library: RunbookLibrary;
    live: LiveFacts;
    ownership: Ownership;
    scopes: EntityScopes;
    /** What the executor of runs has. */
    inventory: () => Promise<ExecutorInventory>;
    /** Who has what where steps write; without it only the run's own entity is asked. */
    present?: PresentEntities;
    /** Makes digests of secret values that nobody can try values against. */
    box: Pick<SecretBox, 'keyedDigest'>;
    judging: Pick<JudgingProcesses, 'plan'>;
    stepTimeoutSeconds: number;
  }) {
    this.#catalog = options.catalog;
    this.#library = options.library;
    this.#live = options.live;
    this.#ownership = options.ownership;
    this.#scopes = options.scopes;
    this.#inventory = options.inventory;
    this.#present = options.present;
    this.#box = options.box;
    this.#judging = options.judging;
    this.#stepTimeoutSeconds = options.stepTimeoutSeconds;
  }

  /** The entity, where the person may see it. @throws NotFoundError */
  async entity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw new NotFoundError(`There is no entity '${entityRef}'`);
    return entity;
  }

  /** @throws NotFoundError */
  async procedure(
    entity: Entity,
    runbookId: string,
    procedureId: string,
    credentials: BackstageCredentials,
  ): Promise<{ document: LibraryDocument; procedure: Procedure }> {
    const document = await this.#library.document(
      entity,
      runbookId,
      credentials,
    );
    const procedure = document.runbook.procedures.find(
      ({ id }) => id === procedureId,
    );
    if (!procedure) {
      throw new NotFoundError(
        `'${document.runbook.title}' has no procedure '${procedureId}'`,
      );
    }
    return { document, procedure };
  }

  /**
   * Parameters with what they are filled with before the person touches them.
   *
   * @param options.healthOf - Leaves the entities whose health the person may read: names of pods and what is wrong with
   *   them are part of it. Undefined where they may not read that of this entity.
   */
  async prefilled(
    entity: Entity,
    procedure: Procedure,
    { healthOf }: { healthOf: Selecting | undefined },
  ): Promise<PrefilledParameter[]> {
    const { pods, workloads } = healthOf
      ? await this.#factsInScope(entity, healthOf)
      : { pods: [], workloads: [] };
    const annotated =
      entity.metadata.annotations?.[KUBERNETES_NAMESPACE]?.trim();
    return prefillParameters(procedure.parameters, {
      entityName: entity.metadata.name,
      ...(annotated !== undefined && isNamespaceName(annotated)
        ? { namespace: annotated }
        : {}),
      pods,
      workloads: workloads.map(({ kind, name }) => ({ kind, name })),
    });
  }

  /**
   * A card without a namespace finds objects wherever its labels are, also those of others: only where a run may go, or
   * where the card itself says, is a name worth proposing.
   */
  async #factsInScope(entity: Entity, healthOf: Selecting) {
    const { pods, workloads } = await this.#live.factsOf(entity, healthOf);
    const clusters = new Set(
      [...pods, ...workloads].map(({ cluster }) => cluster),
    );
    const places = new Set<string>();
    for (const cluster of clusters) {
      const { scope } = await this.#scopes.of(entity, cluster);
      for (const namespace of [...scope.namespaces, namespaceOf(entity)]) {
        places.add(placeOf({ cluster, namespace }));
      }
    }
    const isInScope = (one: { cluster: string; namespace: string }) =>
      places.has(placeOf(one));
    return {
      pods: pods.filter(isInScope),
      workloads: workloads.filter(isInScope),
    };
  }

  clusters(): Promise<ClusterSummary[]> {
    return this.#live.clusterSummaries();
  }

  /** Said before anybody starts something that needs one; undefined where there is a cluster. */
  whyNoClusters(): Promise<string | undefined> {
    return this.#live.whyNoClusters();
  }

  /** Binds the parameters of a procedure; `userRef` is told when nobody but them could approve. */
  async plan(
    request: PlanRequest,
    userRef: string,
    credentials: BackstageCredentials,
  ): Promise<PreparedPlan> {
    const entity = await this.entity(request.entityRef, credentials);
    const entityRef = stringifyEntityRef(entity);
    const { document, procedure } = await this.procedure(
      entity,
      request.runbookId,
      request.procedureId,
      credentials,
    );
    const [snapshot, clusters, noApprover, inventory] = await Promise.all([
      this.#library.snapshotOf(
        document,
        procedure,
        Object.values(request.parameters),
      ),
      this.#live.clusterSummaries(),
      this.#noApproverNotice(entityRef, userRef),
      this.#inventory(),
    ]);
    const names = clusters.map(({ name }) => name);
    const { cluster } = chooseCluster({
      clusters: names,
      procedure,
      ...(request.cluster === undefined ? {} : { cluster: request.cluster }),
    });
    const { scope, snippet } = await this.#scopes.of(entity, cluster);
    const present = await this.#presentIn(cluster, scope);
    const secrets = secretValuesOf(procedure, request.parameters);
    const { hasTool, ...has } = inventory;
    const task: PlanTask = {
      entityRef,
      runbook: {
        id: document.id,
        path: document.path,
        title: document.runbook.title,
        revision: snapshot.revision,
      },
      procedure,
      clusters: names,
      ...(request.cluster === undefined ? {} : { cluster: request.cluster }),
      namespace: namespaceOf(entity),
      scope,
      ...(snippet === undefined ? {} : { scopeSnippet: snippet }),
      inventory: has,
      present,
      values: request.parameters,
      secretDigests: this.#digestsOf(entityRef, secrets),
      confirmation: entity.metadata.name,
      approvalNotices: noApprover,
      notices: [
        ...snapshot.notes,
        ...(inventory.notice === undefined ? [] : [inventory.notice]),
      ],
      stepTimeoutSeconds: this.#stepTimeoutSeconds,
    };
    const asked = {
      hasTool: (name: string) => hasTool.call(inventory, name),
      fileText: (name: string) => snapshot.text(name),
      isThere: (name: string) => snapshot.has(name),
    };
    const decision = await this.#judging
      .plan(task, asked, userRef)
      .catch(error => givenUp(error, procedure));
    return { decision, snapshot, secrets };
  }

  /** There is no run yet: the same value in the same parameter of an entity has the same digest. */
  #digestsOf(
    entityRef: string,
    secrets: Record<string, string>,
  ): Record<string, string> {
    return Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [
        name,
        this.#box.keyedDigest(value, `plan of ${entityRef} parameter ${name}`),
      ]),
    );
  }

  async #presentIn(
    cluster: string | undefined,
    scope: Scope,
  ): Promise<EntityInNamespace[]> {
    const namespaces = namespacesWritten(scope);
    return (await this.#present?.in(cluster, namespaces)) ?? [];
  }

  /** Said where a step needs an approval and nobody could give it. */
  async #noApproverNotice(
    entityRef: string,
    userRef: string,
  ): Promise<string[]> {
    const approvers = await this.#ownership.approversOf(entityRef, new Date());
    const others = approvers.filter(one => one.userRef !== userRef);
    if (others.length > 0) return [];
    return [
      approvers.length > 0
        ? `Nobody but you could approve the changes of this procedure: no other member of the owners of ${entityRef} is known and nobody else is on call`
        : `Nobody could approve the changes of this procedure: ${entityRef} has no owner with members and nobody is on call for it`,
    ];
  }
}

/** The namespace that kubectl uses where a command names none; what is no name of one is not taken for it. */
export function namespaceOf(entity: Entity): string {
  const annotated =
    entity.metadata.annotations?.[KUBERNETES_NAMESPACE]?.trim() ?? '';
  return isNamespaceName(annotated) ? annotated : DEFAULT_NAMESPACE;
}

/** What a plan is where a text of its procedure could not be judged within its bounds. @throws every other error. */
function givenUp(error: unknown, { phases }: Procedure): PlanDecision {
  if (!(error instanceof ReadingGivenUp)) throw error;
  const step = phases
    .flatMap(phase => phase.steps)
    .find(({ id }) => id === error.at);
  const problem: PlanProblem = {
    code: 'not-judged',
    ...(step ? { stepId: step.id, line: step.line } : {}),
    message: `${
      step ? `Step "${step.title}" (line ${step.line})` : 'The procedure'
    } could not be judged: ${
      error.message
    }; expected shorter or plainer commands`,
  };
  return { kind: 'refused', problems: [problem] };
}

function placeOf(at: { cluster: string; namespace: string }): string {
  return JSON.stringify([at.cluster, at.namespace]);
}
