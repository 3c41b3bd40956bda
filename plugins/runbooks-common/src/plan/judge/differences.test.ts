import { requirementOf } from '../requirementOf';
import { judgeText } from './testUtils/judgeText';

const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {p: x}\n';
const WEB =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n';
const FILES = {
  'web.yaml': WEB,
  'secret.yaml': SECRET,
  'both.yaml': `${WEB}---\n${SECRET}`,
  'parts/secret.yaml': SECRET,
  'parts/web.yaml': WEB,
  'scripts/diff.sh': 'kubectl diff -f secret.yaml\n',
};

const asksFor = (text: string) =>
  requirementOf(judgeText(text, FILES), { approvedBy: [], typed: 'shop' }).kind;

describe('kubectl diff', () => {
  it.each([
    'kubectl diff -f secret.yaml',
    'kubectl diff -f both.yaml',
    'kubectl diff -f web.yaml -f secret.yaml',
    'kubectl diff --filename=secret.yaml | cat',
    './scripts/diff.sh',
    'cd parts && kubectl diff -f secret.yaml',
    `kubectl diff -f - <<'X'\n${SECRET}X\n`,
  ])(
    'of a Secret is approved as what the gateway asks of it, writing and reading that Secret: %s',
    text => {
      expect(judgeText(text, FILES)).toMatchObject({
        effect: 'change',
        secrets: { kind: 'named', names: [{ namespace: 'shop', name: 'db' }] },
        writes: {
          kind: 'listed',
          writes: [
            { verb: 'create', resource: 'secrets', name: 'db' },
            { verb: 'patch', resource: 'secrets', name: 'db' },
          ],
        },
      });
      expect(asksFor(text)).toBe('approval');
    },
  );

  it('of a Secret outside the scope is done by hand', () => {
    expect(
      judgeText('kubectl diff -n other -f secret.yaml', FILES).impossible,
    ).toMatch(/outside the scope/);
  });

  it.each([
    'kubectl diff -f web.yaml',
    'kubectl diff -f parts/web.yaml',
    'kubectl diff -f unseen.yaml',
    'kubectl diff -k overlay',
    'helm template web ./chart | kubectl diff -f -',
    'kubectl apply -f unseen.yaml --dry-run=server',
    'helm template web ./chart | kubectl apply --dry-run=server -f -',
  ])(
    'of others, and of what nobody can see before, is an ordinary read, which the gateway refuses of a Secret: %s',
    text => {
      expect(judgeText(text, FILES)).toMatchObject({
        effect: 'read',
        secrets: { kind: 'none' },
        writes: { kind: 'none' },
      });
      expect(asksFor(text)).toBe('nothing');
    },
  );
});
