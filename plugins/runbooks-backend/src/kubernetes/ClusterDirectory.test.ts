import { ClusterDirectory } from './ClusterDirectory';
import { filledRegistry } from './testUtils/clusterLane';

describe('the list of clusters', () => {
  function directoryOf(names: () => string[]) {
    const state = { now: 0, asked: 0 };
    const directory = new ClusterDirectory({
      now: () => state.now,
      access: filledRegistry({
        getClusters: async () => {
          state.asked += 1;
          return names().map(name => ({ name, url: '', authMetadata: {} }));
        },
        getCredential: async ({ name }) => {
          if (name === 'browser') throw new Error('needs a browser');
          return { type: 'anonymous' };
        },
      }),
    });
    return { directory, state };
  }

  it('is asked for once a minute', async () => {
    const { directory, state } = directoryOf(() => ['a']);
    await directory.list();
    state.now = 59_999;
    await directory.list();
    expect(state.asked).toBe(1);
    state.now = 60_000;
    await directory.list();
    expect(state.asked).toBe(2);
  });

  it('finds a cluster that was added a moment ago', async () => {
    const names = ['a'];
    const { directory } = directoryOf(() => names);
    await directory.list();
    names.push('b');
    await expect(directory.find('b')).resolves.toMatchObject({ name: 'b' });
  });

  it('is not remembered when it could not be had', async () => {
    let fails = true;
    const { directory } = directoryOf(() => {
      if (fails) throw new Error('catalog is down');
      return ['a'];
    });
    await expect(directory.list()).rejects.toThrow('catalog is down');
    fails = false;
    await expect(directory.list()).resolves.toHaveLength(1);
  });

  it('names the clusters whose credential the server cannot have', async () => {
    const { directory } = directoryOf(() => ['a', 'browser']);
    await expect(directory.tryAll()).resolves.toEqual([
      { name: 'a', usable: true },
      { name: 'browser', usable: false, because: 'needs a browser' },
    ]);
  });
});
