import { variablesRead } from './variablesRead';

describe('the variables that a text reads', () => {
  it.each<[string, string[]]>([
    ['echo $A "${B:-x}" \'$C\'', ['A', 'B', 'C']],
    ['echo "${#D} ${!E} ${F[0]}"', ['D', 'E', 'F']],
    ['((N++)); echo $((M + 1))', ['N', 'M']],
    ['export A B=1\nunset C', ['A', 'C']],
    ['TAR_OPTIONS=x tar cf a.tar .', []],
    ['echo TAR_OPTIONS PATH', []],
    ['echo $$ $? $1 $@', []],
  ])('%s', (text, names) => {
    expect(variablesRead(text)).toEqual(names);
  });
});
