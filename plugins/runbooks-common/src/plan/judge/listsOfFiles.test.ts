import { judgeText } from './testUtils/judgeText';

const configMap = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

const FILES: Record<string, string> = {
  'a.yaml': configMap('a'),
  'b.yaml': configMap('b'),
  'a.yaml,b.yaml': configMap('neither'),
  '"a.yaml"': configMap('neither'),
  '-': configMap('neither'),
  'http:/example.com/a.yaml': configMap('neither'),
};

const namesOf = (text: string) => {
  const { writes } = judgeText(text, FILES);
  return writes.kind === 'listed'
    ? [...new Set(writes.writes.map(({ name }) => name))]
    : writes.kind;
};

describe('a list of manifests in one word, which kubectl takes apart', () => {
  it.each([
    'kubectl apply -f a.yaml,b.yaml',
    'kubectl apply -fa.yaml,b.yaml',
    'kubectl apply --filename=a.yaml,b.yaml',
    'kubectl delete -f a.yaml,./b.yaml',
    'for F in a.yaml,b.yaml; do kubectl apply -f "$F"; done',
    'kubectl apply -f a.yaml -f b.yaml',
  ])('is judged by each of its files: %s', text => {
    expect(namesOf(text)).toEqual(['a', 'b']);
  });

  it.each([
    `kubectl apply -f '"a.yaml"'`,
    `kubectl apply -f '"a.yaml,b.yaml"'`,
    'kubectl apply -f a.yaml,missing.yaml',
    'kubectl apply -f a.yaml,',
    'kubectl apply -f a.yaml,-',
    'kubectl apply -f - -f a.yaml',
    'kubectl apply -f http://example.com/a.yaml',
    "kubectl apply -f $'a.yaml\\nb.yaml'",
  ])('is not known where it cannot be taken apart: %s', text => {
    expect(namesOf(text)).toBe('any-in-namespaces');
  });
});
