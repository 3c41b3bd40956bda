const BROWSER = ['frontend-plugin', 'common-library'];

/**
 * What publint and "are the types wrong" say of every package that `backstage-cli package prepack` has written, those
 * of Backstage itself among them, why it does no harm, and for which roles that was judged. Anything else fails.
 */
const EXPLAINED = [
  {
    codes: ['EXPORTS_TYPES_SHOULD_BE_FIRST', 'FallbackCondition'],
    because:
      'prepack writes `types` behind `import` and `require`; no declaration stands beside those files, so the compiler goes on to `types`, in every mode of resolution',
  },
  {
    codes: ['EXPORTS_VALUE_INVALID'],
    because:
      'prepack writes the condition `backstage`, a word by which an app finds features; nothing resolves it as a path',
  },
  {
    codes: ['CJSOnlyExportsDefault', 'CJS_WITH_ESMODULE_DEFAULT_EXPORT'],
    roles: ['backend-plugin'],
    because:
      '`backend.add(import(...))` takes the feature from `default`, and from `default.default` where Node wraps it',
  },
  {
    codes: [
      'UnexpectedModuleSyntax',
      'FILE_INVALID_FORMAT',
      'TYPES_NOT_EXPORTED',
    ],
    roles: BROWSER,
    because:
      'the `.esm.js` files are for bundlers, which look at what is in them; Node takes `require`, and from 22.7 on sees by itself that `import` leads to a module',
  },
  {
    codes: ['TYPES_NOT_EXPORTED'],
    roles: ['backend-plugin', 'node-library'],
    because:
      'said of the condition `require`, which has no declaration beside it; the compiler goes on to `types`',
  },
];

/** Whether somebody has said why this message does no harm in a package of this role. */
export function isExplained(code, { backstage }) {
  return EXPLAINED.some(
    ({ codes, roles }) =>
      codes.includes(code) && (!roles || roles.includes(backstage.role)),
  );
}
