import type { Instant } from '../time';
import {
  ageMs,
  assessed,
  counted,
  signalOf,
  type Assessment,
} from './assessment';
import type { EndpointSlice, Service } from './kubernetesObjects';

/** Endpoints follow pods; a service that was just made has none yet. */
const ENDPOINTS_GRACE_MS = 60_000;

/** What stands behind a service. @public */
export interface ServiceBackends {
  /** Undefined where endpoints may not be read: then nothing is said about them. */
  slices?: EndpointSlice[];
  /** Its workloads are scaled to 0 on purpose. */
  scaledToZero?: boolean;
}

/** Judges a Service by its load balancer and by who would answer. @public */
export function assessService(
  service: Service,
  at: Instant,
  backends: ServiceBackends = {},
): Assessment {
  const { spec = {}, status = {} } = service;
  const silence = assessEndpoints(service, at, backends);
  if (silence && silence.state !== 'Healthy') return silence;
  if (spec.type === 'LoadBalancer' && !status.loadBalancer?.ingress?.length) {
    return assessed(
      'Progressing',
      'Waiting for the address of a load balancer',
    );
  }
  return silence ?? assessed('Healthy', 'Has no rule that could fail');
}

function assessEndpoints(
  service: Service,
  at: Instant,
  { slices, scaledToZero }: ServiceBackends,
): Assessment | undefined {
  const selects = Object.keys(service.spec?.selector ?? {}).length > 0;
  if (!selects || !slices || service.spec?.type === 'ExternalName') {
    return undefined;
  }
  const all = slices.flatMap(slice => slice.endpoints ?? []);
  // An endpoint that does not say counts as ready: so the API defines it.
  const ready = all.filter(
    endpoint => endpoint.conditions?.ready !== false,
  ).length;
  if (ready > 0) {
    return assessed('Healthy', `${counted(ready, 'endpoint')} ready`);
  }
  if (all.length === 0 && scaledToZero) {
    return assessed(
      'Suspended',
      'Nobody answers: its workloads are scaled to 0',
    );
  }
  const message =
    all.length > 0
      ? `Nobody answers: none of ${counted(all.length, 'endpoint')} is ready`
      : 'Nobody answers: its selector finds no running pod';
  const age = ageMs(service.metadata?.creationTimestamp, at);
  const isNew = age !== undefined && age < ENDPOINTS_GRACE_MS;
  return assessed(isNew ? 'Progressing' : 'Degraded', message, {
    signals: isNew ? [] : [signalOf(service, 'NoEndpoints', message)],
  });
}
