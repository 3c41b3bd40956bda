import type { ClusterConnection } from '@backstage-runbooks/plugin-runbooks-common';
import type { Pulse } from './ClusterPulse';
import { connectionOf } from './connectionOf';
import type { WatchState } from './ResourceWatch';

const starting: WatchState = { kind: 'starting' };
const live: WatchState = { kind: 'live' };
const refused: WatchState = { kind: 'refused', message: 'forbidden' };
const absent: WatchState = { kind: 'absent' };
const failing: WatchState = {
  kind: 'failing',
  since: '2026-11-21T02:20:00.000Z',
  message: 'refused',
};
const lost = (since: string): WatchState => ({
  kind: 'lost',
  since,
  message: 'cut',
});
const answers: Pulse = { kind: 'answers', at: 0 };
const silent: Pulse = {
  kind: 'silent',
  since: '2026-11-21T02:10:00.000Z',
  message: 'timed out',
  answeredBefore: true,
};

describe('how far the view of a cluster can be trusted', () => {
  // prettier-ignore
  it.each<[string, WatchState[], Pulse, string | undefined, ClusterConnection]>([
    ['every watch is up to date', [live, live], answers, undefined, { kind: 'live' }],
    ['some kinds may not be read or do not exist', [live, refused, absent], answers, undefined, { kind: 'live' }],
    ['one watch is not there yet', [live, starting], answers, undefined, { kind: 'starting', message: "Connecting to cluster 'prod'" }],
    ['the cluster says how far its start has come', [starting], answers, 'building kube-apiserver (2 of 3)', { kind: 'starting', message: 'building kube-apiserver (2 of 3)' }],
    ['it never answered and says nothing', [failing, starting], answers, undefined, { kind: 'unreachable', since: '2026-11-21T02:20:00.000Z', message: "Cluster 'prod' cannot be reached: refused" }],
    ['it never answered, and its start is announced', [failing], answers, 'starting etcd', { kind: 'starting', message: 'starting etcd' }],
    ['nothing came and the pulse is silent', [starting], silent, undefined, { kind: 'unreachable', since: '2026-11-21T02:10:00.000Z', message: "Cluster 'prod' cannot be reached: timed out" }],
    ['watches were lost: the oldest loss counts', [live, lost('2026-11-21T02:25:00.000Z'), lost('2026-11-21T02:24:00.000Z')], answers, undefined, { kind: 'stale', since: '2026-11-21T02:24:00.000Z', message: 'cut' }],
    ['watches look alive and the pulse is silent', [live, live], silent, undefined, { kind: 'stale', since: '2026-11-21T02:10:00.000Z', message: 'timed out' }],
  ])('%s', (_, states, pulse, notice, connection) => {
    expect(connectionOf('prod', states, pulse, notice)).toEqual(connection);
  });
});
