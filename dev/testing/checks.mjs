import { checkStyle } from './checkStyle.mjs';
import { oneCheck, together } from './Outcome.mjs';
import { runTool } from './runTool.mjs';

/** What prettier looks at: our code. Prose and runbooks keep the form of their authors. */
export const FORMATTED = [
  '{packages,plugins}/*/{src,dev,migrations}/**/*.{ts,tsx,js}',
  '{packages,plugins}/*/{package.json,.eslintrc.js}',
  'e2e/**/*.ts',
  'dev/**/*.{mjs,yaml}',
];

/** ESLint, prettier, the rules of the house, the generated page and the code blocks of docs: one check each. */
export async function runLint({ register }) {
  const lint = await runTool(register, 'backstage-cli', [
    'repo',
    'lint',
    '--max-warnings=0',
  ]);
  const format = await runTool(register, 'prettier', [
    '--check',
    '--loglevel=warn',
    ...FORMATTED,
  ]);
  const style = checkStyle();
  const { configurationFaults } = await import('../docs/configurationPage.mjs');
  const { snippetFaults } = await import('../docs/snippetFaults.mjs');
  const pages = configurationFaults();
  const snippets = snippetFaults();
  [...style, ...pages, ...snippets].forEach(line =>
    process.stdout.write(`  ${line}\n`),
  );
  return together([
    oneCheck(lint === 0, 'ESLint found something'),
    oneCheck(format === 0, 'some files are not formatted (npm run -s fix)'),
    oneCheck(
      style.length === 0,
      `${style.length} ${
        style.length === 1 ? 'place breaks' : 'places break'
      } a rule of the house`,
    ),
    oneCheck(
      pages.length === 0,
      'the page of the configuration is not what the options say',
    ),
    oneCheck(
      snippets.length === 0,
      'a code block of README or docs is not what its language says',
    ),
  ]);
}

/** The TypeScript compiler over everything, and over the JavaScript of `dev`. */
export async function runTypes({ register }) {
  const code = await runTool(register, 'tsc', [
    '--noEmit',
    '--incremental',
    'false',
  ]);
  const { scriptFaults } = await import('./scriptFaults.mjs');
  const faults = scriptFaults();
  faults.forEach(line => process.stdout.write(`  ${line}\n`));
  return together([
    oneCheck(code === 0, 'the compiler found mistakes'),
    oneCheck(faults.length === 0, 'the compiler found mistakes in dev'),
  ]);
}
