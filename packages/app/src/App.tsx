import { createApp } from '@backstage/frontend-defaults';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

/** The demo portal. Plugins are not listed here: every installed one is found (`app.packages` in app-config.yaml). */
export function createDemoApp() {
  return createApp({ features: [navigationModule, signInModule] });
}
