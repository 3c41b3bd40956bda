import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { CHECKOUT } from '../places.mjs';

const CHART = join(CHECKOUT, 'deploy', 'chart');
const NAMESPACE = 'chart-of-the-portal';

const tool = (name, words, input) =>
  execFileSync(join(process.env.RUNBOOKS_TEST_TOOLS, name), words, {
    encoding: 'utf8',
    input,
    env: { ...process.env, KUBECONFIG: process.env.RUNBOOKS_TEST_KUBECONFIG },
  });

const rendered = (...words) =>
  tool('helm', [
    'template',
    'portal',
    CHART,
    '--namespace',
    NAMESPACE,
    ...words,
  ]);

before(() => tool('kubectl', ['create', 'namespace', NAMESPACE]));
after(() =>
  tool('kubectl', ['delete', 'namespace', NAMESPACE, '--wait=false']),
);

test('helm finds nothing wrong in the chart', () => {
  assert.match(
    tool('helm', ['lint', '--strict', CHART]),
    /0 chart\(s\) failed/,
  );
});

test('a real API server takes all objects of the chart', () => {
  const objects = rendered('--set', `namespaces={${NAMESPACE}}`);
  const said = tool(
    'kubectl',
    ['apply', '--dry-run=server', '--namespace', NAMESPACE, '-f', '-'],
    objects,
  );
  assert.match(said, /deployment.apps\/portal created \(server dry run\)/);
  assert.match(said, /role.rbac.authorization.k8s.io\/portal-write created/);
});

test('the account of the pod only reads, and the account of runs writes in the namespaces named and nowhere else', () => {
  const objects = parseAllDocuments(rendered('--set', 'namespaces={a,b}')).map(
    document => document.toJS(),
  );
  const subjectsOf = kind =>
    objects
      .filter(one => one?.kind === kind)
      .map(({ metadata, roleRef, subjects }) => [
        metadata.namespace,
        roleRef.name,
        subjects.map(({ name }) => name).join(' '),
      ]);
  assert.deepEqual(subjectsOf('RoleBinding'), [
    ['a', 'portal-write', 'portal-runs'],
    ['b', 'portal-write', 'portal-runs'],
  ]);
  assert.deepEqual(subjectsOf('ClusterRoleBinding'), [
    [undefined, 'portal-read', 'portal portal-runs'],
  ]);
  const verbs = objects
    .filter(one => one?.kind === 'ClusterRole')
    .flatMap(({ rules }) => rules.flatMap(rule => rule.verbs));
  assert.deepEqual([...new Set(verbs)].sort(), ['get', 'list', 'watch']);
});
