import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { CHECKOUT } from '../places.mjs';
import { Refusal } from '../say.mjs';

/** What the portal reads when it plans is bounded as well. */
const MAX_BYTES = 20 * 1024 * 1024;
const NOT_COPIED = new Set(['.git', 'node_modules']);

/**
 * The component that gets the documents of `npm start -- --runbooks FOLDER`. Its objects are those of auth-service,
 * so that Maya and Tomas of the examples can run and approve.
 */
export function ownRunbooks(folder) {
  return {
    name: 'your-runbooks',
    title: `Your runbooks (${basename(folder)})`,
    documents: folder,
    owner: 'identity',
    system: 'fintech-services',
    namespace: 'fintech-services',
    kubernetesId: 'auth-service',
  };
}

/**
 * Writes a component for each attachment, with a copy of its documents beside it, and returns the settings by which
 * the portal finds them: `locations` of the catalog, `roots` that may be read from, and `scopes` for their runs.
 *
 * @param folder made anew each time
 * @param attachments `documents` is a folder, or a list of `{ name, text }`
 * @throws Refusal for a folder without Markdown files or with more than 20 MiB
 */
export function attachRunbooks({ folder, attachments }) {
  rmSync(folder, { recursive: true, force: true });
  const locations = attachments.map(attachment => {
    const home = join(folder, attachment.name);
    const runbooks = join(home, 'runbooks');
    mkdirSync(runbooks, { recursive: true });
    if (Array.isArray(attachment.documents)) {
      for (const { name, text } of attachment.documents)
        writeFileSync(join(runbooks, name), text);
    } else {
      copyFolder(attachment.documents, runbooks);
    }
    const file = join(home, 'catalog-info.yaml');
    writeFileSync(file, stringify(componentOf(attachment)));
    return file;
  });
  return {
    locations,
    roots: attachments.length > 0 ? [folder] : [],
    scopes: attachments.map(({ name, title, namespace }) => ({
      name: title,
      entities: { refs: [`component:default/${name}`] },
      namespaces: [namespace],
    })),
  };
}

/** The same as configuration of Backstage, which replaces lists as a whole. */
export function attachedSettings({ locations, roots, scopes }) {
  if (locations.length === 0) return {};
  const config = parse(readFileSync(join(CHECKOUT, 'app-config.yaml'), 'utf8'));
  return {
    APP_CONFIG_catalog_locations: JSON.stringify([
      ...config.catalog.locations,
      ...locations.map(target => ({ type: 'file', target })),
    ]),
    APP_CONFIG_runbooks_sources_localRoots: JSON.stringify([
      ...config.runbooks.sources.localRoots,
      ...roots,
    ]),
    APP_CONFIG_runbooks_scopes_rules: JSON.stringify([
      ...config.runbooks.scopes.rules,
      ...scopes,
    ]),
  };
}

function copyFolder(from, to) {
  const size = { bytes: 0, documents: 0 };
  measure(from, size);
  if (size.documents === 0)
    throw new Refusal(`${from} holds no Markdown file (*.md).`);
  if (size.bytes > MAX_BYTES)
    throw new Refusal(
      `${from} has more than ${MAX_BYTES} bytes; name a smaller folder.`,
    );
  cpSync(from, to, {
    recursive: true,
    filter: path => !NOT_COPIED.has(basename(path)),
  });
}

function measure(folder, size) {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Refusal(`${folder} is no folder.`);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_COPIED.has(entry.name) || size.bytes > MAX_BYTES) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) measure(path, size);
    if (!entry.isFile()) continue;
    size.bytes += statSync(path).size;
    if (/\.(md|markdown)$/i.test(entry.name)) size.documents += 1;
  }
}

function componentOf(attachment) {
  const { name, title, owner, system, namespace, kubernetesId } = attachment;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title,
      annotations: {
        'backstage-runbooks.io/runbooks-ref': 'dir:./runbooks',
        'backstage.io/kubernetes-id': kubernetesId,
        'backstage.io/kubernetes-namespace': namespace,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner, system },
  };
}
