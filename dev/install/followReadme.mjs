import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { CHECKOUT } from '../places.mjs';
import { codeBlocks } from './codeBlocks.mjs';

/** Where in a file of the template an element belongs: what stands behind it. */
const PLACES = [
  { element: /^<Route\b/, behind: /^ *<\/FlatRoutes>/gm },
  { element: /^<EntityLayout\.Route\b/, behind: /^ *<\/EntityLayout>/gm },
  {
    element: /^<EntitySwitch\b/,
    behind: /(?<=const overviewContent = \([\s\S]*?)^ {2}<\/Grid>\n\);/m,
  },
  { element: /^<SidebarItem\b/, behind: /^ *\{\/\* End global nav \*\/\}/m },
];

/** The blocks below one heading of the README, as they stand there. @throws when there are none: the heading has another name now */
export function readmeBlocks(heading) {
  const markdown = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
  const blocks = codeBlocks(markdown).filter(
    block => block.heading === heading,
  );
  if (blocks.length === 0) {
    throw new Error(`README.md: no code block below '${heading}'`);
  }
  return blocks;
}

/**
 * Does in an app what a block of the README says: commands are run, configuration is merged into the file that the
 * block names, code is put where the template has such things. What starts the app (`sh`) is left to the caller.
 *
 * @param env what the terminal has in which the commands are run
 * @returns the variables that the commands exported
 */
export async function follow(app, block, env = {}) {
  const at = `README.md:${block.line}`;
  switch (block.language) {
    case 'bash':
      return exportedBy(app, block.text, env);
    case 'sh':
      return {};
    case 'yaml':
      app.write(block.file, merged(app.read(block.file), block.text));
      return {};
    case 'markdown':
      app.write(block.file, block.text);
      return {};
    case 'ts':
    case 'tsx':
      app.write(block.file, withCode(app.read(block.file), block.text, at));
      return {};
    default:
      throw new Error(`${at}: nobody knows what to do with ${block.language}`);
  }
}

async function exportedBy(app, commands, env) {
  const names = [...commands.matchAll(/^export (\w+)=/gm)].map(
    match => match[1],
  );
  const tell = names.map(name => `printf '%s\\n' "$${name}" > .said-${name}`);
  await app.run('bash', ['-euc', [commands, ...tell].join('\n')], { env });
  return Object.fromEntries(
    names.map(name => [name, app.read(`.said-${name}`).trimEnd()]),
  );
}

/** One YAML text with the keys of both; lists of the second replace those of the first. */
export function merged(first, second) {
  return stringify(mergedValue(parse(first) ?? {}, parse(second)));
}

function mergedValue(first, second) {
  const isMap = value =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(first) || !isMap(second)) return second;
  const result = { ...first };
  for (const [key, value] of Object.entries(second)) {
    result[key] = mergedValue(first[key], value);
  }
  return result;
}

/** A source file of the template with the imports and statements, or elements, of a block. */
export function withCode(source, block, at) {
  const { imports, elements, statements } = partsOf(block);
  let text = source;
  for (const statement of statements) {
    if (text.includes(statement)) continue;
    if (!text.includes('\nbackend.start();')) {
      throw new Error(
        `${at}: there is no backend.start() to add a line before`,
      );
    }
    text = text.replace(
      '\nbackend.start();',
      () => `${statement}\n\nbackend.start();`,
    );
  }
  for (const element of elements) {
    const place = PLACES.find(one => one.element.test(element));
    if (!place || text.search(place.behind) < 0) {
      throw new Error(`${at}: no place in the file for ${element}`);
    }
    text = text.replace(place.behind, found => `${element}\n${found}`);
  }
  return imports.length > 0 ? `${imports.join('\n')}\n${text}` : text;
}

function partsOf(block) {
  const withoutComments = block.replace(/^[ \t]*\/\/.*\n/gm, '');
  const imports = withoutComments.match(/^import\s[\s\S]*?;$/gm) ?? [];
  const rest = withoutComments.replace(/^import\s[\s\S]*?;$/gm, '');
  const parts = rest
    .split(/\n\s*\n|(?=^backend\.add\()/m)
    .map(part => part.trim().replace(/>;$/, '>'))
    .filter(Boolean);
  return {
    imports,
    elements: parts.filter(part => part.startsWith('<')),
    statements: parts.filter(part => !part.startsWith('<')),
  };
}
