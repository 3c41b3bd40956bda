import { execFileSync } from 'node:child_process';
import { isCarriedName } from '../attempt/carriedVariables';
import { BINDERS, BUILTINS, isDynamic, VARIABLES } from './bashTable';

function bash(text: string, ...args: string[]): string {
  return execFileSync('/bin/bash', ['--norc', '-c', text, 'bash', ...args], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: '/' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const linesOf = (text: string) => text.split('\n').filter(one => one !== '');
const BUILTINS_OF_BASH = linesOf(bash('compgen -b'));
const VARIABLES_OF_BASH = linesOf(
  bash('read <<< x; mapfile <<< x; getopts a o -a; [[ x =~ x ]]; compgen -v'),
).filter(name => name !== 'o');

describe('the table of what bash binds', () => {
  it.each(BUILTINS_OF_BASH)('has the builtin %s', name => {
    expect(BUILTINS.has(name)).toBe(true);
  });

  it('says of each builtin that binds what its words name in which of them', () => {
    expect(
      [...BUILTINS]
        .flatMap(([name, of]) => (of === 'binds' ? name : []))
        .sort(),
    ).toEqual(Object.keys(BINDERS).sort());
  });

  it.each(VARIABLES_OF_BASH)('has the variable %s', name => {
    expect(VARIABLES.has(name)).toBe(true);
  });

  it.each(VARIABLES_OF_BASH.filter(name => !isDynamic(name)))(
    'is right that bash does not evaluate what %s is given',
    name => {
      expect(bash('N=1; eval "$1=N++"; echo "$N"', name)).toBe('1\n');
    },
  );

  it.each(['RANDOM', 'OPTIND', 'HISTCMD'])(
    'is right that bash evaluates what %s is given',
    name => {
      expect(bash('N=1; eval "$1=N++"; echo "$N"', name)).toBe('2\n');
      expect(isDynamic(name)).toBe(true);
    },
  );

  it.each(VARIABLES_OF_BASH)('lets %s reach no later step', name => {
    expect(isCarriedName(name)).toBe(false);
  });
});
