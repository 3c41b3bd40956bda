import { oddCharacters } from '../foreignText/oddCharacters';
import { createRedactor } from './createRedactor';
import { REDACTED } from './redacted';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const wrapped = (text: string, width: number) =>
  text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');

function redact(text: string, secrets: string[]): string {
  const redactor = createRedactor({ secrets });
  return redactor.push(text) + redactor.flush();
}

/** Ends of lines and backspaces move, and the last two begin a code, which takes what follows. */
const BEGINS_OR_MOVES = '\t\n\r\b\u001b\u009b';

describe('a known secret in another spelling', () => {
  const secret = `s3cr<t & "it's"/Übung+7`;
  const key = Array.from({ length: 12 }, (_, n) => `${n * 7919}Kq`).join('-');

  it.each([
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    [
      'JSON as kubectl writes it',
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[<>&]/g, c => `\\u00${c.charCodeAt(0).toString(16)}`),
    ],
    [
      'JSON in ASCII alone',
      JSON.stringify(secret).slice(1, -1).replace('Ü', '\\u00dc'),
    ],
    [
      'JSON with escaped slashes',
      JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['an address', encodeURIComponent(secret).replace(/'/g, '%27')],
    [
      'an address in small letters',
      encodeURIComponent(secret)
        .replace(/'/g, '%27')
        .replace(/%../g, code => code.toLowerCase()),
    ],
    [
      'a form',
      encodeURIComponent(secret).replace(/'/g, '%27').replaceAll('%20', '+'),
    ],
    [
      'HTML',
      secret
        .replace('&', '&amp;')
        .replace('<', '&lt;')
        .replaceAll('"', '&#34;')
        .replace("'", '&#39;'),
    ],
    ['single quotes of YAML', secret.replace("'", "''")],
    ['single quotes of a shell', secret.replace("'", `'\\''`)],
    ['hexadecimal digits', Buffer.from(secret).toString('hex')],
    ['base64 of base64', base64(base64(secret))],
    ['base64 in small letters', base64(secret).toLowerCase()],
    [
      'base64 as a name of Kubernetes has it',
      base64(secret).toLowerCase().replace(/=+$/, '').replace(/[+/]/g, '-'),
    ],
    [
      'base64 as a name of Kubernetes has it, without the rest',
      base64(secret).toLowerCase().replace(/[+/=]/g, ''),
    ],
    ['small letters', secret.toLowerCase()],
  ])('is hidden in %s', (_, shown) => {
    expect(redact(`a ${shown} b\n`, [secret])).toBe(`a ${REDACTED} b\n`);
  });

  it.each(['', 'a', 'ab', 'user:', 'robot$x:'])(
    'is hidden in base64 of a text that begins with %j',
    before => {
      const shown = redact(`${base64(`${before}${key}, and more`)}\n`, [key]);
      const left = Buffer.from(
        shown.replace(REDACTED, ''),
        'base64',
      ).toString();
      expect(shown).toContain(REDACTED);
      expect(left).not.toContain(key.slice(4, 12));
    },
  );

  it.each([40, 64, 76, 100])(
    'is hidden in base64 that is broken after %d characters',
    width => {
      const text = wrapped(base64(`user:${key}:${key}`), width);
      const shown = redact(`${text}\n`, [key]);
      expect(
        shown.replaceAll(REDACTED, '').replace(/\s/g, '').length,
      ).toBeLessThan(20);
    },
  );

  it.each([
    [
      'colours',
      (text: string) =>
        `\u001b[31m${text.slice(0, 5)}\u001b[m\u001b[K${text.slice(5)}`,
    ],
    [
      'a colour around each character',
      (text: string) => [...text].map(c => `\u001b[1m${c}\u001b[0m`).join(''),
    ],
    [
      'a character set',
      (text: string) => `${text.slice(0, 3)}\u001b(B${text.slice(3)}`,
    ],
    [
      'a link',
      (text: string) =>
        `${text.slice(0, 3)}\u001b]8;;http://x\u0007${text.slice(3)}`,
    ],
    ['zero-width characters', (text: string) => [...text].join('\u200b')],
    ['direction overrides', (text: string) => [...text].join('\u202e')],
    ['isolates', (text: string) => [...text].join('\u2066')],
    ['fillers', (text: string) => [...text].join('\u3164\u115f\uffa0')],
    ['tags of Unicode', (text: string) => [...text].join('\u{e0041}')],
    ['control characters', (text: string) => [...text].join('\u0001\u007f')],
    ['codes of one letter', (text: string) => [...text].join('\u001b7')],
    [
      'strings for a terminal',
      (text: string) => [...text].join('\u001bPq#0\u001b\\'),
    ],
    ['backspaces', (text: string) => [...text].join('\b')],
    [
      'characters printed twice, as bold ones are',
      (text: string) => [...text].map(c => `${c}\b${c}`).join(''),
    ],
    [
      'underlined characters',
      (text: string) => [...text].map(c => `_\b${c}`).join(''),
    ],
    [
      'words that were written over',
      (text: string) =>
        `${text.slice(0, 4)}wrong\b\b\b\b\b${text.slice(4, 9)}${text.slice(9)}`,
    ],
    [
      'places that were filled later',
      (text: string) =>
        `${text.slice(0, 4)}#${text.slice(5, 9)}\b\b\b\b\b${text.slice(4)}`,
    ],
    [
      'HTML tags',
      (text: string) =>
        `${text.slice(0, 5)}<b class="x">${text.slice(5, 9)}</b>${text.slice(
          9,
        )}`,
    ],
    [
      'tags around each character',
      (text: string) => [...text].map(c => `<i>${c}</i>`).join(''),
    ],
    [
      'colours, tags and backspaces together',
      (text: string) =>
        [...text].map(c => `<b>_\b\u001b[1m${c}\u001b[m</b>`).join(''),
    ],
  ])('is hidden although %s stand in it', (_, change) => {
    const shown = redact(`a ${change(key)} b\n`, [key]);
    expect(shown).toContain(REDACTED);
    expect(shown).not.toContain(key.slice(8, 12));
  });

  it('is hidden although colours stand in it and chunks are cut anywhere', () => {
    const text = `a \u001b[31m${key.slice(0, 9)}\u001b[m${key.slice(9)} b\n`;
    for (let cut = 1; cut < text.length; cut += 1) {
      const redactor = createRedactor({ secrets: [key] });
      const shown =
        redactor.push(text.slice(0, cut)) +
        redactor.push(text.slice(cut)) +
        redactor.flush();
      expect(shown).not.toContain(key.slice(10, 16));
      expect(shown).toContain(REDACTED);
    }
  });

  it.each([
    [
      'written over',
      (text: string) => `X\b${text.slice(0, 9)}_\b${text.slice(9)}`,
    ],
    ['in tags', (text: string) => `${text.slice(0, 9)}<b>${text.slice(9)}</b>`],
  ])('is hidden %s, wherever chunks are cut', (_, change) => {
    const text = `a ${change(key)} b\n`;
    for (let cut = 1; cut < text.length; cut += 1) {
      const redactor = createRedactor({ secrets: [key] });
      const shown =
        redactor.push(text.slice(0, cut)) +
        redactor.push(text.slice(cut)) +
        redactor.flush();
      expect(shown).not.toContain(key.slice(10, 16));
      expect(shown).toContain(REDACTED);
    }
  });

  it('is hidden whatever stands in it that the page leaves out or marks as showing nothing', () => {
    const shown: string[] = [];
    const hidden = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!hidden.test(character) || BEGINS_OR_MOVES.includes(character))
        continue;
      if (oddCharacters(`a${character}b`).length === 0) continue;
      const text = redact(`hunter${character}2-hunter\n`, ['hunter2-hunter']);
      if (text !== `${REDACTED}\n`) shown.push(code.toString(16));
    }
    expect(shown).toEqual([]);
  });

  it('takes nothing away around a secret that was written over', () => {
    expect(redact('10%\b\b\b20% X\bhunter2-h <b>ok</b>\n', ['hunter2-h'])).toBe(
      `10%\b\b\b20% X\b${REDACTED} <b>ok</b>\n`,
    );
  });

  it('is hidden although its base64 comes line by line', () => {
    const redactor = createRedactor({ secrets: [key] });
    const lines = wrapped(base64(`user:${key}`), 36).split('\n');
    const shown = lines.map(line => redactor.push(`${line}\n`)).join('');
    const left = (shown + redactor.flush()).replaceAll(REDACTED, '');
    // The last characters hold bits of what stands behind it.
    expect(left.replace(/\s/g, '')).toMatch(/^dXNlcjo.{0,3}$/);
  });
});

describe('a secret value that is also a common word', () => {
  it.each([
    'true',
    'admin',
    '1234',
    '5432',
    'password',
    'Postgres',
    'production',
    '--------',
    'localhost',
    'v1',
  ])('%j is not hidden in what a person must read', word => {
    const text = `the ${word} of ${word}-7 is ${word}\n`;
    expect(redact(text, [word])).toBe(text);
  });

  it.each(['admin', '1234', 'password'])(
    '%j is hidden beside its key',
    word => {
      expect(redact(`DB_PASSWORD=${word}\npassword: ${word}\n`, [word])).toBe(
        `DB_PASSWORD=${REDACTED}\npassword: ${REDACTED}\n`,
      );
    },
  );

  it.each(['hunter2', 'correcthorse', '4711081512', 'pa$$', 'Qx7-f'])(
    '%j is no such word and is hidden everywhere',
    word => {
      expect(redact(`it is ${word} now\n`, [word])).toBe(
        `it is ${REDACTED} now\n`,
      );
    },
  );
});
