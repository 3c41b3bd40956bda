import { createHash } from 'node:crypto';
import {
  createRedactor,
  REDACTED,
} from '@backstage-runbooks/plugin-runbooks-common';
import { OutputWriter } from './OutputWriter';

describe('the output of a step', () => {
  it('is stored in order with byte offsets and the digest of exactly what was stored', async () => {
    const { writer, chunks } = writerOf();
    await writer.write('stdout', Buffer.from('zażółć '));
    await writer.write('stderr', Buffer.from('gęślą\n'));
    const end = await writer.end();
    const text = chunks.map(chunk => chunk.text).join('');
    expect(text).toBe('zażółć gęślą\n');
    expect(end).toEqual({
      bytes: Buffer.byteLength(text),
      digest: createHash('sha256').update(text).digest('hex'),
      truncated: false,
    });
    let offset = 0;
    for (const chunk of chunks) {
      expect(chunk.offset).toBe(offset);
      offset += Buffer.byteLength(chunk.text);
    }
  });

  it('hides secrets in our own lines too, and shows that a null character was there', async () => {
    const texts: string[] = [];
    const writer = new OutputWriter({
      append: async (_offset, text) => void texts.push(text),
      makeRedactor: () => createRedactor({ secrets: ['made-up-4711'] }),
    });
    writer.note('It could not be started: made-up-4711 is no folder');
    await writer.write('stdout', Buffer.from('a\0b\n'));
    await writer.end();
    expect(texts.join('')).toBe(
      `It could not be started: ${REDACTED} is no folder\na\u2400b\n`,
    );
  });

  it('never cuts a character that came in two pieces', async () => {
    const { writer, chunks } = writerOf();
    const bytes = Buffer.from('✓ ready');
    await writer.write('stdout', bytes.subarray(0, 1));
    await writer.write('stdout', bytes.subarray(1));
    await writer.end();
    expect(chunks.map(chunk => chunk.text).join('')).toBe('✓ ready');
  });

  it('keeps the beginning and the end of what is too long, and says how much is missing', async () => {
    const { writer, chunks } = writerOf({ maxBytes: 1000, tailBytes: 200 });
    for (let line = 0; line < 100; line += 1) {
      await writer.write(
        'stdout',
        Buffer.from(
          `line ${String(line).padStart(3, '0')} ${'x'.repeat(40)}\n`,
        ),
      );
    }
    const { truncated } = await writer.end();
    const text = chunks.map(chunk => chunk.text).join('');
    expect(truncated).toBe(true);
    expect(text).toContain('line 000');
    expect(text).toContain('line 099');
    expect(text).not.toContain('line 050');
    expect(text).toMatch(
      /\[\.\.\. \d+ bytes are missing here: the output is longer than 1000 bytes \.\.\.\]/,
    );
  });

  it('keeps its order where it grows too long while the database is slow', async () => {
    const parts: string[] = [];
    const writer = new OutputWriter({
      append: async (_offset, text) => {
        await new Promise(resolve => setTimeout(resolve, 60));
        parts.push(text);
      },
      makeRedactor: plain,
      maxBytes: 1_000,
      tailBytes: 300,
    });
    for (let line = 0; line < 300; line += 1) {
      writer.write('stdout', Buffer.from(`${line}ż\n`));
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    const { bytes } = await writer.end();
    const text = parts.join('');
    expect(bytes).toBeLessThan(1_500);
    const [before, after] = text.split(/\n\[\.\.\. \d+ bytes .*\]\n/);
    const numbers = (part: string) => part.match(/\d+(?=ż)/g)!.map(Number);
    const [first, last] = [numbers(before), numbers(after)];
    expect(first).toEqual(first.map((_, index) => index));
    expect(last[last.length - 1]).toBe(299);
    expect(last).toEqual(last.map((_, index) => last[0] + index));
  });

  it('holds the step back while the database is slow', async () => {
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const writer = new OutputWriter({
      append: () => gate,
      makeRedactor: plain,
    });
    const held = writer.write('stdout', Buffer.alloc(2 * 1024 * 1024, 'x'));
    expect(held).toBeInstanceOf(Promise);
    const state = await Promise.race([
      held!.then(() => 'stored'),
      Promise.resolve('waiting'),
    ]);
    expect(state).toBe('waiting');
    release();
    await held;
    expect((await writer.end()).bytes).toBe(2 * 1024 * 1024);
  });

  it('is not called stored when storing failed', async () => {
    const writer = new OutputWriter({
      append: async () => {
        throw new Error('the database is gone');
      },
      makeRedactor: plain,
    });
    await writer.write('stdout', Buffer.from('x'));
    await expect(writer.end()).rejects.toThrow('the database is gone');
  });
});

function plain() {
  return { push: (chunk: string) => chunk, flush: () => '' };
}

function writerOf(limits: { maxBytes?: number; tailBytes?: number } = {}) {
  const chunks: Array<{ offset: number; text: string }> = [];
  const writer = new OutputWriter({
    append: async (offset, text) => {
      chunks.push({ offset, text });
    },
    makeRedactor: plain,
    ...limits,
  });
  return { writer, chunks };
}
