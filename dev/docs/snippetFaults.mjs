import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { codeBlocks } from '../install/codeBlocks.mjs';
import { CHECKOUT } from '../places.mjs';
import { configFaults } from './configFaults.mjs';
import { readConfigOptions } from './readConfigOptions.mjs';

/** Where we write for people: folders with their own pages, and single pages. */
const FOLDERS = ['.', 'docs', 'docs/adr', 'examples'];
const OPTIONS = 'plugins/runbooks-backend/config.d.ts';

/** How a block of a language is looked at; what is shown and not used has no check. */
const CHECKS = {
  bash: bashFaults,
  sh: bashFaults,
  console: text => bashFaults(commandsIn(text)),
  json: jsonFaults,
  yaml: yamlFaults,
  ts: text => codeFaults(text, 'snippet.ts'),
  tsx: text => codeFaults(text, 'snippet.tsx'),
  text: () => [],
  markdown: () => [],
  '': () => [],
};

/** One line for each code block of README and docs that is not what its language says, by place. */
export function snippetFaults() {
  const options = readConfigOptions(
    readFileSync(join(CHECKOUT, OPTIONS), 'utf8'),
  );
  return pages().flatMap(page =>
    faultsIn(readFileSync(join(CHECKOUT, page), 'utf8'), options).map(
      fault => `${page}:${fault}`,
    ),
  );
}

/** The faults of the blocks in one text, each beginning with the line of its block. */
export function faultsIn(markdown, options) {
  return codeBlocks(markdown).flatMap(({ language, text, line }) => {
    const check = CHECKS[language];
    if (!check) return [`${line} nothing checks a block of '${language}'`];
    return check(text, options).map(fault => `${line} ${fault}`);
  });
}

function pages() {
  const plugins = readdirSync(join(CHECKOUT, 'plugins')).map(name =>
    join('plugins', name),
  );
  return [...FOLDERS, ...plugins].flatMap(folder =>
    readdirSync(join(CHECKOUT, folder))
      .filter(name => name.endsWith('.md') && !name.endsWith('.api.md'))
      .map(name => join(folder, name)),
  );
}

function bashFaults(text) {
  // Words in angle brackets stand for something that the reader puts there.
  const filled = text.replace(/<([\w .:-]+)>/g, 'WORD');
  const { status, stderr } = spawnSync('bash', ['-n'], {
    input: filled,
    encoding: 'utf8',
  });
  return status === 0 ? [] : [stderr.trim().split('\n')[0]];
}

/** What is typed in a session that shows prompts and answers. */
function commandsIn(text) {
  return text
    .split('\n')
    .filter(line => line.startsWith('$ '))
    .map(line => line.slice(2))
    .join('\n');
}

function jsonFaults(text) {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [error.message];
  }
}

function yamlFaults(text, options) {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) {
      return [document.errors[0].message.split('\n')[0]];
    }
    const value = document.toJS();
    if (value?.apiVersion && !value.kind) return ['there is no kind'];
    return value?.runbooks && !value.apiVersion
      ? configFaults(value.runbooks, options)
      : [];
  });
}

/** What the compiler says of the form; a block may hold several parts that belong into different places. */
function codeFaults(text, name) {
  const whole = formFaults(text, name);
  if (whole.length === 0) return [];
  const parts = text.split(/\n\s*\n(?=\S)/);
  return parts.every(part => formFaults(part, name).length === 0) ? [] : whole;
}

function formFaults(text, fileName) {
  const { diagnostics } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
    },
  });
  return diagnostics.map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, ' '),
  );
}
