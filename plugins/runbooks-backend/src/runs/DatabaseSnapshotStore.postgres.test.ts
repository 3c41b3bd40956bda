import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDatabase } from '../database/openDatabase';
import { revisionOf } from '../runbooks/revisionOf';
import { pack } from '../workspaces/archives';
import { DatabaseSnapshotStore } from './DatabaseSnapshotStore';
import { HEADS } from '../testing/heads';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('the files of a run', () => {
  let knex: Knex;
  let folder: string;
  let store: DatabaseSnapshotStore;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await openDatabase(mockServices.database({ knex }), HEADS);
    store = new DatabaseSnapshotStore(knex);
    folder = await mkdtemp(path.join(os.tmpdir(), 'snapshots-'));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  async function archiveWith(script: string, mode = 0o755): Promise<Buffer> {
    await rm(path.join(folder, 'run.sh'), { force: true });
    await writeFile(path.join(folder, 'run.sh'), script, { mode });
    await writeFile(path.join(folder, 'a.yaml'), 'a: 1\n');
    return pack(folder, ['a.yaml', 'run.sh']);
  }
  const revisionWith = (script: string) =>
    revisionOf([
      { path: 'run.sh', content: Buffer.from(script), executable: true },
      { path: 'a.yaml', content: Buffer.from('a: 1\n'), executable: false },
    ]);

  it('are those that were planned, or the run cannot use them: whoever has the database cannot exchange them', async () => {
    const revision = revisionWith('echo approved\n');
    const archive = await archiveWith('echo approved\n');
    await store.putSnapshot(revision, archive);
    expect(await store.getSnapshot(revision)).toEqual(archive);
    const update = (other: Buffer) =>
      knex('repository_snapshots')
        .where({ revision })
        .update({ archive: other });
    await expect(update(await archiveWith('echo other\n'))).rejects.toThrow(
      /append-only|may not be changed|never changed/i,
    );
    await knex.raw('alter table repository_snapshots disable trigger user');
    for (const other of [
      await archiveWith('echo other\n'),
      await archiveWith('echo approved\n', 0o644),
      Buffer.alloc(0),
      Buffer.from('no archive'),
    ]) {
      await update(other);
      await expect(store.getSnapshot(revision)).rejects.toThrow(
        'are not those that were planned',
      );
    }
    await knex.raw('alter table repository_snapshots enable trigger user');
  });

  it('may be none at all', async () => {
    const revision = revisionOf([]);
    await store.putSnapshot(revision, Buffer.alloc(0));
    expect(await store.getSnapshot(revision)).toHaveLength(0);
  });
});
