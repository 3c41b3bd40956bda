import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * Gives out our packed packages as an npm registry would, so that the commands of the README can be run as they stand.
 *
 * The address of a tarball holds its digest: no cache takes a package of today for one of yesterday with the same version.
 */
export class PackageServer {
  #packages = new Map();
  #server;

  constructor(packed) {
    for (const { name, manifest, tarball } of packed) {
      const bytes = readFileSync(tarball);
      const digest = createHash('sha512').update(bytes).digest();
      this.#packages.set(name, { manifest, bytes, digest });
    }
  }

  async start() {
    this.#server = createServer((req, res) => this.#answer(req, res));
    await new Promise(resolve => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(req, res) {
    const path = decodeURIComponent(new URL(req.url, this.url).pathname);
    for (const [name, one] of this.#packages) {
      if (path === `/${name}`) return this.#describe(res, name, one);
      if (path === tarballPath(name, one)) {
        res.setHeader('content-type', 'application/octet-stream');
        return res.end(one.bytes);
      }
    }
    res.statusCode = 404;
    return res.end('{}');
  }

  #describe(res, name, one) {
    const { version } = one.manifest;
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        // Long ago: an app waits some days with a version that is new.
        time: { [version]: '2020-01-01T00:00:00.000Z' },
        versions: {
          [version]: {
            ...resolved(one.manifest, this.#packages),
            dist: {
              tarball: `${this.url}${tarballPath(name, one)}`,
              integrity: `sha512-${one.digest.toString('base64')}`,
            },
          },
        },
      }),
    );
  }
}

function tarballPath(name, { digest }) {
  return `/tarballs/${digest.toString('hex').slice(0, 40)}/${name
    .split('/')
    .pop()}.tgz`;
}

/** As `yarn pack` writes it: siblings by their versions. */
function resolved(manifest, packages) {
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies ?? {}).map(([name, range]) => [
      name,
      range === 'workspace:^'
        ? `^${packages.get(name).manifest.version}`
        : range,
    ]),
  );
  return { ...manifest, dependencies, devDependencies: undefined };
}
