/** All that a published package may hold. */
const EXPECTED = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^config\.schema\.json$/,
  /^migrations\/\d+_\w+\.js$/,
  /^bin\/\w+$/,
  /^dist\/(?:[\w-]+\/)*[\w.-]+\.(?:cjs|esm)\.js$/,
  /^dist\/[\w-]+\.d\.ts$/,
];

const NOT_FOR_USERS = /(?:^|\/)(?:test|tests|testing|testUtils|__\w+__)\//;

/** What of a tarball's files nobody needs, or what is wrong with its manifest: one sentence each. */
export function contentFaults(folder, files, manifest) {
  const unexpected = files.filter(
    file =>
      !EXPECTED.some(pattern => pattern.test(file)) || NOT_FOR_USERS.test(file),
  );
  const missing = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
    .filter(file => !files.includes(file))
    .map(file => `${folder}: ${file} is not in the tarball`);
  const open = Object.entries(manifest.dependencies ?? {})
    .filter(([, range]) => /^(workspace|link|file|portal|patch):/.test(range))
    .map(
      ([name, range]) =>
        `${folder}: the tarball asks for ${name} as ${range}; expected a version`,
    );
  return [
    ...unexpected.map(
      file => `${folder}: ${file} is in the tarball and nobody needs it`,
    ),
    ...missing,
    ...open,
  ];
}
