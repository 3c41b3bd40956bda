import { createSelector } from './fileSelection';
import { findNameProblems } from './findNameProblems';

describe('names in a repository', () => {
  it.each([
    [['scripts/x.sh', 'scripts/x.sh'], "'scripts/x.sh' is there twice"],
    [
      ['scripts/X.sh', 'scripts/x.sh'],
      "'scripts/X.sh' and 'scripts/x.sh' differ only by upper and lower case: on some disks they are one file",
    ],
    [
      ['caf\u00e9.sh', 'cafe\u0301.sh'],
      "'caf\\u{e9}.sh' and 'cafe\\u{301}.sh' differ only by the Unicode form of their letters: on some disks they are one file",
    ],
    [
      ['run', 'run/x.sh'],
      "'run' is a file, and 'run/x.sh' would need it to be a folder",
    ],
    [['../x.sh'], "'../x.sh' leads out of the repository"],
    [['a/../../x.sh'], "'a/../../x.sh' leads out of the repository"],
    [['/etc/cron.d/x'], "'/etc/cron.d/x' is an absolute name"],
    [['C:/x'], "'C:/x' is an absolute name"],
    [
      ['x\u001b[2K.sh'],
      "'x\\u{1b}[2K.sh' has control characters or back slashes in its name",
    ],
    [['a//x.sh'], "'a//x.sh' is not a plain name"],
    [['./x.sh'], "'./x.sh' is not a plain name"],
  ])('%j: %s', (names, message) => {
    expect(findNameProblems(names).map(one => one.message)).toEqual([message]);
  });

  it('are shown by their beginning where they are too long', () => {
    const [{ message }] = findNameProblems([`a/${'b'.repeat(2_000)}`]);
    expect(message).toBe(
      `'a/${'b'.repeat(78)}...' is longer than 1024 characters`,
    );
  });

  it('are told by the outermost file that they would lie in', () => {
    expect(
      findNameProblems(['a/b/c', 'a/b', 'a!', 'a', 'ab']).map(
        ({ paths }) => paths,
      ),
    ).toEqual([
      ['a', 'a/b/c'],
      ['a', 'a/b'],
    ]);
  });

  it('are looked at in a moment where ten thousand of them are as deep as they can be', () => {
    const deep = 'a/'.repeat(500);
    const names = Array.from({ length: 10_000 }, (_, n) => `${deep}${n}`);
    const before = process.cpuUsage();
    expect(findNameProblems(names)).toEqual([]);
    const { isSelected, mayHold } = createSelector({
      files: names.slice(0, 100),
      trees: [`${deep}500`],
      folders: ['b'],
    });
    expect(names.filter(isSelected)).toHaveLength(101);
    expect(names.filter(mayHold)).toHaveLength(1);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });

  it('are fine where they differ by more', () => {
    expect(
      findNameProblems([
        'a/x.sh',
        'b/x.sh',
        'a/y.sh',
        '.github/x',
        'ß',
        'größe.md',
      ]),
    ).toEqual([]);
  });
});
