import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { CHECKOUT } from '../places.mjs';

/** A comment names what an object of options holds without giving each a type. */
const NAMES_WITHOUT_TYPES = 8032;

/**
 * What the TypeScript compiler says of the plain JavaScript in `dev`: one line each. The sources of the packages that
 * it imports are left to the compiler's own run, with their own settings.
 */
export function scriptFaults() {
  const path = join(CHECKOUT, 'dev', 'tsconfig.json');
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    dirname(path),
  );
  const program = ts.createProgram(fileNames, options);
  return fileNames
    .map(name => program.getSourceFile(name))
    .flatMap(file => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ])
    .filter(({ code }) => code !== NAMES_WITHOUT_TYPES)
    .map(describe);
}

function describe({ file, start, messageText }) {
  const { line } = file.getLineAndCharacterOfPosition(start);
  const [text] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
  return `${relative(CHECKOUT, file.fileName)}:${line + 1} ${text}`;
}
