import type { EntityRef } from '../time';

/** As whom the gateway acts in a cluster: templates with `{entity}`, `{kind}`, `{namespace}` and `{name}`. @public */
export interface Impersonation {
  user?: string;
  groups: string[];
}

/**
 * The headers with which the API server lets the portal act as the user and groups of an entity.
 *
 * Only the parts of the entity's ref go into the names. Groups without a user are sent with the user `runbooks`,
 * because Kubernetes takes none without one.
 *
 * @param entityRef - A full ref: `component:default/payments`.
 *
 * @public
 */
export function impersonationHeaders(
  impersonation: Impersonation | undefined,
  entityRef: EntityRef,
): Record<string, string | string[]> {
  if (!impersonation) return {};
  const named = (template: string) => filledIn(template, entityRef);
  const groups = impersonation.groups.map(named);
  return {
    'impersonate-user': named(impersonation.user ?? 'runbooks'),
    ...(groups.length > 0 ? { 'impersonate-group': groups } : {}),
  };
}

/**
 * Why a template cannot be used; undefined where it can. Kubernetes' own users and groups (`system:`) are refused:
 * to act as `system:masters` is to act as everybody.
 *
 * @public
 */
export function impersonationProblem(template: string): string | undefined {
  if (!/^[A-Za-z0-9:._/@{}-]+$/.test(template)) {
    return 'has characters beyond letters, digits and : . _ / @ -';
  }
  if (template.startsWith('system:') || template.startsWith('{')) {
    return 'begins with a placeholder or with `system:`, which is Kubernetes’ own';
  }
  const odd = template
    .replaceAll(/\{(entity|kind|namespace|name)\}/g, '')
    .match(/[{}]/);
  return odd ? 'has a placeholder that is not known' : undefined;
}

function filledIn(template: string, entityRef: EntityRef): string {
  const [, kind = '', namespace = '', name = ''] =
    /^([^:]+):([^/]+)\/(.+)$/.exec(entityRef.toLowerCase()) ?? [];
  const values: Record<string, string> = {
    entity: entityRef.toLowerCase(),
    kind,
    namespace,
    name,
  };
  return template.replaceAll(
    /\{(entity|kind|namespace|name)\}/g,
    (_, key) => values[key],
  );
}
