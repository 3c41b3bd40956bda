import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  decideScope,
  isNamespaceName,
  scopeSnippet,
  voucherOf,
  type Scope,
  type ScopeSettings,
  type Voucher,
} from '@backstage-runbooks/plugin-runbooks-common';
import type { EntityFacts } from './EntityFacts';
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
  readonly #facts: Pick<EntityFacts, 'of'>;
  readonly #workloads: WorkloadNamespaces;
  readonly #owners: NamespaceOwners;

  constructor(options: {
    settings: ScopeSettings;
    catalog: CatalogService;
    credentials: () => Promise<BackstageCredentials>;
    facts: Pick<EntityFacts, 'of'>;
    workloads: WorkloadNamespaces;
    owners: NamespaceOwners;
  }) {
    this.#settings = options.settings;
    this.#catalog = options.catalog;
    this.#credentials = options.credentials;
    this.#facts = options.facts;
    this.#workloads = options.workloads;
    this.#owners = options.owners;
  }

  /** The scope of the entity's runs on a cluster, and the configuration that would give it what it claims. */
  async of(
    entity: Entity,
    cluster: string | undefined,
  ): Promise<{ scope: Scope; snippet: string }> {
    const [facts, claimed] = await Promise.all([
      this.#facts.of(entity),
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

  /** Whether a rule, or the cluster itself, says that the entity belongs into the namespace, and which of them. */
  async vouchesFor(
    entity: Entity,
    cluster: string,
    namespace: string,
  ): Promise<Voucher | undefined> {
    const facts = await this.#facts.of(entity);
    const confirmed = this.#settings.confirmedByNamespaces
      ? await this.#confirmed(cluster, [namespace])
      : {};
    return voucherOf({
      entity: facts,
      cluster,
      namespace,
      settings: this.#settings,
      ...(confirmed[namespace] === undefined
        ? {}
        : { confirmedOwner: confirmed[namespace] }),
    });
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
