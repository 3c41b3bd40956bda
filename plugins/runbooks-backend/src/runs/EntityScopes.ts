import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  decideScope,
  isNamespaceName,
  isVouchedFor,
  scopeSnippet,
  type Scope,
  type ScopeEntity,
  type ScopeSettings,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { NamespaceOwners } from './NamespaceOwners';

/** The annotation of the kubernetes plugin that names the entity's namespace. */
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';

/** Where an entity's workloads are on a cluster. */
export interface WorkloadNamespaces {
  namespacesOf(entity: Entity, cluster: string): Promise<string[]>;
}

/**
 * Decides where the runs of an entity may go, from the configuration, the cluster and the catalog.
 *
 * The catalog is read with the plugin's own credentials: what a person may see must not change where a run may go.
 */
export class EntityScopes {
  readonly #settings: ScopeSettings;
  readonly #catalog: CatalogService;
  readonly #credentials: () => Promise<BackstageCredentials>;
  readonly #workloads: WorkloadNamespaces;
  readonly #owners: NamespaceOwners;

  constructor(options: {
    settings: ScopeSettings;
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    workloads: WorkloadNamespaces;
    owners: NamespaceOwners;
  }) {
    this.#settings = options.settings;
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#workloads = options.workloads;
    this.#owners = options.owners;
  }

  /** The scope of the entity's runs on a cluster, and the configuration that would give it what it claims. */
  async of(
    entity: Entity,
    cluster: string | undefined,
  ): Promise<{ scope: Scope; snippet: string }> {
    const [facts, claimed] = await Promise.all([
      this.#factsOf(entity),
      this.#claimedBy(entity, cluster),
    ]);
    const confirmed =
      this.#settings.confirmedByNamespaces && cluster !== undefined
        ? await this.#confirmed(cluster, claimed)
        : {};
    const asked = {
      entity: facts,
      ...(cluster === undefined ? {} : { cluster }),
      claimed,
    };
    return {
      scope: decideScope({ ...asked, confirmed, settings: this.#settings }),
      snippet: scopeSnippet(asked),
    };
  }

  /** The scope that a run of the entity would get now; undefined where the catalog does not have it any more. */
  async now(
    entityRef: string,
    cluster: string | undefined,
  ): Promise<Scope | undefined> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#credentials(),
    });
    return entity && (await this.of(entity, cluster)).scope;
  }

  /** Whether a rule, or the cluster itself, says that the entity belongs into the namespace. */
  async vouchesFor(
    entity: Entity,
    cluster: string,
    namespace: string,
  ): Promise<boolean> {
    const facts = await this.#factsOf(entity);
    const confirmed = this.#settings.confirmedByNamespaces
      ? await this.#confirmed(cluster, [namespace])
      : {};
    return isVouchedFor({
      entity: facts,
      cluster,
      namespace,
      settings: this.#settings,
      ...(confirmed[namespace] === undefined
        ? {}
        : { confirmedOwner: confirmed[namespace] }),
    });
  }

  async #factsOf(entity: Entity): Promise<ScopeEntity> {
    const system = partOf(entity, 'system');
    const domain =
      partOf(entity, 'domain') ?? (await this.#domainOf(entity, system));
    return {
      ref: stringifyEntityRef(entity),
      kind: entity.kind.toLowerCase(),
      ...(system === undefined ? {} : { system }),
      ...(domain === undefined ? {} : { domain }),
      owners: related(entity, RELATION_OWNED_BY),
      tags: entity.metadata.tags ?? [],
    };
  }

  async #domainOf(
    entity: Entity,
    system: string | undefined,
  ): Promise<string | undefined> {
    const isRuledByDomain = this.#settings.rules.some(
      rule => rule.entities.domains !== undefined,
    );
    if (!isRuledByDomain || system === undefined || entity.kind === 'System')
      return undefined;
    const found = await this.#catalog.getEntityByRef(system, {
      credentials: await this.#credentials(),
    });
    return found && partOf(found, 'domain');
  }

  async #claimedBy(
    entity: Entity,
    cluster: string | undefined,
  ): Promise<string[]> {
    const annotated =
      entity.metadata.annotations?.[KUBERNETES_NAMESPACE]?.trim();
    const ofWorkloads =
      cluster === undefined
        ? []
        : await this.#workloads.namespacesOf(entity, cluster);
    return [
      ...new Set([...(annotated ? [annotated] : []), ...ofWorkloads]),
    ].filter(name => isNamespaceName(name));
  }

  async #confirmed(
    cluster: string,
    namespaces: readonly string[],
  ): Promise<Record<string, string>> {
    const owners = await Promise.all(
      namespaces.map(async name => [
        name,
        await this.#owners.ownerOf(cluster, name),
      ]),
    );
    return Object.fromEntries(owners.filter(([, owner]) => owner));
  }
}

/** The system or domain that an entity is part of; a system itself is part of itself for rules about systems. */
function partOf(entity: Entity, kind: 'system' | 'domain'): string | undefined {
  if (entity.kind.toLowerCase() === kind) return stringifyEntityRef(entity);
  return related(entity, RELATION_PART_OF).find(
    ref => parseEntityRef(ref).kind.toLowerCase() === kind,
  );
}

function related(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef.toLowerCase());
}
