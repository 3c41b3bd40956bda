import 'reflect-metadata';
import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { makePrivateDirectory } from '../places.mjs';

const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;
/** Clocks of containers differ a little. */
const SAFETY_MS = 3600 * 1000;

const SERVER_NAMES = [
  { type: 'dns', value: 'localhost' },
  { type: 'dns', value: 'kubernetes' },
  { type: 'dns', value: 'kubernetes.default' },
  { type: 'dns', value: 'kubernetes.default.svc' },
  { type: 'dns', value: 'simulated-nodes.kube-system.svc' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '10.96.0.1' },
];

/**
 * Makes the keys and certificates of a cluster, once, in a folder that only we can read:
 *
 * - `ca`: the authority,
 * - `server`: for etcd, the API server and the simulated nodes,
 * - `client`: with which the API server shows itself to etcd and to the nodes,
 * - `service-accounts`: the key pair that signs the tokens of service accounts.
 *
 * @returns the folder
 */
export async function makeCertificates(folder) {
  if (existsSync(folder)) return folder;
  x509.cryptoProvider.set(/** @type {any} */ (webcrypto));
  const part = `${folder}.part-${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  makePrivateDirectory(part);
  const authority = await makeAuthority();
  await write(part, 'ca', authority);
  await write(
    part,
    'server',
    await issue(authority, 'kube-apiserver', SERVER_NAMES),
  );
  await write(part, 'client', await issue(authority, 'front-proxy', []));
  writeServiceAccountKeys(part);
  renameSync(part, folder);
  return folder;
}

async function makeAuthority() {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    serialNumber: newSerialNumber(),
    name: 'CN=backstage-runbooks-cluster',
    signingAlgorithm: KEYS,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keys, certificate };
}

async function issue(authority, commonName, names) {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(),
    serialNumber: newSerialNumber(),
    subject: `CN=${commonName}`,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.certificate),
      ...(names.length > 0
        ? [new x509.SubjectAlternativeNameExtension(names)]
        : []),
    ],
  });
  return { keys, certificate };
}

function newKeys() {
  return webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
}

function validity() {
  const now = Date.now();
  return {
    notBefore: new Date(now - SAFETY_MS),
    notAfter: new Date(now + TEN_YEARS_MS),
  };
}

/** Positive, as Go demands, and never the same twice. */
function newSerialNumber() {
  return `01${Buffer.from(
    webcrypto.getRandomValues(new Uint8Array(15)),
  ).toString('hex')}`;
}

async function write(folder, name, { keys, certificate }) {
  writeFileSync(
    join(folder, `${name}.crt`),
    `${certificate.toString('pem')}\n`,
    { mode: 0o600 },
  );
  const key = Buffer.from(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
  ).toString('base64');
  const lines = key.match(/.{1,64}/g).join('\n');
  writeFileSync(
    join(folder, `${name}.key`),
    `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    { mode: 0o600 },
  );
}

function writeServiceAccountKeys(folder) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  writeFileSync(
    join(folder, 'service-accounts.pub'),
    publicKey.export({ type: 'spki', format: 'pem' }),
    { mode: 0o600 },
  );
  writeFileSync(
    join(folder, 'service-accounts.key'),
    privateKey.export({ type: 'pkcs8', format: 'pem' }),
    { mode: 0o600 },
  );
}
