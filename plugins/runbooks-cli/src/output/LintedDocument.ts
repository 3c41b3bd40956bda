import type { DocumentProblem } from '@backstage-runbooks/plugin-runbooks-common';

/** What lint found in one document. */
export interface LintedDocument {
  path: string;
  problems: DocumentProblem[];
}
