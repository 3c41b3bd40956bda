import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../places.mjs';
import { readConfigOptions } from './readConfigOptions.mjs';

const SOURCE = 'plugins/runbooks-backend/config.d.ts';
const PAGE = 'docs/configuration.md';
const ROOT = 'runbooks';
/** Whose value nobody but the backend may see. */
const SECRET =
  /(?:token|password|secret|privateKey|signingKey|encryptionKey)$/i;

/** What is wrong with the options of the backend or with the page that tells them: one sentence each. */
export function configurationFaults() {
  const options = readOptions();
  const page = join(CHECKOUT, PAGE);
  const isCurrent =
    existsSync(page) && readFileSync(page, 'utf8') === pageOf(options);
  return [
    ...optionFaults(options),
    ...(isCurrent
      ? []
      : [
          `${PAGE} is not what ${SOURCE} says (npm run -s config-page writes it)`,
        ]),
  ];
}

/** Writes the page of all options. */
export function writeConfigurationPage() {
  writeFileSync(join(CHECKOUT, PAGE), pageOf(readOptions()));
}

function readOptions() {
  return readConfigOptions(readFileSync(join(CHECKOUT, SOURCE), 'utf8'));
}

/** Options without a description, and values that look like secrets and are not kept as such. */
export function optionFaults(options) {
  return options
    .filter(({ key }) => key !== ROOT)
    .flatMap(({ key, type, description, visibility }) => [
      ...(description ? [] : [`${SOURCE}: ${key} has no description`]),
      ...(type === 'string' && SECRET.test(key) && visibility !== 'secret'
        ? [`${SOURCE}: ${key} is ${visibility}; expected @visibility secret`]
        : []),
    ]);
}

/** The page as Markdown: one table for each group below `runbooks`. */
export function pageOf(options) {
  const groups = new Map();
  for (const option of options.filter(({ key }) => key !== ROOT)) {
    const [, group] = option.key.split('.');
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  return `# Configuration

All options of \`@backstage-runbooks/plugin-runbooks-backend\`, below \`runbooks\` in \`app-config.yaml\`. They are checked when the backend starts: a wrong one is named with its value and what is expected, and keeps only this plugin from working. \`backstage-cli config:check --strict\` names keys that do not exist. None is needed to read runbooks.

\`NAME\` stands for a name that you choose, \`[]\` for each entry of a list. None of the options reaches a browser; those that are \`secret\` are also taken out of the backend's log.

<!-- Written by npm run -s config-page from ${SOURCE}: change it there. -->
${[...groups].map(sectionOf).join('')}`;
}

function sectionOf([group, options]) {
  const [head, ...rest] = options;
  const isGroup = head.type === 'object';
  const rows = (isGroup ? rest : options).map(
    ({ key, type, isOptional, description, visibility }) =>
      `| \`${key.slice(ROOT.length + 1)}\` | ${code(type)} | ${
        isOptional ? '' : 'yes'
      } | ${visibility} | ${cell(description)} |`,
  );
  return `
## ${group}
${isGroup ? `\n${head.description}\n` : ''}
| below \`${ROOT}\` | type | required | visibility | what it is |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function code(type) {
  return `\`${type}\``.replaceAll('|', '\\|');
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}
