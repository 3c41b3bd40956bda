import { coreServices, type ServiceRef } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { kubernetesAccessRef } from '@backstage-runbooks/plugin-runbooks-node';

/** What the plugin asks the backend for. */
export const services = {
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  instance: coreServices.rootInstanceMetadata,
  kubernetesAccess: kubernetesAccessRef,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  urlReader: coreServices.urlReader,
};

/** The same, as the plugin gets them. */
export type Services = {
  [name in keyof typeof services]: (typeof services)[name] extends ServiceRef<
    infer Service,
    'plugin' | 'root'
  >
    ? Service
    : never;
};
