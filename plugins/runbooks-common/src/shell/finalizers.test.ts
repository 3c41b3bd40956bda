import { readShell } from './readShell';

describe('a patch that takes finalizers away', () => {
  it.each([
    `kubectl patch pvc data --type=json -p '[{"op":"move","from":"/metadata/finalizers","path":"/metadata/annotations/x"}]'`,
    `kubectl patch pvc data --type=json -p '[{"op":"copy","from":"/status/conditions","path":"/metadata/finalizers"}]'`,
    `kubectl patch pvc data --type=merge -p '{"metadata":null}'`,
    `kubectl patch deploy web -p '{"$patch":"replace","metadata":{"name":"web"},"spec":{}}'`,
    `kubectl patch pvc data -p '{"metadata":{"finalizers":null}}'`,
    `kubectl patch deploy web -p '{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}'`,
  ])('is destructive: %s', text => {
    expect(readShell(text, { language: 'bash' }).effect).toBe('destructive');
  });

  it.each([`kubectl patch deploy web -p '{"metadata":{"labels":{"a":"b"}}}'`])(
    'is not every patch: %s',
    text => {
      expect(readShell(text, { language: 'bash' }).effect).toBe('change');
    },
  );
});

describe('a JSON patch whose values nobody sees', () => {
  it.each([
    `kubectl patch deploy web --type=json -p '[{"op":"copy","from":"/metadata/labels/a","path":"/metadata/labels/b"}]'`,
    `kubectl patch sa web --type=json -p '[{"op":"add","path":"/metadata/annotations/meta.helm.sh~1x","value":"arn"},{"op":"copy","from":"/metadata/annotations/meta.helm.sh~1x","path":"/metadata/annotations/eks.amazonaws.com~1role-arn"}]'`,
    `kubectl patch sa web --type=json -p '[{"op":"move","from":"/metadata/annotations/a","path":"/metadata/annotations/b"}]'`,
  ])('is destructive: %s', text => {
    expect(readShell(text, { language: 'bash' }).effect).toBe('destructive');
  });
});
