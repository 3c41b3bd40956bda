/**
 * The plugin for the new frontend system, which is also the default of the main entry.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  coreExtensionData,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { runbooksApiRef } from './api/RunbooksApi';
import { RunbooksClient } from './api/RunbooksClient';
import { RunbooksIcon } from './components/RunbooksIcon';
import { SetupTab } from './features/setup/SetupTab';
import { RUNBOOKS_KINDS } from './isRunbooksKind';
import { entityContentRouteRef, rootRouteRef } from './routes';

export { runbooksTranslationRef } from './translation';

const runbooksApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: runbooksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new RunbooksClient(deps),
    }),
});

/** Its tab is for those who operate the portal. */
const SETUP_PAGE_ID = 'sub-page:runbooks/setup';

const runbooksPage = PageBlueprint.makeWithOverrides({
  *factory(originalFactory, { inputs }) {
    const pageWith = (pages: typeof inputs.pages) =>
      originalFactory(
        {
          path: '/runbooks',
          title: 'Runbooks',
          icon: <RunbooksIcon />,
          routeRef: rootRouteRef,
        },
        { inputs: { ...inputs, pages } },
      );
    const shown = pageWith(inputs.pages);
    const hidden = pageWith(
      inputs.pages.filter(page => page.node.spec.id !== SETUP_PAGE_ID),
    );
    for (const data of shown) {
      if (data.id !== coreExtensionData.reactElement.id) yield data;
    }
    yield coreExtensionData.reactElement(
      <SetupTab
        shown={shown.get(coreExtensionData.reactElement)}
        hidden={hidden.get(coreExtensionData.reactElement)}
      />,
    );
  },
});

const runsSubPage = SubPageBlueprint.make({
  name: 'runs',
  params: {
    path: 'runs',
    title: 'Runs',
    loader: () =>
      import('./features/subPages').then(module => <module.RunsSubPage />),
  },
});

const approvalsSubPage = SubPageBlueprint.make({
  name: 'approvals',
  params: {
    path: 'approvals',
    title: 'Approvals',
    loader: () =>
      import('./features/subPages').then(module => <module.ApprovalsSubPage />),
  },
});

const setupSubPage = SubPageBlueprint.make({
  name: 'setup',
  params: {
    path: 'setup',
    title: 'Set-up',
    loader: () =>
      import('./features/subPages').then(module => <module.SetupSubPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  name: 'runbooks',
  params: {
    path: '/runbooks',
    title: 'Runbooks',
    group: 'operation',
    icon: <RunbooksIcon />,
    routeRef: entityContentRouteRef,
    filter: { kind: { $in: RUNBOOKS_KINDS } },
    loader: () =>
      import('./features/EntityContent').then(module => (
        <module.EntityContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'info',
    filter: { kind: { $in: RUNBOOKS_KINDS } },
    loader: () =>
      import('./features/overview/OverviewCard').then(module => (
        <module.OverviewCard />
      )),
  },
});

/** Tab, card and pages of runbooks in an app of the new frontend system. */
export default createFrontendPlugin({
  pluginId: 'runbooks',
  title: 'Runbooks',
  icon: <RunbooksIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    runbooksApi,
    runbooksPage,
    runsSubPage,
    approvalsSubPage,
    setupSubPage,
    entityContent,
    entityCard,
  ],
});
