import { assessed, type Assessment } from './assessment';
import type { Ingress } from './kubernetesObjects';

/**
 * Judges an Ingress that has an address. Without one there is no opinion: many controllers never report any, so its
 * absence tells nothing.
 *
 * @public
 */
export function assessIngress(ingress: Ingress): Assessment | undefined {
  return ingress.status?.loadBalancer?.ingress?.length
    ? assessed('Healthy', 'Has an address')
    : undefined;
}
