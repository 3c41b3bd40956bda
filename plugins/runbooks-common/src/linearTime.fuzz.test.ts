import { readRunbook } from './document';
import { visibleMarkdown, visibleOutput, visibleText } from './foreignText';
import {
  createRedactor,
  isCredentialLike,
  secretValuesInManifest,
  withoutCredentials,
} from './redaction';
import { parseOnCallDocument } from './schedule';
import { readShell } from './shell';
import {
  counted,
  growthOf,
  MOST_GROWTH,
  row,
  type Shape,
} from './testUtils/growth';

/** Every text that other people write is read twice as long in about twice the time. */
const documents: Record<string, Shape> = {
  'blanks in a line of shell': length => inBlock(`ls${row(' ')(length)}x`),
  'blanks in prose': length => `# A\n\n1. Do${row(' ')(length)}it\n`,
  'headings with a list of one item': row('## Step\n\n- item\n\n'),
  'numbered headings with a list': counted(i => `## Step ${i}: do\n\n- a\n\n`),
  'definitions of links': counted(i => `[a${i}]: http://x/${i}\n`),
  'pseudo-random text': length => random(length),
  'a large table': length => `|a|b|\n|-|-|\n${row('| b | `ls` |\n')(length)}`,
  'half web tokens': row('-eyJ-eyJ'),
  'beginnings of addresses': row('https://'),
  'addresses with names': row('://a:b'),
  'mail addresses': row('a@b.c '),
  'deep quotes': row('> '),
  'fences that are never closed': row('```bash\nls\n\n'),
  'fences of tildes': row('~~~\na\n'),
  'backticks in a row': row('`'),
  'tildes in a row': row('~~~'),
  'nested lists': counted(i => `${' '.repeat((i % 30) * 2)}- a\n`),
  'lists in lists': row('1. '),
  'a long word': row('a'),
  'dashes in a row': row('-'),
  'equals signs in a row': row('='),
  'brackets in a row': row('('),
  commas: row('a, '),
  'emphasis that is never closed': row('**a '),
  'emphasis in words': row('*a_'),
  'tags of HTML': row('<a>'),
  'tags that are never closed': row('<'),
  'open links': row('[a](<b'),
  'bold labels': row('**Symptoms**: it is slow\n\n'),
  'comments in a script': length => inBlock(row('# 1. a\nls\n')(length)),
  'results in a script': length => inBlock(`A=${row('$(ls)')(length)}`),
  'front matter': length => `---\n${row('a: b\n')(length)}`,
};

const scripts: Record<string, Shape> = {
  blanks: length => `ls${row(' ')(length)}x`,
  'blanks behind a prompt': length => `$ ls${row(' ')(length)}`,
  pipes: row('ls | '),
  'open brackets': row('('),
  'open arithmetic': row('(('),
  'open results': row('$('),
  'open quotes': row("echo 'a\n"),
  'here-documents that never end': row('cat <<EOF\n'),
  commands: row('kubectl get pods | grep x\n'),
  prompts: row('$ kubectl get pods\nNAME\n'),
  dashes: row('-'),
  assignments: counted(i => `A${i}=b\n`),
  'functions that are called': counted(i => `f${i}() { ls; }\nf${i}\n`),
  comments: row('# a # b\n'),
  'a program of awk': length => `awk '${row('print (')(length)}' f`,
  'a script of MongoDB': length => `mongosh --eval '${row('a(')(length)}'`,
  'an argument with letters': length => `fdisk -${row('l')(length)}!`,
};

const parts = ['-eyJ-eyJ', 'a.b-', '://a:b', 'password=', '\u001b[', ' ', '\n'];
const looks: Record<string, (text: string) => void> = {
  visibleText,
  visibleOutput,
  visibleMarkdown,
  withoutCredentials,
  isCredentialLike,
  secretValuesInManifest,
  redaction: text => {
    const redactor = createRedactor({ secrets: ['made-up-4711'] });
    redactor.push(text);
    redactor.flush();
  },
};

describe('the time of reading grows no faster than the text', () => {
  it.each(Object.keys(documents))('in a document: %s', name => {
    const read = (text: string) => readRunbook(text, 'a.md');
    expect(growthOf(read, documents[name])).toBeLessThan(MOST_GROWTH);
  });

  it.each(Object.keys(scripts))('in a script: %s', name => {
    const read = (text: string) => readShell(text);
    expect(growthOf(read, scripts[name])).toBeLessThan(MOST_GROWTH);
  });

  it.each(['- user: a\n', 'rotation:\n  - a\n', '  ', 'a: ', '[', '- - '])(
    'in a file of on-call duties: %j in a row',
    part => {
      const read = (text: string) => parseOnCallDocument(text);
      expect(growthOf(read, row(part))).toBeLessThan(MOST_GROWTH);
    },
  );

  it.each(
    Object.keys(looks).flatMap(look => parts.map(part => ({ look, part }))),
  )('$look of $part in a row', ({ look, part }) => {
    expect(growthOf(looks[look], row(part))).toBeLessThan(MOST_GROWTH);
  });
});

function inBlock(script: string): string {
  return `# A\n\n\`\`\`bash\n${script}\n\`\`\`\n`;
}

/** The same text each time. */
function random(length: number): string {
  const signs = [
    '# ',
    '- ',
    '> ',
    '`',
    '**',
    '|',
    '\n\n',
    'ls ',
    '<x>',
    '](',
    '[',
    '_',
  ];
  let seed = 7;
  let text = '';
  while (text.length < length) {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    text += signs[Math.floor((seed / 4_294_967_296) * signs.length)];
  }
  return text;
}
