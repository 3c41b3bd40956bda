import { onlyBytes, onlyText, readProtobuf, textOf } from './protobuf';
import { objectOfMessage, type Read, type Shape } from './objectOfMessage';

const only: Read = values => {
  if (values.length !== 1) throw new Error('a field is written twice');
  return values[0];
};
const harmless: Read = () => undefined;
const number: Read = values => {
  const value = only(values);
  if (typeof value !== 'number') throw new Error('a field is no number');
  return value;
};
const flag: Read = values => number(values) !== 0;
const text: Read = values => textOf(bytesOf(only(values))) || undefined;
const texts: Read = values => values.map(value => textOf(bytesOf(value)));
const message =
  (shape: Shape): Read =>
  values =>
    objectOfMessage(readProtobuf(bytesOf(only(values))), shape);
const messages =
  (shape: Shape): Read =>
  values =>
    values.map(value => objectOfMessage(readProtobuf(bytesOf(value)), shape));
const entries =
  (read: (value: Uint8Array) => string): Read =>
  values => {
    const found = new Map<string, string>();
    for (const value of values) {
      const entry = readProtobuf(bytesOf(value));
      const key = onlyText(entry, 1) ?? '';
      if (found.has(key)) throw new Error(`the key '${key}' is written twice`);
      found.set(key, read(onlyBytes(entry, 2) ?? new Uint8Array()));
    }
    return Object.fromEntries(found);
  };

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a field is a number');
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const METADATA: Shape = {
  1: ['name', text],
  2: ['generateName', text],
  3: ['namespace', text],
  4: ['selfLink', harmless],
  5: ['uid', text],
  6: ['resourceVersion', text],
  7: ['generation', harmless],
  8: ['creationTimestamp', harmless],
  11: ['labels', entries(textOf)],
  12: ['annotations', entries(textOf)],
  13: [
    'ownerReferences',
    messages({
      1: ['kind', text],
      3: ['name', text],
      4: ['uid', text],
      5: ['apiVersion', text],
      6: ['controller', harmless],
      7: ['blockOwnerDeletion', harmless],
    }),
  ],
  14: ['finalizers', texts],
  17: ['managedFields', harmless],
};

const said: Read = () => ({});

/** Of where values come from, that it is a Secret. */
const ENVIRONMENT: Shape = {
  1: ['name', text],
  2: ['value', harmless],
  3: [
    'valueFrom',
    message({
      1: ['fieldRef', said],
      2: ['resourceFieldRef', said],
      3: ['configMapKeyRef', said],
      4: ['secretKeyRef', said],
    }),
  ],
};

const ENVIRONMENT_FROM: Shape = {
  1: ['prefix', harmless],
  2: ['configMapRef', said],
  3: ['secretRef', said],
};

const CONTAINER: Shape = {
  1: ['name', text],
  2: ['image', text],
  3: ['command', harmless],
  4: ['args', harmless],
  5: ['workingDir', harmless],
  6: [
    'ports',
    messages({
      1: ['name', text],
      2: ['hostPort', number],
      3: ['containerPort', number],
      4: ['protocol', text],
      5: ['hostIP', text],
    }),
  ],
  7: ['env', messages(ENVIRONMENT)],
  8: ['resources', harmless],
  13: ['terminationMessagePath', harmless],
  14: ['imagePullPolicy', harmless],
  15: ['securityContext', message({})],
  16: ['stdin', harmless],
  17: ['stdinOnce', harmless],
  18: ['tty', harmless],
  19: ['envFrom', messages(ENVIRONMENT_FROM)],
  20: ['terminationMessagePolicy', harmless],
};

const POD_SPEC: Shape = {
  2: ['containers', messages(CONTAINER)],
  3: ['restartPolicy', harmless],
  4: ['terminationGracePeriodSeconds', harmless],
  5: ['activeDeadlineSeconds', harmless],
  6: ['dnsPolicy', harmless],
  7: ['nodeSelector', harmless],
  8: ['serviceAccountName', text],
  9: ['serviceAccount', text],
  10: ['nodeName', text],
  11: ['hostNetwork', flag],
  12: ['hostPID', flag],
  13: ['hostIPC', flag],
  // Empty where nobody set anything; what is in it is not read.
  14: ['securityContext', message({})],
  15: ['imagePullSecrets', harmless],
  16: ['hostname', harmless],
  17: ['subdomain', harmless],
  19: ['schedulerName', harmless],
  24: ['priorityClassName', text],
};

