import { KUBECTL_NAMES } from '../shell/effects/kubectl/kubectlNames';

/** Programs that tell how they ended, wherever they stand, and that take no settings but those of the step. @public */
export const CLUSTER_PROGRAMS: readonly string[] = [...KUBECTL_NAMES, 'helm'];
