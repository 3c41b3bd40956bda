import { timeOf } from '../testUtils/growth';
import { judgeBoundText } from './judgeBoundText';
import { readShell } from './readShell';

const AROUND = {
  environment: {},
  untold: new Set<string>(),
  fileText: () => undefined,
  folders: [''],
};
const BASH = { language: 'bash' };
/** Many times what it takes, and a fraction of what reading each level again took. */
const ENOUGH_MS = 1_500;

function nested(levels: number, text: string): string {
  return `${'eval '.repeat(levels)}${text}`;
}

describe('text in text', () => {
  it('is followed eight times', () => {
    const read = readShell(nested(8, 'kubectl delete pod web'), BASH);
    expect(read.effect).toBe('destructive');
  });

  it('is unknown where it is nested deeper, with that reason', () => {
    expect(readShell(nested(9, 'kubectl get pods'), BASH)).toMatchObject({
      effect: 'unknown',
      because: 'is nested deeper than 8',
    });
    expect(judgeBoundText(nested(9, 'kubectl get pods'), AROUND)).toMatchObject(
      { effect: 'unknown', because: 'is nested deeper than 8' },
    );
  });

  it('gives variables values that are not told where it is nested deeper', () => {
    const text = `N=2\n${nested(
      10,
      'N=0',
    )}\nkubectl scale deploy web --replicas=$N`;
    const { calls } = judgeBoundText(text, AROUND);
    const [, , , , replicas] =
      calls.find(call => call.args[0].value === 'kubectl')?.args ?? [];
    expect(replicas).toMatchObject({ certainty: 'words' });
  });

  it.each(["eval '", 'eval "', 'find . -exec '])(
    'is not read again for each of its levels: %j',
    opening => {
      const text = `${opening.repeat(2_000)}x`;
      expect(judgeBoundText(text, AROUND).effect).toBe('unknown');
      const judge = (one: string) => judgeBoundText(one, AROUND);
      expect(timeOf(judge, text)).toBeLessThan(ENOUGH_MS);
    },
  );

  it('is unknown where what is run again is too much in all', () => {
    const text = `f() {\n${'ls $1\n'.repeat(1_000)}}\n${'f a\n'.repeat(1_000)}`;
    expect(judgeBoundText(text, AROUND).effect).toBe('unknown');
    const judge = (one: string) => judgeBoundText(one, AROUND);
    expect(timeOf(judge, text)).toBeLessThan(ENOUGH_MS * 2);
  });
});

describe('a file of the workspace that is named again and again', () => {
  it('is read a bounded number of times, and anything may be written from then on', () => {
    const manifest =
      '---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n'.repeat(900);
    const judge = (text: string) =>
      judgeBoundText(text, { ...AROUND, fileText: () => manifest });
    const text = 'kubectl apply -f a.yaml\n'.repeat(1_000);
    const { calls } = judge(text);
    expect(calls[0].verdict.writes).not.toBeUndefined();
    expect(calls[999].verdict.writes).toBeUndefined();
    expect(timeOf(judge, text)).toBeLessThan(ENOUGH_MS * 3);
  });
});

describe('a command that find starts', () => {
  it('has its own words, and find has the others', () => {
    const [found] = readShell(
      String.raw`find . -exec env + rm -rf /data \; -print`,
      BASH,
    ).commands;
    expect(found.effect).toMatch(/unknown|destructive/);
    expect(
      readShell(String.raw`find . -exec echo {} + -delete`, BASH).effect,
    ).not.toMatch(/^(?:read|local)$/);
  });
});
