import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectlDocuments } from './kubectlDocuments';

/** Texts, and the documents that the reader of kubectl 1.33 makes of each, without those that hold nothing. */
const READINGS: Array<{ text: string; kubectl: unknown[] }> = JSON.parse(
  readFileSync(join(__dirname, 'fixtures/kubectlReadings.json'), 'utf8'),
);

describe('what kubectl reads', () => {
  it.each(READINGS)(
    'is read alike or not at all: $text',
    ({ text, kubectl }) => {
      const read = kubectlDocuments(text);
      const values =
        read.kind === 'read'
          ? read.values.filter(one => one !== null && one !== undefined)
          : kubectl;
      expect(values).toEqual(kubectl);
    },
  );

  it('is read alike in most of these texts that are written as people write them', () => {
    const read = READINGS.filter(
      ({ text }) => kubectlDocuments(text).kind === 'read',
    );
    expect(read.length).toBeGreaterThan(READINGS.length / 3);
  });
});
