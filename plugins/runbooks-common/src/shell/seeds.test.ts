import fs from 'node:fs';
import path from 'node:path';
import { readShell } from './readShell';

/** Runbooks from outside of this repository: RUNBOOKS_SEEDS, or a folder `shared/seeds` beside the repository. */
const FOLDER =
  process.env.RUNBOOKS_SEEDS ??
  path.resolve(__dirname, '../../../../../shared/seeds');
const files = fs.existsSync(FOLDER)
  ? fs.readdirSync(FOLDER).map(name => path.join(FOLDER, name))
  : [];

interface FencedBlock {
  file: string;
  language: string;
  text: string;
}

const blocks: FencedBlock[] = files.flatMap(file =>
  [
    ...fs
      .readFileSync(file, 'utf8')
      .matchAll(/^[ ]*```(\w*)\n([\s\S]*?)^[ ]*```/gm),
  ].map(([, language, text]) => ({
    file: path.basename(file),
    language,
    text,
  })),
);

describe('the blocks of real runbooks', () => {
  if (files.length === 0) {
    it('are not on this machine, which only a machine that is not CI may say', () => {
      // eslint-disable-next-line no-console
      console.warn(
        `No runbooks at ${FOLDER}; set RUNBOOKS_SEEDS to check against them.`,
      );
      expect(process.env.CI).not.toBe('true');
    });
    return;
  }

  it('every block labelled bash is shell, or comments only', () => {
    for (const { file, language, text } of blocks) {
      if (language !== 'bash') continue;
      const { shell, otherwise } = readShell(text, { language });
      expect([file, text, shell || otherwise === 'comment']).toEqual([
        file,
        text,
        true,
      ]);
    }
  });

  it('no block labelled text or yaml is shell', () => {
    for (const { language, text } of blocks) {
      if (language !== 'text' && language !== 'yaml') continue;
      expect([text, readShell(text, { language }).shell]).toEqual([
        text,
        false,
      ]);
    }
  });

  it('all of it is valid shell once placeholders are masked', () => {
    for (const { language, text } of blocks) {
      const { problems } = readShell(text, { language });
      expect(problems.filter(one => one.code === 'syntax')).toEqual([]);
    }
  });

  it('only scripts and builds of projects are unknown', () => {
    const unknown = blocks.flatMap(({ language, text }) =>
      readShell(text, { language }).commands.filter(
        one => one.effect === 'unknown',
      ),
    );
    for (const { text, tool } of unknown) {
      expect([text, tool]).toEqual([
        text,
        expect.stringMatching(
          /^(?:\.\/|npm$|watch$|psql$|kubectl$|make$|timeout$)/,
        ),
      ]);
    }
  });
});
