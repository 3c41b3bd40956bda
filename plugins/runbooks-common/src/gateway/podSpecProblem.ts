import { isTree } from './trees';

type Check = (value: unknown) => string | undefined;

const fine: Check = () => undefined;

const isNoAccount = only('the service account', '', 'default');

const SECURITY: Readonly<Record<string, Check>> = {
  ...allFine(
    'runAsNonRoot',
    'runAsUser',
    'runAsGroup',
    'fsGroup',
    'fsGroupChangePolicy',
    'supplementalGroups',
    'readOnlyRootFilesystem',
  ),
  privileged: only('privileged containers', false),
  allowPrivilegeEscalation: only('privilege escalation', false),
  capabilities: object('set of capabilities', { drop: fine }),
  seccompProfile: object('seccomp profile', {
    type: only('the seccomp profile', 'RuntimeDefault'),
  }),
};

const CONTAINER: Readonly<Record<string, Check>> = {
  ...allFine(
    'name',
    'image',
    'command',
    'args',
    'workingDir',
    'env',
    'envFrom',
    'resources',
    'volumeMounts',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'lifecycle',
    'imagePullPolicy',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'stdin',
    'stdinOnce',
    'tty',
    'restartPolicy',
  ),
  ports: list('port', {
    ...allFine('name', 'containerPort', 'protocol'),
    hostPort: only('a port of the node', 0),
    hostIP: only('an address of the node', ''),
  }),
  securityContext: object('security context', SECURITY),
};

const VOLUME: Readonly<Record<string, Check>> = {
  ...allFine(
    'name',
    'configMap',
    'secret',
    'emptyDir',
    'persistentVolumeClaim',
    'downwardAPI',
    'ephemeral',
  ),
  projected: object('projected volume', {
    defaultMode: fine,
    sources: list('projected source', {
      ...allFine('configMap', 'secret', 'downwardAPI'),
    }),
  }),
};

const POD_SPEC: Readonly<Record<string, Check>> = {
  ...allFine(
    'restartPolicy',
    'terminationGracePeriodSeconds',
    'activeDeadlineSeconds',
    'dnsPolicy',
    'dnsConfig',
    'nodeSelector',
    'affinity',
    'tolerations',
    'topologySpreadConstraints',
    'imagePullSecrets',
    'hostname',
    'subdomain',
    'schedulerName',
    'readinessGates',
    'enableServiceLinks',
  ),
  containers: list('container', CONTAINER),
  initContainers: list('container', CONTAINER),
  volumes: list('volume', VOLUME),
  securityContext: object('security context', SECURITY),
  serviceAccountName: isNoAccount,
  serviceAccount: isNoAccount,
  automountServiceAccountToken: only('the mount of a token', false),
  nodeName: only('the node', ''),
  hostNetwork: only('the network of the node', false),
  hostPID: only('the processes of the node', false),
  hostIPC: only('the memory of the node', false),
};

/**
 * Why a pod specification, or a part of one, asks for more than an ordinary pod; undefined where it does not.
 *
 * An allow list at every level: a field that is not named here is not understood, and whatever Kubernetes adds later
 * counts as more. So does another service account, a node by name, and a volume that is not of the namespace.
 */
export function podSpecProblem(spec: unknown): string | undefined {
  return problemIn(spec, POD_SPEC, 'pod');
}

function problemIn(
  value: unknown,
  checks: Readonly<Record<string, Check>>,
  place: string,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isTree(value)) return `its ${place} cannot be read`;
  for (const [key, item] of Object.entries(value)) {
    // Directives of strategic merges order and drop items of lists; what they add stands beside them.
    if (key.startsWith('$') || item === null) continue;
    if (!Object.hasOwn(checks, key)) {
      return `'${key}' of a ${place} is not among the ordinary fields`;
    }
    const problem = checks[key](item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Only these values; anything else is named. */
function only(what: string, ...allowed: unknown[]): Check {
  return value =>
    allowed.includes(value) ? undefined : `it sets ${what} of a pod`;
}

function object(place: string, checks: Readonly<Record<string, Check>>): Check {
  return value => problemIn(value, checks, place);
}

function list(place: string, checks: Readonly<Record<string, Check>>): Check {
  return value => {
    if (!Array.isArray(value)) return `the ${place}s cannot be read`;
    return value
      .map(item => problemIn(item, checks, place))
      .find(problem => problem !== undefined);
  };
}

function allFine(...keys: string[]): Record<string, Check> {
  return Object.fromEntries(keys.map(key => [key, fine]));
}
