import type { PodTemplate } from './kubernetesObjects';

/** The image of the first container, which is the one people mean. */
export function imageOf(template: PodTemplate | undefined): string | undefined {
  return template?.spec?.containers?.[0]?.image;
}
