import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stopsAtFailure } from '@backstage-runbooks/plugin-runbooks-common';
import { ExecutorBench } from './testUtils/ExecutorBench';

// The machine that runs these tests may be busy with others.
jest.setTimeout(30_000);

/** Ends as kubectl does for a pod that is gone. */
const FETCH = `#!/bin/bash
echo "Error from server (NotFound): pods \\"web\\" not found" >&2
exit 1
`;

describe('a command that fails', () => {
  let bench: ExecutorBench;
  beforeEach(async () => {
    bench = await ExecutorBench.create();
    await writeFile(path.join(bench.workspace, 'fetch'), FETCH, {
      mode: 0o755,
    });
  });
  afterEach(() => bench.dispose());

  const reading = (text: string) => bench.run(text);
  const changing = (text: string) =>
    bench.run(text, { stopAtFailure: stopsAtFailure('change', text) });
  const failedIn = ({ commands }: Awaited<ReturnType<typeof reading>>) =>
    commands.flatMap(({ line, failed }) => (failed ? [[line, failed]] : []));

  describe('in a step that only reads', () => {
    it('is told, and the step goes on and has failed', async () => {
      const result = await reading('./fetch\necho on');
      expect(result).toMatchObject({ ok: false, exitCode: 0, stdout: 'on\n' });
      expect(result.commands).toEqual([
        { line: 1, text: './fetch', exitCode: 1, failed: './fetch' },
        { line: 2, text: 'echo on', exitCode: 0 },
      ]);
    });

    it.each<[string, string, Array<[number, string]>]>([
      ['in a pipeline', './fetch | grep -i error | wc -l', [[1, './fetch']]],
      ['in the last part of a pipeline', 'echo | ./fetch', [[1, './fetch']]],
      ['in an assignment', 'POD=$(./fetch | head -1)\ntrue', [[1, './fetch']]],
      ['alone in an assignment', 'POD=$(./fetch)', [[1, './fetch']]],
      ['in an argument', 'echo "pods: $(./fetch | wc -l)"', [[1, './fetch']]],
      [
        'alone in an argument',
        'true\necho "pods: $(./fetch)"',
        [[2, './fetch']],
      ],
      ['in backticks', 'echo `./fetch`', [[1, './fetch']]],
      ['in an exported value', 'export A="$(./fetch)"', [[1, './fetch']]],
      [
        'in an argument of a pipeline',
        'echo $(./fetch) | cat',
        [[1, './fetch']],
      ],
      [
        'in a substitution in another',
        'echo $(echo $(./fetch))',
        [[1, './fetch']],
      ],
      ['in a process substitution', 'cat <(./fetch)\ntrue', [[1, './fetch']]],
      ['in a heredoc', 'cat <<X\n$(./fetch)\nX\ntrue', [[1, './fetch']]],
      [
        'in the middle of a line',
        'true; ./fetch | cat; true',
        [[1, './fetch']],
      ],
      ['in front of &&', './fetch && echo no\ntrue', [[1, './fetch']]],
      [
        'in a pipeline in front of &&',
        './fetch | cat && true',
        [[1, './fetch']],
      ],
      ['behind &&', 'true && ./fetch; true | cat', [[1, './fetch']]],
      ['twice the same', './fetch; ./fetch', [[1, './fetch']]],
      [
        'behind answers',
        'date | grep x; date | grep -c x; ./fetch',
        [[1, './fetch']],
      ],
      [
        'on each line',
        './fetch\n./fetch | cat',
        [
          [1, './fetch'],
          [2, './fetch'],
        ],
      ],
      ['of bash itself', 'cd nowhere\ntrue', [[1, 'cd nowhere']]],
      ['that is not there', 'nothing-like-it\ntrue', [[1, 'nothing-like-it']]],
      [
        'next to a program',
        './fetch\nfor i in 1; do :; done',
        [[1, './fetch']],
      ],
      ['by an exit', 'true\nexit 4', [[2, 'exit 4']]],
      [
        'under set -e',
        'set -e\n./fetch | cat\n./fetch\ntrue',
        [
          [2, './fetch'],
          [3, './fetch'],
        ],
      ],
      [
        'under pipefail',
        'set -euo pipefail\n./fetch | cat\ntrue',
        [[2, './fetch']],
      ],
      [
        'whatever the separator of words',
        'IFS=0\n./fetch | cat\ntrue',
        [[2, './fetch']],
      ],
    ])('counts %s: %s', async (_, text, failed) => {
      const result = await reading(text);
      expect(failedIn(result)).toEqual(failed);
      expect(result.ok).toBe(false);
    });

    it.each([
      ['a search that finds nothing', 'echo a | grep error'],
      ['a search in the middle of a pipeline', 'echo a | grep error | wc -l'],
      [
        'searches one after the other',
        'date | head -1 | cat; date | grep x; date | grep -c x',
      ],
      ['the same search twice', 'grep zzz fetch; grep zzz fetch; echo | cat'],
      ['a search that is counted', 'echo a | grep -c error'],
      ['a search in a substitution', 'echo "errors: $(echo a | grep error)"'],
      ['a search on a line of its own', 'grep zzz fetch\ntrue'],
      [
        'a comparison that finds differences',
        'echo a > a; echo b > b; diff a b',
      ],
      ['an output that nobody reads to its end', 'yes | head -1'],
      ['such an output in a substitution', 'A=$(yes | head -1); echo $A'],
      ['what had a time to follow', 'timeout 0.2 tail -f fetch'],
      ['what is caught', './fetch || true'],
      ['what is caught in a substitution', 'A=$(./fetch || echo none)\ntrue'],
      ['a condition', 'if ./fetch; then echo yes; fi'],
      ['a test in front of &&', '[ -f nowhere ] && cat nowhere\ntrue'],
      ['what a program looks at', './fetch\n[ $? = 0 ] || echo gone'],
      ['what is expected', '! ./fetch'],
    ])('does not count %s: %s', async (_, text) => {
      const result = await reading(text);
      expect(failedIn(result)).toEqual([]);
      expect(result.ok).toBe(true);
    });

    it('is the question itself where a search is quiet', async () => {
      const result = await reading('echo a | grep -q error');
      expect(failedIn(result)).toEqual([[1, 'grep -q error']]);
      expect(result.ok).toBe(false);
    });

    it('changes nothing of what the text sees', async () => {
      const { stdout } = await reading(
        'A=$(./fetch 2>&1 | wc -l)\necho "$A" $(echo "$BASH_SUBSHELL"$_)\nfalse | cat; echo "$_"',
      );
      expect(stdout).toBe('1 1\n1\n');
    });

    it('ends a program as bash ends it', async () => {
      const result = await reading('for i in 1 2; do ./fetch; done');
      expect(result).toMatchObject({ ok: false, exitCode: 1 });
      expect(failedIn(result)).toEqual([[1, 'for i in 1 2; do ./fetch; done']]);
    });
  });

  describe('in a step that changes something and is a plain list', () => {
    it('is the last thing that runs', async () => {
      const result = await changing('echo a\n./fetch\necho restarted');
      expect(result).toMatchObject({ ok: false, exitCode: 1, stdout: 'a\n' });
      expect(result.commands).toEqual([
        { line: 1, text: 'echo a', exitCode: 0 },
        { line: 2, text: './fetch', exitCode: 1, failed: './fetch' },
      ]);
    });

    it.each([
      ['in a pipeline', './fetch | cat\necho restarted'],
      ['in the middle of a line', 'true; ./fetch; echo restarted'],
      ['in front of &&', './fetch && true\necho restarted'],
      ['in a pipeline in front of &&', './fetch | cat && echo restarted'],
      ['in an assignment', 'P=$(./fetch | head -1)\necho restarted $P'],
      [
        'in an argument of the command itself',
        'echo restarted "$(./fetch | head -1)"',
      ],
      ['alone in such an argument', 'echo restarted "$(./fetch)"'],
      ['in an argument within a pipeline', 'echo restarted "$(./fetch)" | cat'],
      [
        'in an argument of an argument',
        'echo restarted "$(echo "$(./fetch)")"',
      ],
      ['in an argument of a program', '/bin/echo restarted "$(./fetch | cat)"'],
    ])('stops it %s: %s', async (_, text) => {
      const result = await changing(text);
      expect(result).toMatchObject({
        ok: false,
        exitCode: 1,
        stdout: '',
        cancelled: false,
        timedOut: false,
      });
      expect(failedIn(result).map(([, failed]) => failed)).toEqual([
        expect.stringContaining('./fetch'),
      ]);
    });

    it('leaves what the step had set', async () => {
      const { carried } = await changing('A=1\nexport B="$(./fetch)"\nC=1');
      expect(carried.variables).toMatchObject({
        A: { value: '1', exported: false },
      });
      expect(carried.variables).not.toHaveProperty('C');
    });

    it('does not stop it for an answer', async () => {
      const { ok, stdout } = await changing(
        'echo a | grep error\nyes | head -1 | cat > /dev/null\ndiff fetch /dev/null > d\necho applied',
      );
      expect({ ok, stdout }).toEqual({ ok: true, stdout: 'applied\n' });
    });

    it('leaves a program to itself', async () => {
      const { ok, stdout } = await changing(
        './fetch || echo missing\nif true; then ./fetch; fi\necho created',
      );
      expect({ ok, stdout }).toEqual({
        ok: true,
        stdout: 'missing\ncreated\n',
      });
    });
  });
});
