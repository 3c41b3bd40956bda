import { readTokens } from './readTokens.mjs';

const NOT_SIMULATED = [
  'if',
  'for',
  'while',
  'until',
  'case',
  'function',
  '{',
  '(',
  '[[',
];
const REDIRECTIONS = {
  '>': { stream: 'stdout', append: false },
  '>>': { stream: 'stdout', append: true },
  '2>': { stream: 'stderr', append: false },
  '2>>': { stream: 'stderr', append: true },
  '&>': { stream: 'both', append: false },
  '<': { stream: 'stdin' },
};

/**
 * Reads a shell text as a list of pipelines.
 *
 * @returns `[{ when, commands: [{ words, redirections }] }]`; `when` is 'always',
 *   'success' (after &&) or 'failure' (after ||)
 * @throws Error for what this small shell does not know: loops, conditions, functions
 */
export function parseScript(text) {
  const pipelines = [];
  let pipeline = { when: 'always', commands: [] };
  let command = newCommand();
  const endCommand = () => {
    if (command.words.length > 0 || command.redirections.length > 0)
      pipeline.commands.push(command);
    command = newCommand();
  };
  const endPipeline = when => {
    endCommand();
    if (pipeline.commands.length > 0) {
      pipelines.push(pipeline);
      pipeline = { when, commands: [] };
    }
  };
  const tokens = readTokens(text);
  for (let index = 0; index < tokens.length; index += 1) {
    const { operator, parts } = tokens[index];
    if (parts) {
      refuseKeyword(parts, command);
      command.words.push(parts);
    } else if (operator in REDIRECTIONS) {
      index += 1;
      if (!tokens[index]?.parts) throw new Error(`${operator} needs a file`);
      command.redirections.push({
        ...REDIRECTIONS[operator],
        file: tokens[index].parts,
      });
    } else if (
      operator === '2>&1' ||
      operator === '1>&2' ||
      operator === '>&2'
    ) {
      command.redirections.push({
        stream: operator === '2>&1' ? 'stderr-to-stdout' : 'stdout-to-stderr',
      });
    } else if (operator === '|') {
      endCommand();
    } else {
      endPipeline({ '&&': 'success', '||': 'failure' }[operator] ?? 'always');
    }
  }
  endPipeline('always');
  return pipelines;
}

function newCommand() {
  return { words: [], redirections: [] };
}

function refuseKeyword(parts, command) {
  const [first] = parts;
  if (
    command.words.length === 0 &&
    !first.quoted &&
    NOT_SIMULATED.some(
      word =>
        first.text === word || (word === '(' && first.text?.startsWith('(')),
    )
  ) {
    throw new Error(`"${first.text}" is not simulated`);
  }
}
