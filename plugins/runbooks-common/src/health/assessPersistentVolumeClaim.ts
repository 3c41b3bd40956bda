import { assessed, signalOf, type Assessment } from './assessment';
import type { PersistentVolumeClaim } from './kubernetesObjects';

/** Judges a claim by its phase. @public */
export function assessPersistentVolumeClaim(
  claim: PersistentVolumeClaim,
): Assessment {
  const phase = claim.status?.phase;
  switch (phase) {
    case 'Bound':
      return assessed('Healthy', 'Bound to a volume');
    case 'Pending':
      return assessed('Progressing', 'Waiting for a volume');
    case 'Lost': {
      const message = `Its volume ${claim.spec?.volumeName ?? ''} is lost`;
      return assessed('Degraded', message, {
        signals: [signalOf(claim, 'VolumeLost', message)],
      });
    }
    default:
      return assessed('Unknown', `Its phase is '${phase ?? 'not told'}'`);
  }
}
