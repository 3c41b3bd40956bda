import type { LintedDocument } from './LintedDocument';

/** Problems as SARIF 2.1.0, which code scanning services read. */
export function sarifOf(documents: readonly LintedDocument[]) {
  const codes = new Set(
    documents.flatMap(({ problems }) => problems.map(({ code }) => code)),
  );
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'runbooks',
            rules: [...codes].sort().map(id => ({ id })),
          },
        },
        results: documents.flatMap(({ path, problems }) =>
          problems.map(
            ({ code, severity, message, suggestion, line, column }) => ({
              ruleId: code,
              level: severity,
              message: {
                text: suggestion ? `${message}. ${suggestion}` : message,
              },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: path.split('\\').join('/') },
                    region: { startLine: line, startColumn: column },
                  },
                },
              ],
            }),
          ),
        ),
      },
    ],
  };
}
