const noIo = 'The core decides and does no I/O: take it as an argument.';

module.exports = require('../../dev/lint/eslintConfig')(__dirname, {
  overrides: [
    {
      files: ['src/**/*.ts'],
      excludedFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: [
                  'node:*',
                  'fs',
                  'path',
                  'crypto',
                  'knex',
                  'express',
                  'react',
                  '@backstage/backend-*',
                  '@backstage/core-*',
                ],
                message: noIo,
              },
            ],
          },
        ],
        'no-restricted-globals': [
          'error',
          ...[
            'process',
            'fetch',
            'setTimeout',
            'setInterval',
            'window',
            'document',
            'Buffer',
          ].map(name => ({ name, message: noIo })),
        ],
        'no-restricted-syntax': [
          'error',
          {
            selector:
              'MemberExpression[object.name="Date"][property.name="now"]',
            message: 'Time is an argument.',
          },
          {
            selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
            message: 'Time is an argument.',
          },
          {
            selector:
              'MemberExpression[object.name="Math"][property.name="random"]',
            message: 'Randomness is an argument.',
          },
          { selector: ':function[async=true]', message: noIo },
        ],
      },
    },
  ],
});
