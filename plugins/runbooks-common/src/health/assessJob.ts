import { assessed, conditionOf, signalOf, type Assessment } from './assessment';
import { imageOf } from './imageOf';
import type { Job } from './kubernetesObjects';

/**
 * Judges a Job by those of its conditions that hold. A condition with status False says the opposite of its name:
 * `Suspended=False` is a job that was resumed and runs.
 *
 * @public
 */
export function assessJob(job: Job): Assessment {
  const { spec = {}, status = {} } = job;
  const holds = (type: string) => {
    const condition = conditionOf(status.conditions, type);
    return condition?.status === 'True' ? condition : undefined;
  };
  const facts = { image: imageOf(spec.template) };

  const failed = holds('Failed');
  if (failed) {
    const message = `The job failed: ${
      failed.message ?? failed.reason ?? 'no reason is given'
    }`;
    return assessed('Degraded', message, {
      ...facts,
      signals: [signalOf(job, 'JobFailed', message)],
    });
  }
  if (holds('Complete')) {
    return assessed('Healthy', 'The job is complete', facts);
  }
  if (holds('Suspended') || spec.suspend) {
    return assessed('Suspended', 'The job is suspended', facts);
  }
  const failures = status.failed ?? 0;
  return assessed(
    'Progressing',
    failures > 0
      ? `The job runs; ${failures} of its tries failed so far`
      : 'The job runs',
    facts,
  );
}
