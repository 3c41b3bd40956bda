import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { runbooksApiRef } from '../api/RunbooksApi';
import { FakeRunbooksApi } from './FakeRunbooksApi';

/** Puts a backend that only pretends into an app of the new frontend system. */
export const fakeRunbooks = createFrontendModule({
  pluginId: 'runbooks',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: runbooksApiRef,
          deps: {},
          factory: () => new FakeRunbooksApi(),
        }),
    }),
  ],
});
