import type {
  AllowedWrite,
  PlannedStep,
} from '@backstage-runbooks/plugin-runbooks-common';
import { whyTheseOwners } from './whyTheseOwners';

const SERVICE = 'component:default/auth-service';
const SYSTEM = 'system:default/fintech';

describe('why the owners of several entities must approve', () => {
  it('is that each has the very object', () => {
    expect(why({ writes: listed(write('auth-service')) })).toBe(
      'Each of them has what the step may write, by its label or because its workloads use it: deployments auth-service in fintech.',
    );
  });

  it('is that the names of what is written are not known', () => {
    expect(why({ writes: listed(write('*')) })).toBe(
      'Each of them has objects in fintech, and which objects there the step writes or goes into is not known by name.',
    );
    expect(
      why({
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['fintech', 'shared'],
          destructive: false,
        },
      }),
    ).toBe(
      'Each of them has objects in fintech and shared, and which objects there the step writes cannot be told from its text.',
    );
  });

  it('is which Secret is read', () => {
    expect(
      why({
        secrets: {
          kind: 'named',
          names: [{ namespace: 'fintech', name: 'tls' }],
        },
      }),
    ).toContain('the Secrets that the step reads');
    expect(why({ secrets: { kind: 'any' } })).toContain('Secrets that are not');
  });

  it('is told in whole sentences where the step both writes and reads', () => {
    expect(
      why({
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['todo-chatbot'],
          destructive: true,
        },
        secrets: { kind: 'any' },
      }),
    ).toBe(
      'Each of them has objects in todo-chatbot, and which objects there the step writes cannot be told from its text. Each of them also has objects where the step may read Secrets that are not known by name.',
    );
  });

  it('names some of many objects and counts the others', () => {
    const writes = ['a', 'b', 'c', 'd', 'e'].map(name => write(name));
    expect(why({ writes: listed(...writes) })).toMatch(
      /deployments c in fintech and 2 more\.$/,
    );
  });

  it('needs no saying where there is one, or where nobody must', () => {
    expect(
      why({ writes: listed(write('auth-service')) }, [SERVICE]),
    ).toBeUndefined();
    expect(
      whyTheseOwners({
        requires: { kind: 'nothing' },
        writes: { kind: 'none' },
        secrets: { kind: 'none' },
      }),
    ).toBeUndefined();
  });
});

function why(
  step: Partial<Pick<PlannedStep, 'writes' | 'secrets'>>,
  approvedBy = [SERVICE, SYSTEM],
) {
  return whyTheseOwners({
    requires: { kind: 'approval', because: 'changes', approvedBy },
    writes: { kind: 'none' },
    secrets: { kind: 'none' },
    ...step,
  });
}

function listed(...writes: AllowedWrite[]): PlannedStep['writes'] {
  return { kind: 'listed', writes };
}

function write(name: string): AllowedWrite {
  return {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: 'scale',
    namespace: 'fintech',
    name,
  };
}
