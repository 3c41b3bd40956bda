import type { StepVerdict } from './model';
import { DEFAULT_RULES, requirementOf } from './requirementOf';

const VERDICT: StepVerdict = {
  effect: 'read',
  because: 'lists pods',
  commands: [],
  secrets: { kind: 'none' },
  writes: { kind: 'none' },
  open: [],
  variables: [],
  files: { kind: 'known', paths: [] },
};

const CONTEXT = { approvedBy: ['component:default/web'], typed: 'web' };

function ask(over: Partial<StepVerdict>, rules = DEFAULT_RULES) {
  return requirementOf({ ...VERDICT, ...over }, CONTEXT, rules);
}

describe('what must happen before a step may run', () => {
  it.each<[string, Partial<StepVerdict>]>([
    ['reads', {}],
    ['changes files of the run', { effect: 'local' }],
    ['cannot run at all', { effect: 'destructive', impossible: 'no kubectl' }],
  ])('is nothing where it %s', (_what, over) => {
    expect(ask(over)).toEqual({ kind: 'nothing' });
  });

  it.each<[string, Partial<StepVerdict>, RegExp]>([
    ['changes something', { effect: 'change' }, /lists pods/],
    ['cannot be told', { effect: 'unknown' }, /treated as a change/],
    ['reads Secrets', { secrets: { kind: 'any' } }, /values of any Secret/],
    [
      'reads the releases of helm',
      { secrets: { kind: 'of-types', types: ['helm.sh/release.v1'] } },
      /type helm.sh\/release.v1/,
    ],
    [
      'looks inside a pod',
      {
        writes: {
          kind: 'listed',
          writes: [
            {
              verb: 'connect',
              group: '',
              resource: 'pods',
              subresource: 'exec',
              namespace: 'a',
              name: 'b',
            },
          ],
        },
      },
      /inside a pod/,
    ],
    [
      'forwards a port of a pod',
      {
        writes: {
          kind: 'listed',
          writes: [
            {
              verb: 'connect',
              group: '',
              resource: 'pods',
              subresource: 'portforward',
              namespace: 'a',
              name: 'b',
            },
          ],
        },
      },
      /opens a connection/,
    ],
    [
      'writes what cannot be listed and destroys nothing',
      {
        effect: 'change',
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['a'],
          destructive: false,
        },
      },
      /lists pods/,
    ],
  ])('is an approval where it %s', (_what, over, because) => {
    expect(ask(over)).toEqual({
      kind: 'approval',
      because: expect.stringMatching(because),
      approvedBy: CONTEXT.approvedBy,
    });
  });

  it.each<[string, Partial<StepVerdict>]>([
    ['destroys something', { effect: 'destructive' }],
    [
      'may delete what cannot be listed, though its words say a change',
      {
        effect: 'change',
        writes: {
          kind: 'any-in-namespaces',
          namespaces: ['a'],
          destructive: true,
        },
      },
    ],
  ])('is an approval and typed words where it %s', (_what, over) => {
    expect(ask(over)).toMatchObject({
      kind: 'approval-and-confirmation',
      typed: 'web',
    });
  });

  it('is not known where a value decides that nobody knows yet, whatever else is true of the step', () => {
    expect(ask({ effect: 'destructive', open: ['POD'] })).toEqual({
      kind: 'later',
      because: '$POD has no value yet, and it decides what this step does',
      variables: ['POD'],
    });
  });

  it('is what the rules say, and the most careful of them', () => {
    const rules = {
      ...DEFAULT_RULES,
      readsSecrets: 'approval-and-confirmation' as const,
    };
    expect(
      ask({ effect: 'change', secrets: { kind: 'any' } }, rules).kind,
    ).toBe('approval-and-confirmation');
  });
});
