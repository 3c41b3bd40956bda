import type { Preview } from '@backstage-runbooks/plugin-runbooks-common';
import { PREVIEWS } from '../../testing/previews';
import { approvalCautions } from './approvalCautions';

describe('what somebody must know who approves', () => {
  it.each<{ preview: Preview; says: string[] }>([
    { preview: PREVIEWS.changes, says: [] },
    { preview: PREVIEWS.creates, says: [] },
    { preview: PREVIEWS['changes-nothing'], says: [] },
    {
      preview: { outcome: 'not-possible', because: 'it runs a script.' },
      says: [
        'There is no preview of what it would change, because it runs a script: look at the commands and at what it may write.',
      ],
    },
    {
      preview: { outcome: 'failed', because: 'it took more than 20 s' },
      says: [
        'There is no preview of what it would change, because making it failed (it took more than 20 s): look at the commands and at what it may write.',
      ],
    },
    {
      preview: { outcome: 'refused', because: 'quota exceeded' },
      says: [
        'The server refused a dry run of it: quota exceeded. Approved, it may fail or do only a part: look at the commands and at what it may write.',
      ],
    },
  ])('of a preview that is $preview.outcome: $says', ({ preview, says }) => {
    expect(approvalCautions('ready', preview)).toEqual(says);
  });

  it('is that a part of the commands is hidden where it looks like a credential', () => {
    const shown = 'kubectl set image deploy/web web=nginx:2';
    const hidden =
      'kubectl set image deploy/web web=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlYQ';
    expect(approvalCautions('ready', undefined, shown)).toEqual([]);
    expect(approvalCautions('ready', undefined, hidden)).toEqual([
      expect.stringMatching(/looks like a credential: read it in the document/),
    ]);
  });

  it('is nothing where nobody looked and all files are shown', () => {
    expect(approvalCautions('ready', undefined)).toEqual([]);
  });

  it.each(['loading', 'failed'] as const)(
    'is first that files are not shown: %s',
    files => {
      const [first, second, ...others] = approvalCautions(files, {
        outcome: 'not-possible',
        because: 'it runs a script',
      });
      expect(first).toMatch(/scripts and manifests that it uses/);
      expect(second).toMatch(/no preview/);
      expect(others).toEqual([]);
    },
  );
});
