import { commandArguments } from './commandArguments';
import type { Input } from './effects/scene';
import type { ShellNode, ShellRedirection } from './parse';
import { type Argument, argumentsOf, type Variables } from './words';

/** What `<`, `<<<` and heredocs give to a command; undefined where it has none of them. */
export function redirectedInput(
  redirects: readonly ShellRedirection[],
  variables: Variables,
): Input | undefined {
  let input: Input | undefined;
  for (const redirect of redirects)
    input = inputOf(redirect, variables) ?? input;
  return input;
}

function inputOf(
  redirect: ShellRedirection,
  variables: Variables,
): Input | undefined {
  if (redirect.type === 'HereDoc') {
    const parts = redirect.body.parts ?? [];
    const exact =
      redirect.delimiter?.quoted === true ||
      parts.every(part => part.type === 'Literal');
    return { kind: 'text', text: redirect.body.text, exact };
  }
  const [argument] = redirect.target
    ? argumentsOf(redirect.target, variables)
    : [];
  if (!argument) return undefined;
  if (redirect.type === 'HereString') {
    return {
      kind: 'text',
      text: argument.value,
      exact: argument.certainty !== 'words' && !argument.spliced,
      argument,
    };
  }
  return redirect.type === 'Redirect' && redirect.operator === '<'
    ? { kind: 'file', path: argument }
    : undefined;
}

/**
 * What a command gives to the next one of its pipeline. Its text is told for `echo`, `printf` and a `cat` of what
 * it is given; for all others only who wrote it.
 */
export function outputOf(
  command: ShellNode,
  input: Input | undefined,
  variables: Variables,
  show: (text: string) => string,
): Input {
  if (command.type !== 'Command')
    return { kind: 'command', says: 'a group of commands' };
  const unknown: Input = {
    kind: 'command',
    says: show(command.name?.value ?? 'a command'),
  };
  const [name, ...rest] = commandArguments(command, variables);
  if (name?.value === 'cat' && rest.length === 0)
    return redirectedInput(command.redirects, variables) ?? input ?? unknown;
  if (
    !/^(echo|printf)$/.test(name?.value ?? '') ||
    rest.some(one => one.certainty === 'words')
  )
    return unknown;
  const words = rest.filter(
    (one, index) => !(index === 0 && /^-[neE]+$/.test(one.value)),
  );
  const text =
    name.value === 'echo'
      ? words.map(one => one.value).join(' ')
      : printed(words);
  if (text === undefined) return unknown;
  return {
    kind: 'text',
    text: text.replace(/\\n/g, '\n'),
    exact: !words.some(one => one.spliced) && !/\\(?!n)/.test(text),
    argument: words[0],
  };
}

/** The output of `printf`, for the formats that runbooks use. */
function printed(words: readonly Argument[]): string | undefined {
  const [format, ...values] = words;
  if (!format) return '';
  if (!/%/.test(format.value))
    return values.length === 0 ? format.value : undefined;
  return /^%s(\\n)?$/.test(format.value)
    ? values.map(one => one.value).join('\n')
    : undefined;
}
