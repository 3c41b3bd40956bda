import { infoOf } from '../../shell/effects/apiRequest';
import type { SeenCall } from '../../shell/judgeCall';

/**
 * Why nobody is asked to approve a request that the API server passes on to a pod, a Service or a node: what it does
 * there is known to whoever wrote that server, and a GET may stop it. Undefined where there is none.
 */
export function proxyRefused(calls: readonly SeenCall[]): string | undefined {
  const proxied = calls
    .filter(call => call.where === 'here')
    .flatMap(call => call.verdict.requests ?? [])
    .find(isProxied);
  return proxied
    ? `"${proxied.method} ${proxied.path}" is passed on to a server behind the API server, and nobody can say what it does there`
    : undefined;
}

function isProxied(request: Parameters<typeof infoOf>[0]): boolean {
  const info = infoOf(request);
  return info.kind === 'resource' && info.subresource === 'proxy';
}
