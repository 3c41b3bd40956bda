import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from './certificates.mjs';

let parent;
let folder;

before(async () => {
  parent = mkdtempSync(join(tmpdir(), 'certificates-'));
  folder = await makeCertificates(join(parent, 'certificates'));
});
after(() => rmSync(parent, { recursive: true, force: true }));

const read = name => new X509Certificate(readFileSync(join(folder, name)));

test('server and client are certified by the authority', () => {
  for (const name of ['server.crt', 'client.crt']) {
    assert.ok(read(name).checkIssued(read('ca.crt')), name);
    assert.ok(read(name).verify(read('ca.crt').publicKey), name);
  }
});

test('the server is known by every name under which it is called', () => {
  const server = read('server.crt');
  for (const name of [
    'localhost',
    'kubernetes.default.svc',
    'simulated-nodes.kube-system.svc',
  ]) {
    assert.equal(server.checkHost(name), name);
  }
  assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
  assert.equal(server.checkHost('example.com'), undefined);
});

test('nobody else can read a key', () => {
  assert.equal(statSync(folder).mode & 0o077, 0);
  for (const name of readdirSync(folder)) {
    assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
  }
});

test('a second call keeps what the first one made', async () => {
  const first = read('ca.crt').fingerprint256;
  await makeCertificates(folder);
  assert.equal(read('ca.crt').fingerprint256, first);
});
