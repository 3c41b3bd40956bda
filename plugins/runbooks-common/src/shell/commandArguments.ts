import type { ShellNode, SimpleCommand } from './parse';
import { type Argument, argumentsOf, type Variables } from './words';

/** The words of a command as it would be started, its name first; assignments among them count as words. */
export function commandArguments(
  node: SimpleCommand,
  variables: Variables,
): Argument[] {
  const args: Argument[] = node.name ? argumentsOf(node.name, variables) : [];
  for (const arg of node.args) {
    if (arg.type === 'Word') args.push(...argumentsOf(arg, variables));
    else args.push(assignmentArgument(arg, variables));
  }
  return args;
}

function assignmentArgument(
  arg: Extract<ShellNode, { type: 'Assignment' }>,
  variables: Variables,
): Argument {
  const place = {
    start: variables.base === undefined ? -1 : arg.pos,
    end: variables.base === undefined ? -1 : arg.end,
  };
  if (arg.value.type !== 'Word')
    return { value: arg.text, certainty: 'value', spliced: false, ...place };
  const values = argumentsOf(arg.value, variables);
  const sign = arg.append ? '+=' : '=';
  return {
    value: `${arg.name}${sign}${values.map(one => one.value).join(' ')}`,
    certainty: values.every(one => one.certainty === 'exact')
      ? 'exact'
      : 'value',
    spliced: values.some(one => one.spliced),
    ...place,
  };
}
