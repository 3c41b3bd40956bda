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
  /** Live workloads of the entity: those whose pods it has. */
  workloads: ReadonlyArray<{ kind: string; name: string }>;
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
  const asksForWorkload = parameters.some(isWorkload);
  return parameters.map(parameter => ({
    ...parameter,
    ...filling(parameter, facts, asksForWorkload),
  }));
}

type Filling = Pick<PrefilledParameter, 'value' | 'from' | 'choices'>;

function filling(
  parameter: Parameter,
  facts: PrefillFacts,
  asksForWorkload: boolean,
): Filling {
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
      return parameter.default === undefined
        ? deploymentFilling(facts)
        : written;
    case 'service':
      return parameter.default === undefined
        ? { value: facts.entityName, from: 'the entity' }
        : written;
    case 'kubernetes-name':
      return parameter.default === undefined && isWorkload(parameter)
        ? ownWorkloadFilling(facts)
        : written;
    case 'kind':
      return asksForWorkload ? kindFilling(written, facts) : written;
    default:
      return written;
  }
}

/** A name that is asked for as that of a workload: `<workload-name>`, `${WORKLOAD}`. */
function isWorkload({ type, name, written }: Parameter): boolean {
  return type === 'kubernetes-name' && /workload/i.test(`${name} ${written}`);
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

function deploymentFilling(facts: PrefillFacts): Filling {
  const deployments = facts.workloads
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ name }) => name);
  if (deployments.length === 0) {
    return { value: facts.entityName, from: 'the entity' };
  }
  const own = deployments.includes(facts.entityName)
    ? facts.entityName
    : deployments[0];
  return {
    value: own,
    from: 'the deployments of this service',
    choices: deployments.map(name => ({ value: name, label: name })),
  };
}

/** Its name is proposed, and that of another one can still be typed. */
function ownWorkloadFilling(facts: PrefillFacts): Filling {
  const own = ownWorkload(facts);
  return own ? { value: own.name, from: 'the workloads of this service' } : {};
}

/** The kind that the document writes stays where the workload is of that kind: `deploy` is a Deployment. */
function kindFilling(written: Filling, facts: PrefillFacts): Filling {
  const own = ownWorkload(facts);
  if (!own) return written;
  const { value } = written;
  return value !== undefined && kindsOf(own.kind).includes(value.toLowerCase())
    ? written
    : { value: own.kind.toLowerCase(), from: 'the workloads of this service' };
}

/** The workload that has the entity's name, or the only one. */
function ownWorkload({ entityName, workloads }: PrefillFacts) {
  const named = workloads.filter(({ name }) => name === entityName);
  const likely = named.length > 0 ? named : workloads;
  return likely.length === 1 ? likely[0] : undefined;
}

const SHORT_KINDS: Readonly<Record<string, string>> = {
  deployment: 'deploy',
  statefulset: 'sts',
  daemonset: 'ds',
};

/** A kind as kubectl takes it. */
function kindsOf(kind: string): string[] {
  const word = kind.toLowerCase();
  const short = SHORT_KINDS[word];
  return [word, `${word}s`, ...(short ? [short] : [])];
}
