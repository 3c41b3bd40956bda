import { createRedactor } from '../redaction/createRedactor';
import { isCredentialLike, withoutCredentials } from '../redaction/credentials';
import { secretValuesInManifest } from '../redaction/secretValuesInManifest';
import { foreignSegments, visibleText } from './foreignSegments';
import { visibleMarkdown } from './visibleMarkdown';
import { visibleOutput } from './terminalSegments';

/** Somebody wants a person to read another text than the one that is there, or to read a secret. */
const BACKSPACE = '\b';
const ESCAPE = '\u001b';
const BELL = '\u0007';

interface Attack {
  says: string;
  input: string;
  /** What stands between the input and the person. */
  defence: (input: string) => string;
  /** The same way without it. */
  replaced: (input: string) => string;
  /** Whether the person was deceived or read the secret. */
  succeeds: (shown: string) => boolean;
}

const SECRET = ['x8Kq2LmZ', 'p0RtV5wY', 'b7NcJ4sD'].join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const asItIs = (text: string) => text;
const redacted = (text: string) => pushed([text]);

/** Hides the secret in each piece by itself, by its plain spelling: what a first thought would do. */
const replacedInPieces = (text: string) => text.replaceAll(SECRET, '***');

/** What a terminal leaves on the screen. */
const lastWritten = (text: string) =>
  text
    .split('\n')
    .map(line => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n');

const ATTACKS: Attack[] = [
  {
    says: 'a direction override makes exe.txt of txt.exe in a command',
    input: 'bash ./safe\u202Etxt.hs',
    defence: visibleText,
    replaced: asItIs,
    succeeds: shown => !shown.includes('\\u{202E}'),
  },
  {
    says: 'a zero-width space makes another name of a name',
    input: 'kubectl delete ns payments\u200B',
    defence: visibleText,
    replaced: asItIs,
    succeeds: shown => !shown.includes('\\u{200B}'),
  },
  {
    says: '5,000 blanks push a command out of sight',
    input: `kubectl get pods${' '.repeat(5000)}; rm -rf /data`,
    defence: visibleText,
    replaced: asItIs,
    succeeds: shown => shown.indexOf('; rm') > 200,
  },
  {
    says: 'empty lines push a command below the fold',
    input: `kubectl get pods${'\n'.repeat(500)}rm -rf /data`,
    defence: visibleText,
    replaced: asItIs,
    succeeds: shown => shown.split('\n').length > 50,
  },
  {
    says: 'a carriage return writes over what happened',
    input: 'deleted namespace payments\rnothing to do              \n',
    defence: visibleOutput,
    replaced: lastWritten,
    succeeds: shown => !shown.includes('deleted namespace payments'),
  },
  {
    says: 'backspaces write over what happened',
    input: `deleted${'\b'.repeat(7)}kept   `,
    defence: visibleOutput,
    replaced: text =>
      text.replace(new RegExp(`[^${BACKSPACE}]*${BACKSPACE}+`, 'g'), ''),
    succeeds: shown => !shown.includes('deleted'),
  },
  {
    says: 'an erase code takes away what happened',
    input: 'deleted\u001b[2K\rkept',
    defence: visibleOutput,
    replaced: text =>
      lastWritten(text.replace(new RegExp(`${ESCAPE}\\[[0-9]*K`, 'g'), '')),
    succeeds: shown => !shown.includes('deleted'),
  },
  {
    says: 'a link of a terminal leads elsewhere than it says',
    input:
      '\u001b]8;;https://evil.example\u0007https://docs.example\u001b]8;;\u0007',
    defence: visibleOutput,
    replaced: text =>
      text.replace(new RegExp(`${ESCAPE}\\][^${BELL}]*${BELL}`, 'g'), ''),
    succeeds: shown => !shown.includes('evil.example'),
  },
  {
    says: 'a Cyrillic letter makes another namespace',
    input: 'kubectl delete pods -n p\u0430yments',
    // The page underlines the word; the text stays as it is.
    defence: marksOf,
    replaced: asItIs,
    succeeds: shown => !shown.includes('mixes scripts'),
  },
  {
    says: 'tags hide words in a reason',
    input: `please approve${[...'yes']
      .map(c => String.fromCodePoint(0xe0000 + c.charCodeAt(0)))
      .join('')}`,
    defence: visibleText,
    replaced: asItIs,
    succeeds: shown => !shown.includes('\\u{E0079}'),
  },
  {
    says: 'a direction override in prose turns what it says',
    input: 'Do **not** skip\u202E this step',
    defence: visibleMarkdown,
    replaced: asItIs,
    succeeds: shown => shown.includes('\u202E'),
  },
  {
    says: 'colours inside a secret',
    input: `pw ${SECRET.slice(0, 9)}\u001b[31m${SECRET.slice(9)}\u001b[m\n`,
    defence: redacted,
    replaced: replacedInPieces,
    succeeds: shown => visibleOutput(shown).includes(SECRET),
  },
  {
    says: 'a secret across two chunks',
    input: `pw ${SECRET}\n`,
    defence: text => pushed([text.slice(0, 12), text.slice(12)]),
    replaced: text =>
      replacedInPieces(text.slice(0, 12)) + replacedInPieces(text.slice(12)),
    succeeds: shown => shown.includes(SECRET),
  },
  {
    says: 'a secret in base64 that is broken into lines',
    input: `${base64(`user:${SECRET}`).replace(/.{32}/g, '$&\n')}\n`,
    defence: redacted,
    replaced: text => text.replaceAll(base64(SECRET), '***'),
    succeeds: shown => Buffer.from(shown, 'base64').toString().includes(SECRET),
  },
  {
    says: 'a secret in what a failed apply prints',
    input: `${JSON.stringify({
      last: JSON.stringify({ pw: `a"${SECRET}&` }),
    })}\n`,
    defence: text => pushed([text], `a"${SECRET}&`),
    replaced: text => text.replaceAll(`a"${SECRET}&`, '***'),
    succeeds: shown => shown.includes(SECRET),
  },
  {
    says: 'a secret of a manifest in the workspace',
    input: `kind: Secret\nstringData:\n  pw: ${SECRET}\n`,
    defence: text =>
      pushed([`it is ${SECRET}\n`], ...secretValuesInManifest(text).values),
    replaced: () => pushed([`it is ${SECRET}\n`], 'nothing-known'),
    succeeds: shown => shown.includes(SECRET),
  },
  {
    says: 'a credential in a reason',
    input: `the new one is ${SECRET}`,
    defence: withoutCredentials,
    replaced: asItIs,
    succeeds: shown => shown.includes(SECRET),
  },
  {
    says: 'a credential in a parameter that is no secret one',
    input: SECRET,
    defence: value => (isCredentialLike(value) ? 'secret, not shown' : value),
    replaced: asItIs,
    succeeds: shown => shown.includes(SECRET),
  },
];

it.each(ATTACKS)(
  '$says: works without the defence and fails with it',
  ({ input, defence, replaced, succeeds }) => {
    expect(succeeds(replaced(input))).toBe(true);
    expect(succeeds(defence(input))).toBe(false);
  },
);

function pushed(chunks: string[], ...secrets: string[]): string {
  const known = secrets.length > 0 ? secrets : [SECRET];
  const redactor = createRedactor({ secrets: known });
  return chunks.map(redactor.push).join('') + redactor.flush();
}

function marksOf(text: string): string {
  return foreignSegments(text)
    .map(segment => ('says' in segment ? segment.says : segment.text))
    .join('');
}