const TEMPLATE: Shape = {
  1: ['metadata', harmless],
  2: ['spec', message(POD_SPEC)],
};

const DEPLOYMENT_SPEC: Shape = {
  1: ['replicas', number],
  2: ['selector', harmless],
  3: ['template', message(TEMPLATE)],
  4: ['strategy', harmless],
  5: ['minReadySeconds', harmless],
  6: ['revisionHistoryLimit', harmless],
  7: ['paused', harmless],
  9: ['progressDeadlineSeconds', harmless],
};

const JOB_SPEC: Shape = {
  1: ['parallelism', number],
  2: ['completions', harmless],
  3: ['activeDeadlineSeconds', harmless],
  4: ['selector', harmless],
  5: ['manualSelector', harmless],
  6: ['template', message(TEMPLATE)],
  7: ['backoffLimit', harmless],
  8: ['ttlSecondsAfterFinished', harmless],
  9: ['completionMode', harmless],
  10: ['suspend', flag],
  14: ['podReplacementPolicy', harmless],
};

const CRON_JOB_SPEC: Shape = {
  1: ['schedule', harmless],
  2: ['startingDeadlineSeconds', harmless],
  3: ['concurrencyPolicy', harmless],
  4: ['suspend', flag],
  5: [
    'jobTemplate',
    message({ 1: ['metadata', harmless], 2: ['spec', message(JOB_SPEC)] }),
  ],
  6: ['successfulJobsHistoryLimit', harmless],
  7: ['failedJobsHistoryLimit', harmless],
  8: ['timeZone', harmless],
};

const AUTOSCALER_SPEC: Shape = {
  1: ['scaleTargetRef', harmless],
  2: ['minReplicas', number],
  3: ['maxReplicas', number],
  4: ['metrics', harmless],
  5: ['behavior', harmless],
};

const SERVICE_SPEC: Shape = {
  1: ['ports', harmless],
  2: ['selector', harmless],
  3: ['clusterIP', text],
  4: ['type', text],
  7: ['sessionAffinity', text],
  8: ['loadBalancerIP', text],
  10: ['externalName', text],
  11: ['externalTrafficPolicy', text],
  12: ['healthCheckNodePort', harmless],
  13: ['publishNotReadyAddresses', flag],
  18: ['clusterIPs', texts],
};

function withSpec(spec: Read): Shape {
  return {
    1: ['metadata', message(METADATA)],
    2: ['spec', spec],
    3: ['status', harmless],
  };
}

/** The kinds that are read, by group and resource. */
export const PROTOBUF_SHAPES: Readonly<Record<string, Shape>> = {
  '/secrets': {
    1: ['metadata', message(METADATA)],
    2: ['data', entries(base64Of)],
    3: ['type', text],
    4: ['stringData', entries(textOf)],
    5: ['immutable', harmless],
  },
  '/configmaps': {
    1: ['metadata', message(METADATA)],
    2: ['data', harmless],
    3: ['binaryData', harmless],
    4: ['immutable', harmless],
  },
  '/serviceaccounts': {
    1: ['metadata', message(METADATA)],
    2: ['secrets', harmless],
    3: ['imagePullSecrets', harmless],
    4: ['automountServiceAccountToken', harmless],
  },
  '/services': withSpec(message(SERVICE_SPEC)),
  '/pods': withSpec(message(POD_SPEC)),
  'apps/deployments': withSpec(message(DEPLOYMENT_SPEC)),
  'batch/jobs': withSpec(message(JOB_SPEC)),
  'batch/cronjobs': withSpec(message(CRON_JOB_SPEC)),
  'autoscaling/horizontalpodautoscalers': withSpec(message(AUTOSCALER_SPEC)),
  'networking.k8s.io/ingresses': withSpec(harmless),
  'policy/poddisruptionbudgets': withSpec(harmless),
};
