import { readRunbook } from '@backstage-runbooks/plugin-runbooks-common';
import { githubLines } from './githubLines';
import { lintText } from './lintText';
import { outlineOf } from './outline';

const MARKDOWN = [
  '# Restore\u202E the\u001b[2J database',
  '',
  '## Incident: p\u200Bods',
  '',
  '1. Look \u001b]0;title\u0007around',
  '',
  '   ```bash',
  '   kubectl get pods',
  '   ```',
  '',
].join('\n');

const HIDDEN = ['\u001b', '\u200b', '\u202e', '\u0007'];

describe('a document that writes for a terminal', () => {
  it('has nothing in its outline that a terminal obeys or hides', () => {
    const outline = outlineOf(readRunbook(MARKDOWN, 'a.md'), false);
    expect(outline).toContain('Restore\\u{202E} the\\u{1B}[2J database');
    for (const hidden of HIDDEN) expect(outline).not.toContain(hidden);
  });

  it('has nothing in what lint says of it that a terminal obeys or hides', () => {
    const problem = {
      code: 'unclosed-fence' as const,
      severity: 'error' as const,
      message: 'The line \u001b[1Ax\u200B is never closed',
      line: 3,
      column: 1,
    };
    const documents = [{ path: 'a\u202E.md', problems: [problem] }];
    for (const text of [lintText(documents), githubLines(documents)]) {
      expect(text).toContain('\\u{1B}[1Ax\\u{200B} is never closed');
      for (const hidden of HIDDEN) expect(text).not.toContain(hidden);
    }
  });
});
