const OPERATORS = [
  '2>&1',
  '1>&2',
  '>&2',
  '&>',
  '2>>',
  '2>',
  '>>',
  '>',
  '<',
  '&&',
  '||',
  ';',
  '|',
  '&',
  '\n',
];

/**
 * Divides a shell text into operators and words.
 *
 * A word is a list of parts: `{ text }`, `{ variable, fallback }` or
 * `{ command }` for `$(...)`; each knows whether it stood in quotes.
 *
 * @throws Error for a quote or bracket that is not closed
 */
export function readTokens(text) {
  const tokens = [];
  let place = 0;
  while (place < text.length) {
    const blank = /^(?:[ \t]|\\\n)+/.exec(text.slice(place));
    if (blank) {
      place += blank[0].length;
    } else if (text[place] === '#') {
      place = endOfLine(text, place);
    } else {
      const operator = OPERATORS.find(candidate =>
        text.startsWith(candidate, place),
      );
      const token = operator
        ? { operator, end: place + operator.length }
        : readWord(text, place);
      place = token.end;
      tokens.push(operator ? { operator } : { parts: token.parts });
    }
  }
  return tokens;
}

function readWord(text, start) {
  const parts = [];
  let place = start;
  while (place < text.length && !/[\s;|&<>]/.test(text[place])) {
    const read = readPart(text, place);
    parts.push(...read.parts);
    place = read.end;
  }
  return { parts, end: place };
}

function readPart(text, place) {
  switch (text[place]) {
    case "'": {
      const end = closing(text, "'", place + 1);
      return {
        parts: [{ text: text.slice(place + 1, end), quoted: true }],
        end: end + 1,
      };
    }
    case '"':
      return readDoubleQuoted(text, place + 1);
    case '\\':
      return {
        parts: [{ text: text[place + 1] ?? '', quoted: true }],
        end: place + 2,
      };
    case '$':
      return readExpansion(text, place, false);
    default: {
      const [plain] = /^[^\s'"\\$;|&<>]+/.exec(text.slice(place));
      return {
        parts: [{ text: plain, quoted: false }],
        end: place + plain.length,
      };
    }
  }
}

function readDoubleQuoted(text, start) {
  /** @type {any[]} */
  const parts = [{ text: '', quoted: true }];
  let place = start;
  while (text[place] !== '"') {
    if (place >= text.length) throw new Error('unterminated quoted string');
    if (text[place] === '$') {
      const read = readExpansion(text, place, true);
      parts.push(...read.parts, { text: '', quoted: true });
      place = read.end;
    } else {
      const isEscape =
        text[place] === '\\' && '$`"\\\n'.includes(text[place + 1]);
      if (isEscape) place += 1;
      parts[parts.length - 1].text += text[place];
      place += 1;
    }
  }
  return { parts, end: place + 1 };
}

function readExpansion(text, place, quoted) {
  const rest = text.slice(place);
  if (rest.startsWith('$(')) {
    const end = closingBracket(text, place + 2);
    return {
      parts: [{ command: text.slice(place + 2, end), quoted }],
      end: end + 1,
    };
  }
  const braced = /^\$\{(\w+)(?::?-([^}]*))?\}/.exec(rest);
  if (braced)
    return {
      parts: [{ variable: braced[1], fallback: braced[2] ?? '', quoted }],
      end: place + braced[0].length,
    };
  const plain = /^\$(\w+|\?)/.exec(rest);
  if (plain)
    return {
      parts: [{ variable: plain[1], fallback: '', quoted }],
      end: place + plain[0].length,
    };
  return { parts: [{ text: '$', quoted }], end: place + 1 };
}

function closing(text, quote, start) {
  const end = text.indexOf(quote, start);
  if (end < 0) throw new Error('unterminated quoted string');
  return end;
}

function closingBracket(text, start) {
  let depth = 1;
  for (let place = start; place < text.length; place += 1) {
    if (text[place] === '(') depth += 1;
    if (text[place] === ')') depth -= 1;
    if (depth === 0) return place;
  }
  throw new Error('unterminated $(');
}

function endOfLine(text, start) {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
