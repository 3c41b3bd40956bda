import type { Entity } from '@backstage/catalog-model';
import { needsParts, selectObjects } from './selectObjects';

function entity(
  annotations: Record<string, string>,
  kind = 'Component',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'auth', namespace: 'default', annotations },
    spec: {},
  };
}

describe('how the objects of an entity are found', () => {
  // prettier-ignore
  it.each([
    ['by its id', { 'backstage.io/kubernetes-id': 'auth-x' }, 'Objects labelled backstage.io/kubernetes-id=auth-x in all namespaces'],
    ['by its id in a namespace', { 'backstage.io/kubernetes-id': 'auth-x', 'backstage.io/kubernetes-namespace': 'shop' }, 'Objects labelled backstage.io/kubernetes-id=auth-x in namespace shop'],
    ['by its name where only a namespace is told', { 'backstage.io/kubernetes-namespace': 'shop' }, 'Objects labelled backstage.io/kubernetes-id=auth in namespace shop'],
    ['by a selector before the id', { 'backstage.io/kubernetes-id': 'auth-x', 'backstage.io/kubernetes-label-selector': 'app=a,tier in (web)' }, 'Objects with app=a,tier in (web) in all namespaces'],
    ['on one cluster', { 'backstage.io/kubernetes-id': 'auth', 'backstage.io/kubernetes-cluster': 'eu' }, 'Objects labelled backstage.io/kubernetes-id=auth in all namespaces of cluster eu'],
  ])('%s', (_, annotations, says) => {
    expect(selectObjects(entity(annotations))).toMatchObject({
      kind: 'selected',
      says,
    });
  });

  it('is not guessed: without an annotation it says which one to add', () => {
    expect(selectObjects(entity({}))).toEqual({
      kind: 'not-annotated',
      says: 'Annotate component:default/auth with backstage.io/kubernetes-id: auth and label its Kubernetes objects with backstage.io/kubernetes-id=auth, or name a selector in backstage.io/kubernetes-label-selector',
    });
  });

  it('says which part of a selector cannot be read', () => {
    expect(
      selectObjects(
        entity({ 'backstage.io/kubernetes-label-selector': 'app ~ web' }),
      ),
    ).toMatchObject({
      kind: 'not-annotated',
      says: expect.stringContaining("'app ~ web'"),
    });
  });

  it.each(['*', 'a,b', 'Web'])(
    'is nowhere where the card names %s, which is no namespace',
    namespace => {
      expect(
        selectObjects(
          entity({ 'backstage.io/kubernetes-namespace': namespace }),
        ),
      ).toMatchObject({
        kind: 'not-annotated',
        says: expect.stringContaining(`'${namespace}' is no name`),
      });
    },
  );

  it('takes for a system the objects of its parts', () => {
    const system = entity({}, 'System');
    const part = entity({ 'backstage.io/kubernetes-id': 'web' });
    expect(needsParts(system)).toBe(true);
    expect(selectObjects(system, [part, entity({})])).toMatchObject({
      kind: 'selected',
      says: 'Objects of its parts: auth',
      selectors: [{ requirements: [{ values: ['web'] }] }],
    });
    expect(selectObjects(system, [entity({})]).says).toBe(
      'None of the 1 parts of system:default/auth is annotated with backstage.io/kubernetes-id or backstage.io/kubernetes-label-selector',
    );
    expect(selectObjects(system).says).toBe(
      'system:default/auth has no parts whose health could be shown',
    );
  });

  it('takes for an annotated system its own objects', () => {
    const system = entity({ 'backstage.io/kubernetes-id': 'all' }, 'System');
    expect(needsParts(system)).toBe(false);
  });
});
