import { execFileSync } from 'node:child_process';
import { readShell } from '../shell/readShell';
import { applyEdits, bindingEdits, environmentNameOf } from './bindText';

/** Binds a text as planning does, and says which variables a step would get. */
function bind(text: string, value: string) {
  const { placeholders } = readShell(text, { language: 'bash' });
  return {
    text: applyEdits(text, bindingEdits(text, placeholders)),
    environment: Object.fromEntries(
      placeholders.map(use => [environmentNameOf(use), value]),
    ),
  };
}

function run(text: string, value: string): string {
  const bound = bind(text, value);
  return execFileSync('bash', ['-c', bound.text], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/nowhere', ...bound.environment },
  });
}

describe('the value of a parameter', () => {
  it.each([
    'echo <path>',
    'echo <bash-env>',
    'echo <https-proxy>',
    'echo <home>',
    'echo <ifs>',
    'echo {{kubeconfig}}',
    'echo $LD_PRELOAD',
    'echo ${GIT_SSH_COMMAND:-ssh}',
    'export TAR_OPTIONS="-x"',
    'echo [tar options]',
  ])('sets no variable that means something to a program: %s', text => {
    const names = Object.keys(bind(text, '/tmp/evil').environment);
    expect(names.filter(name => !name.startsWith('RUNBOOKS_P_'))).toEqual([]);
  });

  it.each([
    ['echo "$WHERE"', 'there\n'],
    ['echo ${WHERE:-here}', 'there\n'],
    ['echo "${#WHERE} ${WHERE%re}"', '5 the\n'],
    [': "${WHERE:=here}"; echo "$WHERE"', 'there\n'],
    ['export WHERE="here"\nbash -c \'echo "$WHERE"\'', 'there\n'],
    ['WHERE="here"\necho "$WHERE"', 'there\n'],
    ['echo "$WHERE"; WHERE=$(echo other); echo "$WHERE"', 'there\nother\n'],
    [
      'for i in 1 2; do echo "$WHERE"; WHERE="x$WHERE"; done',
      'there\nxthere\n',
    ],
    ['cat <<EOF\nat $WHERE\nEOF', 'at there\n'],
  ])('takes the place of the document’s own variable: %j', (text, output) => {
    expect(run(text, 'there')).toBe(output);
  });

  it('reaches a program that the text calls only where the document exports it', () => {
    expect(run('echo "$WHERE"; bash -c \'echo "-$WHERE"\'', 'there')).toBe(
      'there\n-\n',
    );
  });
});
