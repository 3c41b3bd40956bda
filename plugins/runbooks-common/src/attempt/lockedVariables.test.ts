import type { StepVerdict } from '../plan/model';
import { steersUntold } from '../shell/effects/wrappers/settings';
import { lockedVariables } from './lockedVariables';

const KNOWN: Pick<StepVerdict, 'commands' | 'writes'> = {
  commands: [{ text: '', line: 1, effect: 'read', because: '' }],
  writes: { kind: 'none' },
};
const OPEN: typeof KNOWN = {
  ...KNOWN,
  commands: [{ text: '', line: 1, effect: 'unknown', because: '' }],
};

describe('the variables that a step may not change', () => {
  it('are all that steer, where its text binds none', () => {
    expect(lockedVariables('kubectl get pods', KNOWN)).toEqual(
      expect.arrayContaining([
        ...['PATH', 'HOME', 'KUBECONFIG', 'BASH_ENV', 'BASH_CMDS'],
        ...['LD_PRELOAD', 'TAR_OPTIONS', 'KUBECTL_EXTERNAL_DIFF'],
      ]),
    );
  });

  it('are among them all by which kubectl and helm find settings and plugins', () => {
    expect(lockedVariables('kubectl get pods', KNOWN)).toEqual(
      expect.arrayContaining([
        ...['KUBECONFIG', 'KUBERC', 'KUBECTL_KUBERC', 'HELM_PLUGINS'],
        ...['HELM_DATA_HOME', 'HELM_CONFIG_HOME', 'HELM_KUBETOKEN'],
        ...['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_DIRS'],
      ]),
    );
  });

  it('are known to judging, each of them', () => {
    const unknown = lockedVariables('kubectl get pods', KNOWN).filter(
      name => !steersUntold(name),
    );
    expect(unknown).toEqual([]);
  });

  it.each([
    ['PATH', 'PATH="$PATH:/opt/x"; kubectl get pods'],
    ['KUBECONFIG', 'export KUBECONFIG=~/.kube/config'],
    ['EDITOR', 'f() { local EDITOR=cat; }; f'],
    ['KUBECONFIG', 'unset KUBECONFIG'],
    ['PATH', '. ./script.sh'],
  ])('are not %s where planning lets the text assign it: %s', (name, text) => {
    expect(lockedVariables(text, KNOWN)).not.toContain(name);
  });

  it.each([
    ['PATH', 'for PATH in bin; do kubectl get pods; done'],
    ['PATH', 'read -r PATH < f'],
    ['LD_PRELOAD', '. ./script.sh'],
    ['LD_PRELOAD', 'read -r "$X"'],
  ])('are %s where judging has missed that it is bound: %s', (name, text) => {
    expect(lockedVariables(text, KNOWN)).toContain(name);
  });

  it.each([
    ['PATH', 'for PATH in bin; do kubectl get pods; done'],
    ['LD_PRELOAD', 'read -r "$X"'],
  ])(
    'are not %s where the step was allowed to run what cannot be told: %s',
    (name, text) => {
      expect(lockedVariables(text, OPEN)).not.toContain(name);
    },
  );

  it('are those that the text does not bind, whatever else it was allowed', () => {
    const locked = lockedVariables('for PATH in bin; do ./unseen; done', OPEN);
    expect(locked).toContain('BASH_ENV');
    expect(
      lockedVariables('kubectl apply -f x', {
        ...KNOWN,
        writes: { kind: 'listed', writes: [] },
      }),
    ).toContain('PATH');
  });
});
