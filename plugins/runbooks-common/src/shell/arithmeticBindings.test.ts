import { arithmeticBindings } from './arithmeticBindings';

const bindings = (text: string) =>
  arithmeticBindings(text, rest =>
    rest.startsWith('$(') ? rest.slice(0, rest.indexOf(')') + 1) : undefined,
  );

describe('what an arithmetic text gives values to', () => {
  it.each<[string, string[]]>([
    ['1 + 2', []],
    ['replicas * 2 + $extra', []],
    ['"$there" < ${wanted}', []],
    ['count == 3 && left >= 0', []],
    ['${#list[@]} - 1', []],
    ['$(wc -l) > 3', []],
    ['list[2] + list[$i]', []],
    ['-1 - -2', []],
    ['i++', ['i']],
    ['++i', ['i']],
    ['i += 2, j = i << 1', ['i', 'j']],
    ['i = 0', ['i']],
    ['(a + 1) * 2 == b', []],
    ['list[i]++', ['list']],
    ['a ? b = 1 : 2', ['b']],
  ])('is told of %s', (text, names) => {
    expect(bindings(text)).toEqual({ names });
  });

  it.each([
    'N$O',
    'N$O 2',
    'N+${Q}+',
    'N+""+',
    'N+$(true)+',
    'N[A[0]]++',
    'N[${A[0]}+0]=2',
    '$1++',
    '$1',
    '$X++',
    '++$X',
    '${!M}',
    '"N=2"',
    "'N'=2",
    'N\\=2',
    '`x`',
    '$[1]',
    'N+\\\n+',
    'a b',
    '1 N=2',
  ])('cannot be told of %s', text => {
    expect(bindings(text)).toBe('anything');
  });
});
