import type { Entity } from '@backstage/catalog-model';
import {
  closedScope,
  readRunbook,
} from '@backstage-runbooks/plugin-runbooks-common';
import { PlanService } from './PlanService';

const ENTITY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'shop' },
  },
};
const PROCEDURE = readRunbook(
  '# Operations\n\n## Restart\n\n```bash\nkubectl delete pod <pod-name> -n shop\n```\n',
  'operations.md',
).procedures[0];

const EVERYTHING = async (refs: Iterable<string>) => new Set(refs);

describe('the pods that a procedure proposes', () => {
  type Options = ConstructorParameters<typeof PlanService>[0];
  const pod = (namespace: string, name: string) => ({
    cluster: 'one',
    namespace,
    name,
    note: 'CrashLoopBackOff',
    isLeaving: false,
  });
  const factsOf = jest.fn(async () => ({
    pods: [pod('victim', 'victim-1'), pod('shop', 'shop-1')],
    workloads: [],
  }));
  const plans = new PlanService({
    live: { factsOf },
    scopes: {
      of: async () => ({
        scope: { ...closedScope(''), namespaces: ['shop'] },
        snippet: '',
      }),
    },
  } as unknown as Options);
  const proposed = async (healthOf: typeof EVERYTHING | undefined) =>
    JSON.stringify(await plans.prefilled(ENTITY, PROCEDURE, { healthOf }));

  beforeEach(() => factsOf.mockClear());

  it('are those of the namespaces where its runs may go, not a crashing one of somebody else', async () => {
    expect(await proposed(EVERYTHING)).toContain('shop-1');
    expect(await proposed(EVERYTHING)).not.toContain('victim-1');
  });

  it('are none for somebody who may not read health, and the cluster is not asked', async () => {
    expect(await proposed(undefined)).not.toContain('shop-1');
    expect(factsOf).not.toHaveBeenCalled();
  });
});
