import {
  appendOutput,
  emptyOutput,
  MOST_KEPT_CHARACTERS,
  prependOutput,
  type OutputPart,
} from './outputBuffer';

function part(offset: number, text: string): OutputPart {
  const bytes = new TextEncoder().encode(text).length;
  return { offset, text, nextOffset: offset + bytes };
}

const HELLO = appendOutput(emptyOutput(0), part(0, 'hello '));

describe('output as it arrives', () => {
  it.each([
    {
      says: 'what follows is added',
      next: part(6, 'world'),
      text: 'hello world',
    },
    {
      says: 'what is there is not repeated',
      next: part(0, 'hello '),
      text: 'hello ',
    },
    {
      says: 'an overlap is added once',
      next: part(3, 'lo world'),
      text: 'hello world',
    },
    {
      says: 'what is beyond a hole is left out',
      next: part(9, 'ld'),
      text: 'hello ',
    },
  ])('$says', ({ next, text }) => {
    expect(appendOutput(HELLO, next).text).toBe(text);
  });

  it('counts in bytes, not in characters', () => {
    const umlauts = appendOutput(emptyOutput(0), part(0, 'äöü'));
    expect(umlauts.end).toBe(6);
    expect(appendOutput(umlauts, part(4, 'üß')).text).toBe('äöüß');
  });

  it('remembers that it is complete', () => {
    const page = { ...part(6, ''), complete: true };
    expect(appendOutput(HELLO, page)).toMatchObject({
      text: 'hello ',
      complete: true,
    });
  });

  it('drops whole lines from the front when there is too much, and knows where it then begins', () => {
    const line = `${'x'.repeat(99)}\n`;
    const text = line.repeat(MOST_KEPT_CHARACTERS / 100 + 10);
    const buffer = appendOutput(emptyOutput(0), part(0, text));
    expect(buffer.text.length).toBeLessThan(MOST_KEPT_CHARACTERS);
    expect(buffer.start % 100).toBe(0);
    expect(buffer.start + buffer.text.length).toBe(buffer.end);
  });

  it('takes earlier output before what is there', () => {
    const tail = appendOutput(emptyOutput(6), part(6, 'world'));
    expect(prependOutput(tail, part(0, 'hello wo'))).toMatchObject({
      start: 0,
      text: 'hello world',
    });
  });
});
