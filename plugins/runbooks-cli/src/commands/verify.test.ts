import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chainEvents,
  EMPTY_LEDGER,
  headOf,
  keyIdOf,
  nextCheckpoint,
  type EvidenceLine,
  type RunEvent,
} from '@backstage-runbooks/plugin-runbooks-common';
import { runCommand } from '../runCommand';

const AT = '2026-11-29T02:00:00.000Z';
const EVENTS: RunEvent[] = [
  { kind: 'cancel-requested', by: 'user:default/maya' },
  { kind: 'run-finished', by: 'user:default/maya', outcome: 'cancelled' },
];

describe('runbooks verify', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hexKey = hexOf(publicKey);
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbooks-verify-'));
    writeFileSync(
      join(folder, 'key.pem'),
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
    writeFileSync(join(folder, 'whole.jsonl'), textOf(evidence()));
    writeFileSync(
      join(folder, 'cut.jsonl'),
      textOf(evidence().filter(line => line.kind !== 'event' || line.seq < 1)),
    );
    writeFileSync(
      join(folder, 'invented.jsonl'),
      textOf(evidence().filter(line => line.kind !== 'checkpoint')),
    );
    writeFileSync(
      join(folder, 'changed.jsonl'),
      textOf(evidence()).replace('cancelled', 'succeeded'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says that an export is intact, with the head to keep', async () => {
    for (const key of [hexKey, join(folder, 'key.pem')]) {
      const { code, out } = await run('whole.jsonl', '--key', key);
      expect(out).toMatch(
        /^Intact: 1 run, 2 events, 0 attempts with 0 calls, 1 checkpoint\.\nAll events are sealed\.\nHead of the checkpoints: [0-9a-f]{64}\n$/,
      );
      expect(code).toBe(0);
    }
  });

  it('does not call intact what no checkpoint seals: anybody could have written it', async () => {
    const { code, out } = await run('invented.jsonl', '--key', hexKey);
    expect(out).toMatch(/^Not proven: 1 run, 2 events/);
    expect(out).toContain('No checkpoint is in it, so nothing is sealed');
    expect(code).toBe(3);
  });

  it('names the first broken link with its line', async () => {
    expect(await run('changed.jsonl', '--key', hexKey)).toEqual({
      code: 1,
      out: `Broken. ${folder}/changed.jsonl:4: event 1 of run run-1 was changed: its text does not have its hash\n`,
      err: '',
    });
    const cut = await run('cut.jsonl', '--key', hexKey, '--format', 'json');
    expect(JSON.parse(cut.out)).toEqual({
      intact: false,
      line: 0,
      message: 'the ledger of run run-1 ends after 1 events; 2 were sealed',
    });
    expect(cut.code).toBe(1);
  });

  it('trusts only the keys that it is given', async () => {
    const other = hexOf(generateKeyPairSync('ed25519').publicKey);
    expect(await run('whole.jsonl', '--key', other)).toMatchObject({
      code: 1,
      out: expect.stringContaining('not among the trusted keys'),
    });
    expect(await run('whole.jsonl')).toMatchObject({
      code: 2,
      err: expect.stringContaining('verify needs --key'),
    });
    expect(await run('whole.jsonl', '--key', 'abc')).toMatchObject({
      code: 2,
      err: expect.stringContaining('64 hexadecimal digits'),
    });
  });

  it('is broken where a head that was kept is not among its checkpoints, whoever signed them', async () => {
    const { out } = await run('whole.jsonl', '--key', hexKey);
    const head = /Head of the checkpoints: (\w+)/.exec(out)![1];
    expect(
      await run('whole.jsonl', '--key', hexKey, '--head', head.toUpperCase()),
    ).toMatchObject({ code: 0, out });
    writeFileSync(
      join(folder, 'retold.jsonl'),
      textOf(evidence('2026-11-29T11:00:00.000Z')),
    );
    expect(await run('retold.jsonl', '--key', hexKey)).toMatchObject({
      code: 0,
    });
    expect(
      await run('retold.jsonl', '--key', hexKey, '--head', head),
    ).toMatchObject({
      code: 1,
      out: expect.stringContaining(`no checkpoint has the head ${head}`),
    });
    expect(
      await run('whole.jsonl', '--key', hexKey, '--head', 'abc'),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('--head cannot be "abc"'),
    });
  });

  it('says which file cannot be read', async () => {
    expect(await run('none.jsonl', '--key', hexKey)).toMatchObject({
      code: 2,
      err: expect.stringContaining('none.jsonl cannot be read'),
    });
  });

  async function run(file: string, ...options: string[]) {
    let out = '';
    let err = '';
    const code = await runCommand(['verify', join(folder, file), ...options], {
      readFile: path => readFileSync(path),
      streamFile: path => createReadStream(path, { highWaterMark: 7 }),
      readStdin: async () => Buffer.alloc(0),
      out: text => {
        out += text;
      },
      err: text => {
        err += text;
      },
      isTerminal: false,
      today: '2026-11-29',
    });
    return { code, out, err };
  }

  function evidence(at = AT): EvidenceLine[] {
    const entries = chainEvents('run-1', EMPTY_LEDGER, EVENTS, at);
    const { text, hash } = nextCheckpoint(undefined, {
      at: AT,
      heads: [{ runId: 'run-1', ...headOf(entries) }],
      removed: [],
      keyId: keyIdOf(hexKey),
    });
    const signature = sign(null, Buffer.from(text), privateKey).toString('hex');
    return [
      { kind: 'export', version: 1, runs: 'all' },
      { kind: 'checkpoint', text, hash, signature },
      ...entries.map(({ event: _event, ...entry }) => ({
        kind: 'event' as const,
        ...entry,
      })),
    ];
  }
});

function textOf(lines: EvidenceLine[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join('');
}

function hexOf(key: KeyObject): string {
  return key
    .export({ type: 'spki', format: 'der' })
    .subarray(12)
    .toString('hex');
}
