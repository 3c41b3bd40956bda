import { previewChanged } from './previewChanged';
import type { Preview } from './model';
import {
  changed,
  deployment,
  generatedJob,
  preview,
  write,
} from './testUtils/writes';

const scaled = (from: number, to: number) =>
  preview([
    changed(deployment({ replicas: from }), deployment({ replicas: to })),
  ]);

const names = (...all: string[]) =>
  preview(
    all.map(name =>
      write({
        name,
        before: deployment(),
        answer: { status: 200, body: deployment({ replicas: 4 }) },
      }),
    ),
  );

describe('a preview that is made again', () => {
  it('is the same where the step would change the same, in whatever order', () => {
    expect(previewChanged(scaled(2, 4), scaled(2, 4))).toBeUndefined();
    expect(previewChanged(names('a', 'b'), names('b', 'a'))).toBeUndefined();
  });

  it('is the same where another name is generated, which the server repeats in the object', () => {
    const first = preview([generatedJob('backup-x7z2q', '1')]);
    const second = preview([generatedJob('backup-b4n9c', '2')]);
    expect(previewChanged(first, second)).toBeUndefined();
    expect(first).toMatchObject({
      objects: [{ object: { name: 'backup-*' } }],
    });
    expect(JSON.stringify(first)).not.toContain('x7z2q');
    const namespace = (name: string) => {
      const labels = { 'kubernetes.io/metadata.name': name };
      const metadata = { generateName: 'try-', name, labels };
      const body = { kind: 'Namespace', metadata };
      return preview([
        write({
          ...{ verb: 'create', group: '', resource: 'namespaces', name: '' },
          sent: { kind: 'Namespace', metadata: { generateName: 'try-' } },
          answer: { status: 201, body },
        }),
      ]);
    };
    expect(
      previewChanged(namespace('try-x7z2q'), namespace('try-b4n9c')),
    ).toBeUndefined();
  });

  it('is the same whatever its notes say, and however a failure is worded', () => {
    const before = scaled(2, 4);
    expect(
      previewChanged(before, { ...before, notes: ['A note.'] } as Preview),
    ).toBeUndefined();
    expect(
      previewChanged(
        { outcome: 'failed', because: 'a' },
        { outcome: 'failed', because: 'b' },
      ),
    ).toBeUndefined();
  });

  it.each<[string, Preview, Preview, string]>([
    [
      'from where it would go',
      scaled(2, 4),
      scaled(3, 4),
      'Deployment web would go from 3 to 4 replicas now, not from 2',
    ],
    [
      'to where it would go',
      scaled(2, 4),
      scaled(2, 5),
      'Deployment web would go from 2 to 5 replicas now, not to 4',
    ],
    [
      'that there is nothing left to do',
      scaled(2, 4),
      preview([]),
      'it would change nothing now',
    ],
    [
      'that the server refuses it',
      scaled(2, 4),
      { outcome: 'refused', because: 'quota' },
      'it would be refused now: quota',
    ],
    [
      'what it would do where it would do nothing',
      preview([]),
      scaled(2, 4),
      'Deployment web would be changed now',
    ],
    [
      'that an object would be deleted',
      scaled(2, 4),
      preview([write({ verb: 'delete', before: deployment() })]),
      'Deployment web would be deleted now, not changed',
    ],
    [
      'what came and what went, and how much more there is',
      names('a'),
      names('b', 'c', 'd'),
      'Deployment b would be changed now; Deployment c would be changed now; Deployment d would be changed now; and 1 more',
    ],
  ])('says %s', (_, approved, now, expected) => {
    expect(previewChanged(approved, now)).toBe(expected);
  });

  it('says which of several writes of an object would be another, though a deletion comes after it', () => {
    const scaledThenDeleted = (...to: number[]) =>
      preview([
        ...to.map(replicas =>
          changed(deployment({ replicas: 2 }), deployment({ replicas })),
        ),
        write({ verb: 'delete', before: deployment({ replicas: 2 }) }),
      ]);
    const approved = scaledThenDeleted(4, 5);
    expect(previewChanged(approved, scaledThenDeleted(4, 5))).toBeUndefined();
    expect(previewChanged(approved, scaledThenDeleted(4, 9))).toBe(
      'Deployment web would go from 2 to 9 replicas now, not to 5',
    );
    expect(previewChanged(approved, scaledThenDeleted(4))).toBe(
      'Deployment web would not be changed now',
    );
    expect(previewChanged(scaledThenDeleted(), scaledThenDeleted(4))).toBe(
      'Deployment web would be changed now',
    );
  });

  it('is not the same where it was seen whole and is cut short now', () => {
    const cut = (before: Preview) => ({ ...before, cutShort: true } as Preview);
    for (const approved of [scaled(2, 4), preview([])]) {
      expect(previewChanged(approved, cut(approved))).toMatch(
        /^it would wait now .* not all of it can be tried$/,
      );
      expect(previewChanged(cut(approved), cut(approved))).toBeUndefined();
      expect(previewChanged(cut(approved), approved)).toBeUndefined();
    }
  });

  it('says that more differs than is shown', () => {
    const approved = scaled(2, 4);
    const now = { ...approved, digest: 'f'.repeat(64) } as Preview;
    expect(previewChanged(approved, now)).toBe(
      'more would be different now, beyond what is shown',
    );
  });
});
