import { execFileSync } from 'node:child_process';
import { BINDERS, EVALUATED_BINDERS, HARMLESS_BINDERS } from './binders.cases';
import { boundNames } from './boundNames';
import { judgeBoundText } from './judgeBoundText';

const judged = (text: string, files: Record<string, string> = {}) =>
  judgeBoundText(text, {
    environment: {},
    untold: new Set(),
    fileText: path => files[path],
    folders: [''],
  });

/** With what a step would run in the place where the variable is bound. */
const shown = (text: string) => text.replaceAll('SHOW', 'kubectl get pods');

/** What bash says of the variable where it is bound. */
function inBash(text: string, name: string): string {
  const show = `printf '<%s|%s>' "\${${name}[*]-unset}" "\${${name}@a}"`;
  return execFileSync(
    '/bin/bash',
    ['-c', text.replaceAll('SHOW', show), 'bash', 'bin'],
    {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: '/' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ).replace(/^[^<]*/, '');
}

describe('a way of bash to bind a variable', () => {
  it.each(BINDERS)(
    'is one, and may make later commands other ones: $text',
    ({ text, name = 'PATH' }) => {
      // Bash binds it:
      expect(inBash(text, name)).not.toBe(inBash('SHOW', name));
      // it is told:
      const bound = boundNames(shown(text));
      expect(bound === 'anything' || bound.some(one => one.name === name)).toBe(
        true,
      );
      // and what stands behind it is not a read any more.
      expect(judged(shown(text)).effect).toBe('unknown');
    },
  );

  it.each(BINDERS)(
    'counts in a script of the workspace that a step runs: $text',
    ({ text }) => {
      const files = { 's.sh': `#!/bin/bash\n${shown(text)}\n` };
      expect(judged('bash s.sh', files).effect).toBe('unknown');
      expect(judged('. ./s.sh', files).effect).toBe('unknown');
    },
  );

  it.each(EVALUATED_BINDERS)(
    'is not told where it is the content of a variable, and is unknown: $text',
    ({ text }) => {
      expect(inBash(text, 'PATH')).not.toBe(inBash('SHOW', 'PATH'));
      expect(judged(shown(text)).effect).toBe('unknown');
    },
  );

  it.each(HARMLESS_BINDERS)('is left alone where it steers nothing: %s', text =>
    expect(judged(shown(text))).toMatchObject({ effect: 'read' }),
  );
});
