/**
 * The plugin on real entity pages with a fake backend: each component shows another state.
 *
 * - auth-service: a crashing pod, all kinds of steps, runs in every state
 * - payments: healthy
 * - broken-service: unreadable documents, stale and starting clusters, on-call with a problem
 * - new-service: nothing is annotated yet
 * - closed-service: the person looking may read its runbooks, and not its health, on-call and runs
 *
 * Below /runbooks/runs: a run in every state, `several-approvals` (changed files, carried values, three owners),
 * `two-approvals` (open one by its link), `voided`, `later`, `commands-failed` and a `preview-` of each outcome among
 * them.
 */
import type { Entity } from '@backstage/catalog-model';
// The dev app is an app of its own.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import ReactDOM from 'react-dom/client';
import runbooksPlugin from '../src';
import { fakeRunbooks } from '../src/testing/fakeRunbooks';

const COMPONENTS = [
  'auth-service',
  'payments',
  'broken-service',
  'new-service',
  'closed-service',
];

const PEOPLE = {
  'mia.torres': 'Mia Torres',
  'sam.okafor': 'Sam Okafor',
  'lena.fischer': 'Lena Fischer',
};

const entities: Entity[] = [
  ...COMPONENTS.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name },
    spec: { type: 'service', lifecycle: 'production', owner: 'identity' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/identity' }],
  })),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { namespace: 'default', name: 'identity' },
    spec: { type: 'team', children: [], profile: { displayName: 'Identity' } },
  },
  ...Object.entries(PEOPLE).map(([name, displayName]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { namespace: 'default', name },
    spec: { memberOf: ['identity'], profile: { displayName } },
  })),
];

const fakes = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities }),
        }),
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(
  createApp({
    features: [catalogPlugin, fakes, runbooksPlugin, fakeRunbooks],
  }).createRoot(),
);
