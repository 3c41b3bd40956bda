import { judgeBoundText } from './judgeBoundText';

/** The words of the last call of a text, and what the text does, as it is judged. */
function lastCall(text: string, value: string) {
  const reading = judgeBoundText(text, {
    environment: { RUNBOOKS_P_NOTE: value },
    untold: new Set(),
    fileText: () => undefined,
    folders: [''],
  });
  const call = reading.calls[reading.calls.length - 1];
  return {
    effect: reading.effect,
    args: call?.args.slice(1).map(one => one.value),
  };
}

const G = 'G="${RUNBOOKS_P_NOTE}"\n';

describe('a variable that the text gives a value and does not quote', () => {
  it.each<[string, string, string[]]>([
    ['find . -name x$G', '1 -delete', ['.', '-name', 'x1', '-delete']],
    ['kubectl get pods -o=$G', 'yaml -A', ['get', 'pods', '-o=yaml', '-A']],
    [
      'kubectl delete pod web --grace-period=$G',
      '5 api',
      ['delete', 'pod', 'web', '--grace-period=5', 'api'],
    ],
    [
      'kubectl set image deploy/web web=r:${G}',
      '1 sidecar=evil:1',
      ['set', 'image', 'deploy/web', 'web=r:1', 'sidecar=evil:1'],
    ],
    [
      'kubectl apply -f web.yaml --server-side=$G',
      'true --force-conflicts',
      ['apply', '-f', 'web.yaml', '--server-side=true', '--force-conflicts'],
    ],
    ['echo a$G"$G"b', ' x ', ['a', 'x', ' x b']],
    ['echo a"$G"', 'x y', ['ax y']],
  ])('is split in %s as bash splits it', (text, value, args) => {
    expect(lastCall(G + text, value)).toMatchObject({ args });
  });

  it.each([
    'find . -name x$G',
    'find . -name ${G:-x}',
    'find . -name x${G:-x}',
    'find . -name x${RUNBOOKS_P_NOTE}',
  ])('makes %s as bad as what it becomes', text => {
    expect(['destructive', 'unknown']).toContain(
      lastCall(G + text, '1 -delete').effect,
    );
    expect(lastCall(G + text, 'one').effect).toBe('local');
  });

  it.each(['IFS=,\n', 'IFS=","; '])(
    'is not sure where %j divides words in another way',
    ifs => {
      expect(
        lastCall(`${ifs}${G}find . -name x$G`, '1,-delete').effect,
      ).not.toBe('local');
      expect(
        lastCall(`${ifs}${G}find . -name $G`, '1,-delete').effect,
      ).not.toBe('local');
    },
  );
});
