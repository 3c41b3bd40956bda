import { disturbsReporting } from './disturbsReporting';

describe('a text that keeps bash from telling which commands failed', () => {
  it.each([
    ['__runbooks_plans=()\nkubectl delete pod a', /begins with __runbooks/],
    ['unset __runbooks_stop', /begins with __runbooks/],
    ['trap - DEBUG', /trap DEBUG/],
    ["trap ':' ERR debug", /trap DEBUG/],
    ['builtin() { :; }', /builtins/],
    ['function builtin { :; }', /builtins/],
    ['enable -n printf', /builtins/],
    ['enable \\\n-n printf', /builtins/],
    ["trap ':' \\\n DEBUG", /trap DEBUG/],
  ])('is %j', (text, because) => {
    expect(disturbsReporting(text)).toMatch(because);
  });

  it.each([
    'kubectl get pods -n runbooks',
    "trap 'rm -f a' EXIT",
    'trap cleanup EXIT; DEBUG=1 ./run.sh',
    'systemctl enable --now web',
    'builtin cd /tmp',
  ])('is not %j', text => {
    expect(disturbsReporting(text)).toBeUndefined();
  });
});
