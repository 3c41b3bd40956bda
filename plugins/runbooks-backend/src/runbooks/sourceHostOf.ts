import type { ScmIntegrations } from '@backstage/integration';
import type { SourceHost } from '@backstage-runbooks/plugin-runbooks-common';

/** The host of an address, where the portal has an integration for it. */
export function sourceHostOf(
  integrations: ScmIntegrations,
  url: string,
): SourceHost | undefined {
  const integration = integrations.byUrl(url);
  if (!integration) return undefined;
  const baseUrl =
    integrations.gitlab.byUrl(url)?.config.baseUrl ??
    integrations.gitea.byUrl(url)?.config.baseUrl;
  return {
    type: integration.type,
    basePath: baseUrl ? new URL(baseUrl).pathname.replace(/\/$/, '') : '',
  };
}
