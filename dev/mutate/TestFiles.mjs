import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The test files of a folder of pure code, loaded into this process as jest would, but kept there: a test is run again
 * in a fraction of a millisecond. Knows `describe`, `it`, their `each`, and `expect`. Files share their modules, which
 * pure code does not notice.
 */
export class TestFiles {
  #require;
  #folder;
  #compiled = new Map();
  /** Tests by file, as far as they are loaded. */
  #loaded = new Map();

  /** @param folder - Where the code and its tests are; packages are looked up from there. */
  constructor(folder) {
    this.#folder = folder;
    this.#require = createRequire(join(folder, 'package.json'));
    this.#require.extensions['.ts'] = (module, file) =>
      /** @type {any} */ (module)._compile(this.#compile(file), file);
  }

  /** The tests of a file: `{ id, file, run }`. The file and what it imports are loaded where they are not. */
  testsOf(file) {
    let tests = this.#loaded.get(file);
    if (!tests) {
      tests = collect(file, this.#require, () => this.#require(file));
      this.#loaded.set(file, tests);
    }
    return tests;
  }

  /** Whether the file or what it imports, however far, is that module. The file must be loaded. */
  reaches(file, wanted) {
    const seen = new Set();
    const visit = module => {
      if (!module || seen.has(module.id)) return false;
      seen.add(module.id);
      return module.id === wanted || module.children.some(visit);
    };
    return visit(this.#require.cache[file]);
  }

  /** Forgets every module of the folder, so that what runs while it loads is run again. */
  unload() {
    this.#loaded.clear();
    for (const file of Object.keys(this.#require.cache)) {
      if (file.startsWith(this.#folder)) delete this.#require.cache[file];
    }
  }

  #compile(file) {
    let code = this.#compiled.get(file);
    if (code === undefined) {
      const { transformSync } = this.#require('@swc/core');
      ({ code } = transformSync(readFileSync(file, 'utf8'), {
        filename: file,
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      }));
      this.#compiled.set(file, code);
    }
    return code;
  }
}

function collect(file, require, load) {
  const tests = [];
  const titles = [];
  const numbers = new Map();
  const { bind } = require('jest-each');
  const describe = (title, body) => {
    titles.push(title);
    body();
    titles.pop();
  };
  const it = (title, run) => {
    const name = [...titles, title].join(' ');
    const number = (numbers.get(name) ?? 0) + 1;
    numbers.set(name, number);
    const id = `${file} ${name}${number > 1 ? ` (${number})` : ''}`;
    tests.push({ id, name, file, run });
  };
  describe.each = bind(describe);
  it.each = bind(it);
  describe.skip = () => {};
  it.skip = () => {};
  Object.assign(globalThis, {
    describe,
    it,
    test: it,
    expect: require('expect').expect,
    __dirname: dirname(file),
  });
  load();
  return tests;
}
