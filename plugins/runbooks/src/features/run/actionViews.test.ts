import type {
  AllowedWrites,
  Effect,
  StepAction,
} from '@backstage-runbooks/plugin-runbooks-common';
import { allowed, refused, runsInAllStates } from '../../testing/runs';
import {
  actionButtons,
  previewButton,
  refusalLines,
  writesLines,
} from './actionViews';

describe('the buttons of a step', () => {
  it('come in the order of use with one that stands out', () => {
    const buttons = actionButtons(
      [allowed('skip'), allowed('judge'), allowed('run')],
      { status: 'pending' },
      false,
    );
    expect(buttons.map(({ label, emphasis }) => ({ label, emphasis }))).toEqual(
      [
        { label: 'Run step', emphasis: 'primary' },
        { label: 'Skip', emphasis: 'quiet' },
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
      false,
    );
    expect(refusalLines(buttons)).toEqual([
      'Approve, Deny: you asked for it yourself',
    ]);
  });

  it.each<{ by: string; approve: StepAction; last: boolean; says: string }>([
    {
      by: 'the last approval that is missing',
      approve: allowed('approve'),
      last: true,
      says: 'Approve and run',
    },
    {
      by: 'one of several',
      approve: allowed('approve'),
      last: false,
      says: 'Approve',
    },
    {
      by: 'nobody who may not approve',
      approve: { kind: 'approve', permitted: refused('you asked for it') },
      last: true,
      says: 'Approve',
    },
  ])('say whether the step runs by $by: $says', ({ approve, last, says }) => {
    const waiting = runsInAllStates().approval.run.steps['high-latency/2.1'];
    expect(
      actionButtons([approve], waiting, last).map(({ label }) => label),
    ).toEqual([says]);
  });
});

describe('the button that previews a step', () => {
  it.each<{
    step: string;
    action: StepAction;
    effect: Effect;
    button: unknown;
  }>([
    {
      step: 'a change that somebody may ask an approval for',
      action: allowed('request-approval'),
      effect: 'change',
      button: { label: 'Preview', because: undefined },
    },
    {
      step: 'a script, of which nobody can tell what it changes',
      action: allowed('request-approval'),
      effect: 'unknown',
      button: { label: 'Preview', because: undefined },
    },
    {
      step: 'a change, with the reason that keeps an approval from being asked for',
      action: {
        kind: 'request-approval',
        permitted: refused('wait for step 1'),
      },
      effect: 'destructive',
      button: { label: 'Preview', because: 'wait for step 1' },
    },
    {
      step: 'nothing: a read of Secrets, which changes nothing',
      action: allowed('request-approval'),
      effect: 'read',
      button: undefined,
    },
    {
      step: 'nothing: a step that runs without an approval',
      action: allowed('run'),
      effect: 'change',
      button: undefined,
    },
  ])('is for $step', ({ action, effect, button }) => {
    expect(previewButton([action, allowed('skip')], effect)).toEqual(button);
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
