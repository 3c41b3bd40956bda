import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { linesToMind } from './linesToMind';

const EXAMPLES = path.resolve(__dirname, '../../../../examples');

function linesOf(text: string) {
  return linesToMind('scripts/x.sh', text);
}

describe('the lines of a script that do more than read', () => {
  it.each([
    { what: 'none of one that reads', text: 'kubectl get pods\n', lines: [] },
    {
      what: 'the line of the command',
      text: 'kubectl get pods\nkubectl delete pod web\n',
      lines: [2],
    },
    {
      what: 'all lines of a long command',
      text: 'kubectl get pods\nkubectl scale \\\n  deploy/web \\\n  --replicas=0\necho done\n',
      lines: [2, 3, 4],
    },
    {
      what: 'those in a function, wherever it is called',
      text: 'wreck() {\n  kubectl delete pod web\n}\n\nkubectl get pods\nif true; then wreck; fi\n',
      lines: [2, 6],
    },
    {
      what: 'those in a substitution',
      text: 'echo a\necho "$(kubectl delete pod web)"\n',
      lines: [2],
    },
    { what: 'what cannot be told', text: 'echo a\n"$@"\n', lines: [2] },
  ])('are $what', ({ text, lines }) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it.each([
    { what: 'a manifest', path: 'web.yaml', text: 'kind: Pod\n' },
    { what: 'a program', path: 'x.py', text: '#!/usr/bin/env python3\n' },
    { what: 'what is no shell', path: 'x.sh', text: 'if then (\n' },
    {
      what: 'what is too long to be read',
      path: 'x.sh',
      text: 'echo a\n'.repeat(20_000),
    },
  ])('are not told of $what', one => {
    expect(linesToMind(one.path, one.text)).toBeUndefined();
  });

  it('hold each line of the examples that changes the cluster', () => {
    const file = path.join(
      EXAMPLES,
      'cicd-platform/scripts/rollback-deployment.sh',
    );
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    const undo = text.split('\n').findIndex(line => line.includes('undo')) + 1;
    expect(linesToMind(file, text)).toContain(undo);
  });
});
