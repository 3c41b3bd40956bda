import { judgeText } from './testUtils/judgeText';

const object = (kind: string, apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\n`;

const FILES: Record<string, string> = {
  'deployment.yaml': object('Deployment', 'apps/v1'),
  'configmap.yaml': object('ConfigMap'),
  'account.yaml': object('ServiceAccount'),
  'pod.yaml': object('Pod'),
  'own.yaml': object('Thing', 'example.com/v1'),
  'both.yaml': `${object('ConfigMap')}---\n${object('ServiceAccount')}`,
  'unread.yaml': `${object('ConfigMap')}<<: {kind: ServiceAccount}\n`,
};
const BY_NAME: Record<string, string> = {
  'deployment.yaml': 'deployment/web',
  'configmap.yaml': 'configmap/web',
  'account.yaml': 'serviceaccount/web',
  'pod.yaml': 'pod/web',
};

const judge = (text: string) => judgeText(text, FILES);

describe('labels and annotations of the objects of a file', () => {
  it.each(
    Object.keys(BY_NAME).flatMap(file => [
      [
        `kubectl annotate -f ${file} a=b`,
        `kubectl annotate ${BY_NAME[file]} a=b`,
      ],
      [
        `kubectl annotate a=b --filename=${file}`,
        `kubectl annotate ${BY_NAME[file]} a=b`,
      ],
      [
        `kubectl label -f ${file} a=b c-`,
        `kubectl label ${BY_NAME[file]} a=b c-`,
      ],
      [
        `kubectl annotate -f ${file} kubectl.kubernetes.io/last-applied-configuration={}`,
        `kubectl annotate ${BY_NAME[file]} kubectl.kubernetes.io/last-applied-configuration={}`,
      ],
      [
        `kubectl annotate --list -f ${file} a=b`,
        `kubectl annotate --list ${BY_NAME[file]} a=b`,
      ],
      [
        `kubectl label --list -f ${file}`,
        `kubectl label --list ${BY_NAME[file]}`,
      ],
    ]),
  )('are judged as by their names: %s', (byFile, byName) => {
    const { effect, writes } = judge(byFile);
    expect({ effect, writes }).toEqual({
      effect: judge(byName).effect,
      writes: judge(byName).writes,
    });
  });

  it('are those of a service account where it is among others', () => {
    expect(judge('kubectl annotate -f both.yaml a=b').effect).toBe(
      'destructive',
    );
    expect(
      judge('kubectl annotate -f configmap.yaml -f account.yaml a=b').effect,
    ).toBe('destructive');
  });

  it('are not known where the file cannot surely be read, or is not there', () => {
    expect(judge('kubectl annotate -f unread.yaml a=b').effect).toBe('unknown');
    expect(judge('kubectl label -f own.yaml a=b').effect).toBe('destructive');
    expect(judge('kubectl label -f missing.yaml a=b').effect).toBe(
      'destructive',
    );
  });
});
