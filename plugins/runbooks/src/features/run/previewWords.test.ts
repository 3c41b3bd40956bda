import type { Preview } from '@backstage-runbooks/plugin-runbooks-common';
import { PREVIEWS } from '../../testing/previews';
import { previewLine } from './previewWords';

const SCALED: Preview = {
  outcome: 'changes',
  objects: [
    {
      change: 'change',
      object: {
        kind: 'Deployment',
        group: 'apps',
        namespace: 'a',
        name: 'web',
      },
      headline: '2 → 4 replicas',
      fields: [],
    },
  ],
  notes: [],
  digest: 'd',
};

describe('a preview in one line', () => {
  it.each<{ preview: Preview; line: string }>([
    { preview: SCALED, line: 'Would change Deployment web: 2 → 4 replicas' },
    {
      preview: { ...SCALED, more: 1 },
      line: 'Would change Deployment web: 2 → 4 replicas, and 1 more object',
    },
    {
      preview: PREVIEWS.changes,
      line: 'Would delete Pod auth-service-7c9d-x2k4p, and 7 more objects',
    },
    {
      preview: PREVIEWS.creates,
      line: 'Would create Namespace identity-canary',
    },
    {
      preview: { ...SCALED, objects: [], more: 2 },
      line: 'Would change 2 objects',
    },
    { preview: PREVIEWS['changes-nothing'], line: 'Would change nothing' },
    {
      preview: { outcome: 'refused', because: 'pods "a" is forbidden' },
      line: 'The server refused the preview of it: pods "a" is forbidden',
    },
    {
      preview: { outcome: 'not-possible', because: 'it is a script' },
      line: 'No preview, because it is a script',
    },
    {
      preview: { outcome: 'failed', because: 'it took too long' },
      line: 'The preview of it failed: it took too long',
    },
  ])('says: $line', ({ preview, line }) => {
    expect(previewLine(preview)).toBe(line);
  });
});
