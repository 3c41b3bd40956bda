import { readShell } from '../../readShell';

function effectOf(text: string) {
  return readShell(text, { language: 'bash' }).effect;
}

describe('a line of Python', () => {
  it('that only asks and prints reads', () => {
    expect(
      effectOf(
        `python3 -I -c "import json,sys; print(json.load(sys.stdin)['status'])"`,
      ),
    ).toBe('read');
  });

  it('is unknown where it may be given modules of the folder: without -I, `import json` runs ./json.py', () => {
    expect(
      effectOf(`python3 -c "import json,sys; print(json.load(sys.stdin))"`),
    ).toBe('unknown');
  });

  it('that says a semicolon in a string is still one statement', () => {
    expect(effectOf(`python3 -I -c "print('a; b')"`)).toBe('read');
  });

  it('with a statement that is not known is unknown, wherever it stands', () => {
    expect(effectOf(`python3 -c "a = 1; frobnicate(a); print(a)"`)).toBe(
      'unknown',
    );
  });

  it('with a hundred statements is judged at once', () => {
    const started = performance.now();
    expect(effectOf(`python3 -c "${'a=b;'.repeat(100)}?"`)).toBe('unknown');
    expect(effectOf(`python3 -c "${'import re import re '.repeat(40)}?"`)).toBe(
      'unknown',
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
