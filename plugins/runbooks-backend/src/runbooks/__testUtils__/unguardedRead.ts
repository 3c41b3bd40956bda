import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { FakeUrlReader } from './FakeUrlReader';

/**
 * Reads what a reference leads to when it is resolved as an address against the catalog file, and asked for: what
 * happens where nobody decides. For tests that show that an attack would succeed.
 */
export async function unguardedRead(
  reader: FakeUrlReader,
  location: string,
  ref: string,
): Promise<string[]> {
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        gitlab: [
          {
            host: 'gitlab.example.com',
            apiBaseUrl: 'https://gitlab.example.com/api/v4',
          },
        ],
      },
    }),
  );
  const [, kind, target] = /^(\w+):(.+)$/.exec(ref)!;
  const url =
    kind === 'url'
      ? new URL(target).toString()
      : new URL(
          integrations.resolveUrl({ url: target, base: location }),
        ).toString();
  const tree = await reader.readTree(url);
  const files = await tree.files();
  return Promise.all(
    files.map(async file => (await file.content()).toString()),
  );
}
