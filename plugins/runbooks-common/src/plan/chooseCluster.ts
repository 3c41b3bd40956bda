import type { Procedure } from '../document/model';
import type { PlanProblem } from './model';

/** Chooses the one cluster of a run: the one that was asked for, or the only one there is. */
export function chooseCluster(input: {
  clusters: readonly string[];
  cluster?: string;
  procedure: Procedure;
}): {
  cluster?: string;
  problems: PlanProblem[];
} {
  const { clusters, cluster } = input;
  const known = clusters.map(name => `"${name}"`).join(', ') || 'none';
  if (cluster !== undefined) {
    return clusters.includes(cluster)
      ? { cluster, problems: [] }
      : {
          problems: [
            {
              code: 'unknown-cluster',
              message: `There is no cluster "${cluster}"; expected one of ${known}`,
            },
          ],
        };
  }
  if (clusters.length === 1) return { cluster: clusters[0], problems: [] };
  if (clusters.length === 0 || !needsCluster(input.procedure)) {
    return { problems: [] };
  }
  return {
    problems: [
      {
        code: 'no-cluster',
        message: `A run goes to exactly one cluster; choose one of ${known}`,
      },
    ],
  };
}

function needsCluster(procedure: Procedure): boolean {
  return procedure.phases.some(phase =>
    phase.steps.some(step => step.type === 'command'),
  );
}
