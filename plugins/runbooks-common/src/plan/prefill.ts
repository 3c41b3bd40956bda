import type { PrefilledParameter } from '../api/responses';
import type { Parameter } from '../document/model';

/** What is known about the entity when a procedure is opened. @public */
export interface PrefillFacts {
  /** The entity's metadata.name. */
  entityName: string;
  /** Kubernetes namespace of the entity, where one is annotated. */
  namespace?: string;
  /** Live pods of the entity, those with a problem first, those that are being deleted last. */
  pods: ReadonlyArray<{ name: string; note: string; isLeaving: boolean }>;
  /** Live deployments of the entity. */
  deployments: readonly string[];
}

/**
 * Fills parameters before the person touches them: from the document's defaults, the entity, and live health.
 * Nothing is filled where two values would be equally likely, but for pods: the first one with a problem, and none that is
 * being deleted.
 *
 * @public
 */
export function prefillParameters(
  parameters: readonly Parameter[],
  facts: PrefillFacts,
): PrefilledParameter[] {
  return parameters.map(parameter => ({
    ...parameter,
    ...filling(parameter, facts),
  }));
}

type Filling = Pick<PrefilledParameter, 'value' | 'from' | 'choices'>;

function filling(parameter: Parameter, facts: PrefillFacts): Filling {
  const written: Filling =
    parameter.default === undefined
      ? {}
      : { value: parameter.default, from: 'the document' };
  switch (parameter.type) {
    case 'namespace':
      return parameter.default === undefined && facts.namespace
        ? { value: facts.namespace, from: 'the entity' }
        : written;
    case 'pod':
      return facts.pods.length === 0 ? written : podFilling(facts);
    case 'deployment':
    case 'service':
      return parameter.default === undefined
        ? workloadFilling(parameter, facts)
        : written;
    default:
      return written;
  }
}

function podFilling(facts: PrefillFacts): Filling {
  const staying = facts.pods.find(({ isLeaving }) => !isLeaving);
  return {
    ...(staying ? { value: staying.name } : {}),
    from: 'the pods of this service',
    choices: facts.pods.map(({ name, note }) => ({
      value: name,
      label: note ? `${name} (${note})` : name,
    })),
  };
}

function workloadFilling(parameter: Parameter, facts: PrefillFacts): Filling {
  if (parameter.type === 'deployment' && facts.deployments.length > 0) {
    const own = facts.deployments.includes(facts.entityName)
      ? facts.entityName
      : facts.deployments[0];
    return {
      value: own,
      from: 'the deployments of this service',
      choices: facts.deployments.map(name => ({ value: name, label: name })),
    };
  }
  return { value: facts.entityName, from: 'the entity' };
}
