import { submodulesIn } from './submodulesIn';

describe('the submodules of a repository', () => {
  it('are told with the line that lists them', () => {
    expect(
      submodulesIn(
        [
          '[submodule "charts"]',
          '\tpath = vendor/charts',
          '\turl = https://example.com/path = x',
          '# path is above',
          '[submodule "lib"]',
          '  url = ../lib',
          '  Path="lib dir/"\r',
          'pathology = x',
        ].join('\n'),
      ),
    ).toEqual([
      { path: 'vendor/charts', line: 2 },
      { path: 'lib dir', line: 7 },
    ]);
  });

  it('are none where nothing is listed', () => {
    expect(submodulesIn('')).toEqual([]);
    expect(submodulesIn('path =\n<html>')).toEqual([]);
  });
});
