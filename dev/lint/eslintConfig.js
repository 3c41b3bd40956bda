const backstageConfig = require('@backstage/cli/config/eslint-factory');

/**
 * The ESLint configuration of a package: that of Backstage with the rules of the house that hold everywhere.
 *
 * Most texts are written by other people, so no pattern may look at a long row of characters again and again.
 *
 * @param dir - the folder of the package
 * @param {Record<string, any>} [own] - what holds in this package only, as the factory of Backstage takes it
 */
module.exports = function eslintConfig(
  dir,
  { rules, overrides = [], ...own } = {},
) {
  return backstageConfig(dir, {
    ...own,
    plugins: ['regexp'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect*', 'fc.assert'] },
      ],
      ...rules,
    },
    overrides: [
      {
        files: ['src/**/*.ts', 'src/**/*.tsx'],
        excludedFiles: ['**/*.test.ts', '**/*.test.tsx'],
        rules: {
          'regexp/no-super-linear-move': ['error', { report: 'potential' }],
          'regexp/no-super-linear-backtracking': [
            'error',
            { report: 'potential' },
          ],
        },
      },
      ...overrides,
    ],
  });
};
