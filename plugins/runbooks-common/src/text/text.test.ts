import { withoutBracketAtEnd } from './bracketAtEnd';
import { trimmed, trimmedEnd, trimmedStart } from './trimmed';

describe('a text without what stands at its ends', () => {
  it.each([
    { text: ' , a, b ,;', both: 'a, b', start: 'a, b ,;', end: ' , a, b' },
    { text: 'a', both: 'a', start: 'a', end: 'a' },
    { text: ',;, ', both: '', start: '', end: '' },
    { text: '', both: '', start: '', end: '' },
  ])('keeps what stands inside: $text', ({ text, both, start, end }) => {
    expect(trimmed(text, /[\s,;]/)).toBe(both);
    expect(trimmedStart(text, /[\s,;]/)).toBe(start);
    expect(trimmedEnd(text, /[\s,;]/)).toBe(end);
  });
});

describe('a text without the bracket at its end', () => {
  it.each([
    { text: 'Validate (staging)', bare: 'Validate' },
    { text: 'Validate  (staging) ', bare: 'Validate' },
    { text: 'Validate (a) and (b)', bare: 'Validate (a) and' },
    { text: 'Validate (a (b)', bare: 'Validate' },
    { text: 'Validate (a (b))', bare: 'Validate (a (b))' },
    { text: 'Validate (a) it ', bare: 'Validate (a) it ' },
    { text: 'Validate )', bare: 'Validate )' },
    { text: '', bare: '' },
  ])('$text is $bare', ({ text, bare }) => {
    expect(withoutBracketAtEnd(text)).toBe(bare);
  });
});
