import type { AllowedWrites } from '@backstage-runbooks/plugin-runbooks-common';
import { allowed, refused } from '../../testing/runs';
import { actionButtons, refusalLines, writesLines } from './actionViews';

describe('the buttons of a step', () => {
  it('come in the order of use with one that stands out', () => {
    const buttons = actionButtons(
      [allowed('skip'), allowed('judge'), allowed('run')],
      { status: 'pending' },
    );
    expect(buttons.map(({ label, emphasis }) => ({ label, emphasis }))).toEqual(
      [
        { label: 'Run step', emphasis: 'primary' },
        { label: 'Skip', emphasis: 'plain' },
      ],
    );
  });

  it('tell each reason once with the buttons it is about', () => {
    const because = 'you asked for it yourself';
    const buttons = actionButtons(
      [
        { kind: 'approve', permitted: refused(because) },
        { kind: 'deny', permitted: refused(because) },
      ],
      { status: 'pending' },
    );
    expect(refusalLines(buttons)).toEqual([
      'Approve, Deny: you asked for it yourself',
    ]);
  });
});

describe('what a step may write', () => {
  const write = {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: 'scale',
    namespace: 'identity',
    name: 'auth-service',
  };
  it.each<{ writes: AllowedWrites; lines: string[] }>([
    { writes: { kind: 'none' }, lines: ['Nothing in the cluster'] },
    {
      writes: { kind: 'listed', writes: [write] },
      lines: ['patch deployments/scale (apps) auth-service in identity'],
    },
    {
      writes: {
        kind: 'listed',
        writes: [
          {
            ...write,
            verb: 'deletecollection',
            group: '',
            resource: 'pods',
            subresource: '',
            name: '*',
            selector: 'app=auth',
          },
        ],
      },
      lines: ['deletecollection pods with app=auth in identity'],
    },
    {
      writes: {
        kind: 'any-in-namespaces',
        namespaces: ['identity', 'payments'],
        destructive: false,
        executes: [
          {
            verb: 'connect',
            group: '',
            resource: 'pods',
            subresource: 'exec',
            namespace: 'identity',
            name: '*',
            command: ['date'],
          },
        ],
      },
      lines: [
        'Any write in identity and payments: what exactly cannot be told from the text',
        'connect pods/exec any name in identity: date',
        'Not what cannot be taken back: scaling to zero, deleting collections, evictions, removing finalizers',
      ],
    },
    {
      writes: {
        kind: 'any-in-namespaces',
        namespaces: ['identity'],
        destructive: true,
        executes: 'any',
      },
      lines: [
        'Any write in identity, and any command inside the pods there (kubectl exec): what exactly cannot be told from the text',
        'Also what cannot be taken back: scaling to zero, deleting collections, evictions, removing finalizers',
      ],
    },
  ])('is told as $lines', ({ writes, lines }) => {
    expect(writesLines(writes)).toEqual(lines);
  });
});
