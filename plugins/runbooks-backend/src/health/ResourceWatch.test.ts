import { FakeApiError, FakeCluster } from './__testUtils__/FakeCluster';
import { ResourceWatch } from './ResourceWatch';

const pods = { kind: 'Pod', apiPath: '/api/v1', resource: 'pods' };

function pod(name: string, resourceVersion = '100') {
  return { metadata: { name, namespace: 'shop', uid: name, resourceVersion } };
}

jest.setTimeout(60_000);

describe('keeping the objects of a kind up to date', () => {
  const started: ResourceWatch[] = [];
  afterEach(() => started.splice(0).forEach(watch => watch.stop()));

  function watching(cluster: FakeCluster, maxObjects = 100) {
    const onChange = jest.fn();
    const watch = new ResourceWatch({
      reader: cluster,
      cluster: 'prod',
      namespace: 'shop',
      resource: pods,
      maxObjects,
      now: () => Date.now(),
      onChange,
    });
    started.push(watch);
    void watch.start();
    return { watch, onChange };
  }
  const names = (watch: ResourceWatch) =>
    [...watch.objects.values()].map(({ metadata }) => metadata?.name);

  it('lists page by page and then watches from the version of the list', async () => {
    const cluster = new FakeCluster();
    cluster.pageSize = 2;
    cluster.objects.set(
      'pods',
      ['a', 'b', 'c'].map(name => pod(name)),
    );
    const { watch } = watching(cluster);
    await cluster.requested(() => cluster.count('watch') === 1);
    expect(names(watch)).toEqual(['a', 'b', 'c']);
    expect(watch.state).toEqual({ kind: 'live' });
    expect(cluster.requests).toEqual([
      '/api/v1/namespaces/shop/pods?limit=500',
      '/api/v1/namespaces/shop/pods?limit=500&continue=2',
      'watch /api/v1/namespaces/shop/pods?resourceVersion=100',
    ]);
  });

  it('takes in what is added, changed and deleted', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('pods', [pod('a')]);
    const { watch } = watching(cluster);
    await cluster.send('pods', { type: 'ADDED', object: pod('b', '101') });
    await cluster.send('pods', { type: 'DELETED', object: pod('a', '102') });
    await cluster.requested(() => names(watch).join() === 'b');
    expect(watch.objects.get('b')?.kind).toBe('Pod');
  });

  it('goes on where a watch ended, with the version of the last bookmark and without a list', async () => {
    jest.useFakeTimers({
      doNotFake: ['setTimeout', 'nextTick', 'setImmediate'],
    });
    const cluster = new FakeCluster();
    watching(cluster);
    await cluster.send('pods', { type: 'BOOKMARK', object: pod('', '250') });
    jest.setSystemTime(Date.now() + 240_000);
    await cluster.send('pods', 'end');
    await cluster.requested(() => cluster.count('watch') === 2);
    jest.useRealTimers();
    expect(cluster.requests.at(-1)).toBe(
      'watch /api/v1/namespaces/shop/pods?resourceVersion=250',
    );
    expect(cluster.count('limit=')).toBe(1);
  });

  it('lists again when its version is too old', async () => {
    const cluster = new FakeCluster();
    const { watch } = watching(cluster);
    cluster.objects.set('pods', [pod('new')]);
    await cluster.send('pods', new FakeApiError(410));
    await cluster.requested(() => cluster.count('watch') === 2);
    expect(cluster.count('limit=')).toBe(2);
    expect(names(watch)).toEqual(['new']);
    expect(watch.state).toEqual({ kind: 'live' });
  });

  it('keeps what it knows when the connection breaks, says since when it is old, and comes back', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('pods', [pod('a')]);
    const { watch } = watching(cluster);
    await cluster.requested(() => cluster.count('watch') === 1);
    cluster.failures.set('/pods', new Error('connect ECONNREFUSED'));
    await cluster.send('pods', new Error('socket hang up'));
    await cluster.requested(() => watch.state.kind === 'lost');
    expect(watch.state).toMatchObject({
      since: expect.stringMatching(/Z$/),
      message: 'socket hang up',
    });
    expect(names(watch)).toEqual(['a']);

    cluster.failures.clear();
    await cluster.requested(() => watch.state.kind === 'live');
    expect(cluster.count('limit=')).toBe(1);
  });

  it('says that it cannot read what it never could', async () => {
    const cluster = new FakeCluster();
    cluster.failures.set('/pods', new Error('connect ECONNREFUSED'));
    const { watch } = watching(cluster);
    await cluster.requested(() => watch.state.kind === 'failing');
    expect(watch.state).toMatchObject({ message: 'connect ECONNREFUSED' });
  });

  it('keeps nothing of a kind that may not be read', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('pods', [pod('a')]);
    const { watch } = watching(cluster);
    await cluster.send('pods', new FakeApiError(403, 'pods is forbidden'));
    await cluster.requested(() => watch.state.kind === 'refused');
    expect(watch.state).toEqual({
      kind: 'refused',
      message: 'pods is forbidden',
    });
    expect(names(watch)).toEqual([]);
  });

  it('reads a kind soon after the right to it came, where that was missing only for moments', async () => {
    const cluster = new FakeCluster();
    cluster.objects.set('pods', [pod('a')]);
    cluster.failures.set('/pods', new FakeApiError(403, 'pods is forbidden'));
    const { watch } = watching(cluster);
    await cluster.requested(() => watch.state.kind === 'refused');
    cluster.failures.clear();
    await cluster.requested(() => watch.state.kind === 'live');
    expect(names(watch)).toEqual(['a']);
  });

  it('takes a kind that the cluster does not have for none', async () => {
    const cluster = new FakeCluster();
    cluster.failures.set('/pods', new FakeApiError(404));
    const { watch } = watching(cluster);
    await cluster.requested(() => watch.state.kind !== 'starting');
    expect(watch.state).toEqual({ kind: 'absent' });
  });

  it.each(['in the list', 'in the watch'])(
    'gives up a kind with more objects than it may keep (%s), and says what to do',
    async place => {
      const cluster = new FakeCluster();
      const three = ['a', 'b', 'c'].map(name => pod(name));
      cluster.objects.set('pods', place === 'in the list' ? three : []);
      const { watch } = watching(cluster, 2);
      if (place === 'in the watch') {
        for (const object of three) {
          await cluster.send('pods', { type: 'ADDED', object });
        }
      }
      await cluster.requested(() => watch.state.kind === 'refused');
      expect(watch.state).toMatchObject({
        message: expect.stringMatching(
          /more than 2; annotate the entity with backstage.io\/kubernetes-namespace/,
        ),
      });
      expect(watch.objects.size).toBe(0);
    },
  );

  it('does not hammer a server that ends every watch at once', async () => {
    const cluster = new FakeCluster();
    const { watch } = watching(cluster);
    await cluster.send('pods', 'end');
    await cluster.requested(() => watch.state.kind === 'lost');
    expect(watch.state).toMatchObject({
      message: 'the watch ended as soon as it had begun',
    });
    expect(cluster.count('watch')).toBe(1);
  });

  it('asks nothing any more once it is stopped', async () => {
    const cluster = new FakeCluster();
    const { watch } = watching(cluster);
    await cluster.requested(() => cluster.count('watch') === 1);
    watch.stop();
    const { length } = cluster.requests;
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    expect(cluster.requests).toHaveLength(length);
  });
});
