import type { Preview } from '@backstage-runbooks/plugin-runbooks-common';

/** One preview of each outcome. */
export const PREVIEWS: Record<Preview['outcome'], Preview> = {
  changes: {
    outcome: 'changes',
    objects: [
      {
        change: 'delete',
        object: podNamed('auth-service-7c9d-x2k4p'),
        headline: 'deletes the Pod auth-service-7c9d-x2k4p',
        fields: [],
      },
      {
        change: 'change',
        object: {
          kind: 'Deployment',
          group: 'apps',
          namespace: 'identity',
          name: 'auth-service',
        },
        headline: '3 → 6 replicas',
        fields: [
          { path: 'spec.replicas', before: '3', after: '6' },
          {
            path: 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
            after: '2026-11-21T02:14:09Z',
          },
          { path: 'spec.paused', before: 'true' },
        ],
      },
      {
        change: 'change',
        object: {
          kind: 'Secret',
          group: '',
          namespace: 'identity',
          name: 'auth-token-store',
        },
        fields: [{ path: 'data.password', hidden: true }],
      },
      {
        change: 'create',
        object: {
          kind: 'NetworkPolicy',
          group: 'networking.k8s.io',
          namespace: 'identity',
          name: 'auth-from-gateway',
        },
        fields: [
          { path: 'spec.podSelector.matchLabels.app', after: 'auth-service' },
          {
            path: 'spec.ingress[0].from[0].podSelector.matchLabels.app',
            after: 'gateway',
          },
          { path: 'spec.ingress[0].ports[0].port', after: '8080' },
          { path: 'spec.ingress[0].ports[0].protocol', after: 'TCP' },
          { path: 'spec.ingress[0].ports[1].port', after: '9090' },
          { path: 'spec.policyTypes[0]', after: 'Ingress' },
          { path: 'metadata.labels.team', after: 'identity' },
        ],
        more: 12,
      },
      {
        change: 'change',
        object: {
          kind: 'ConfigMap',
          group: '',
          namespace: 'identity',
          name: 'auth-service-settings',
        },
        fields: [
          {
            path: 'data["application.yaml"]',
            before: 'tokenStore:\n  poolSize: 10\n  timeout: 2s\n',
            after: 'tokenStore:\n  poolSize: 40\n  timeout: 2s\n',
          },
        ],
      },
    ],
    more: 3,
    notes: [
      'The cluster starts and stops the pods of a Deployment by itself: they are not in it.',
    ],
    digest: 'd1'.repeat(32),
  },
  creates: {
    outcome: 'creates',
    objects: [
      {
        change: 'create',
        object: {
          kind: 'Namespace',
          group: '',
          namespace: '',
          name: 'identity-canary',
        },
        fields: [{ path: 'metadata.labels.team', after: 'identity' }],
      },
    ],
    notes: [],
    digest: 'd2'.repeat(32),
  },
  'changes-nothing': {
    outcome: 'changes-nothing',
    notes: ['The Deployment auth-service has 6 replicas already.'],
  },
  refused: {
    outcome: 'refused',
    because:
      'deployments.apps "auth-service" is forbidden: exceeded quota: identity, requested: pods=3, used: pods=8, limited: pods=10',
  },
  'not-possible': {
    outcome: 'not-possible',
    because:
      'it waits for a roll-out with kubectl rollout status, which a dry run never begins.',
  },
  failed: {
    outcome: 'failed',
    because: 'the cluster did not answer within 20 seconds',
  },
};

function podNamed(name: string) {
  return { kind: 'Pod', group: '', namespace: 'identity', name };
}
