import type { ClusterConnection } from '@backstage-runbooks/plugin-runbooks-common';
import type { Pulse } from './ClusterPulse';
import type { WatchState } from './ResourceWatch';

/**
 * How far the view of a cluster can be trusted, from its watches and its pulse. The worst of them counts: one lost
 * watch makes the view stale, because nobody can tell what it would have shown.
 *
 * @param notice - What a cluster that is being started says of itself, where it says something.
 */
export function connectionOf(
  cluster: string,
  states: WatchState[],
  pulse: Pulse,
  notice: string | undefined,
): ClusterConnection {
  const lost = states.filter(state => state.kind === 'lost');
  const seen = states.some(
    state => state.kind === 'live' || state.kind === 'lost',
  );
  if (seen && pulse.kind === 'silent') {
    lost.push({ kind: 'lost', since: pulse.since, message: pulse.message });
  }
  if (lost.length > 0) {
    const [first] = lost.sort((a, b) => a.since.localeCompare(b.since));
    return { kind: 'stale', since: first.since, message: first.message };
  }
  const failing =
    states.find(state => state.kind === 'failing') ??
    (pulse.kind === 'silent' ? pulse : undefined);
  if (failing) {
    return notice
      ? { kind: 'starting', message: notice }
      : {
          kind: 'unreachable',
          since: failing.since,
          message: `Cluster '${cluster}' cannot be reached: ${failing.message}`,
        };
  }
  if (states.some(state => state.kind === 'starting')) {
    return {
      kind: 'starting',
      message: notice ?? `Connecting to cluster '${cluster}'`,
    };
  }
  return { kind: 'live' };
}
