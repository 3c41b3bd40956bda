import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseOnCallDocument } from './parseOnCallDocument';

describe('the guide to on-call', () => {
  it('shows a document that is read without a problem', () => {
    const guide = readFileSync(
      resolve(__dirname, '../../../../docs/on-call.md'),
      'utf8',
    );
    const [, document] = /```yaml\n(# on-call\/[\s\S]*?)```/.exec(guide)!;
    const { schedules, problems } = parseOnCallDocument(document);
    expect(problems).toEqual([]);
    expect(schedules.map(({ id }) => id)).toEqual(['identity-primary']);
  });
});
