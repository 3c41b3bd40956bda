import { differenceText } from './differenceText';
import {
  hideManifestSecrets,
  holdsSecretManifest,
} from './hideManifestSecrets';

const YAML = `apiVersion: v1
kind: Secret
metadata:
  name: db
stringData:
  password: hunter2
  name: also-a-value
  certificate: |
    -----BEGIN
    abcdef
  "quoted": 'x: y'
`;

describe('the difference of a file that holds Secrets', () => {
  it.each([
    { form: 'YAML', text: YAML },
    { form: 'a YAML list', text: 'items:\n- apiVersion: v1\n  kind: Secret\n' },
    { form: 'JSON', text: '{"kind": "Secret", "data": {"a": "eA=="}}' },
    { form: 'quoted YAML', text: "kind: 'Secret'\n" },
  ])('is known by its kind in $form', ({ text }) => {
    expect(holdsSecretManifest(text)).toBe(true);
  });

  it('tells keys and no value', () => {
    const changed = YAML.replace('hunter2', 'hunter3').replace(
      'abcdef',
      'fedcba',
    );
    const shown = hideManifestSecrets(differenceText(YAML, changed, 10_000));
    for (const value of ['hunter', 'also-a-value', 'BEGIN', 'abcdef', 'x: y']) {
      expect(shown).not.toContain(value);
    }
    expect(shown).toContain('-  password: ••••••');
    expect(shown).toContain('+  password: ••••••');
    expect(shown).toContain('certificate');
    expect(shown).toContain('quoted');
  });

  it('tells no value of a manifest on one line', () => {
    const shown = hideManifestSecrets(
      differenceText(
        undefined,
        '{"kind":"Secret","data":{"a":"aHVudGVyMg=="}}\n',
        10_000,
      ),
    );
    expect(shown).not.toContain('aHVudGVyMg');
  });

  it('is not made of another kind', () => {
    expect(holdsSecretManifest('kind: ConfigMap\nname: Secret\n')).toBe(false);
  });
});
