import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { BESIDE } from './besideOnly.mjs';
import { TestFiles } from './TestFiles.mjs';

const CORE = join('plugins', 'runbooks-common', 'src');
/** Random input and tests of how time grows are slow; whole documents and shell texts have deciders of their own. */
const LEFT_OUT =
  /\.(fuzz|property)\.test\.ts$|linearTime\.test\.ts$|^(document|shell|foreignText|sources)\//;
/**
 * A test that needs more of the processor is not asked: it would be, again and again, for every mutant that survives the
 * others. Not by the clock: on a busy machine any test can take long.
 */
const SLOW_MS = 2_000;

/**
 * Runs the tests of the core for Stryker, in one process that keeps them loaded: for a mutant only the tests that
 * reach it are run, the fastest first, up to the first that fails. Where a mutant is reached while modules load, they
 * are loaded anew, file by file, those beside it first.
 */
class WarmRunner {
  constructor() {
    // Stryker starts its runners in its copy of the checkout.
    const core = join(process.cwd(), CORE);
    const beside = process.env[BESIDE] ?? '';
    this.files = globSync('**/*.test.ts', { cwd: core })
      .filter(file => !LEFT_OUT.test(file) && file.startsWith(beside))
      .map(file => join(core, file));
    this.testFiles = new TestFiles(core);
    this.times = new Map();
    this.reachedFrom = new Map();
    this.isAltered = false;
    globalThis.__stryker__ ??= {};
    process.env.NODE_ENV = 'test';
    process.env.TZ = 'UTC';
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const state = globalThis.__stryker__;
    const tests = [];
    try {
      for (const file of this.files) {
        for (const test of this.testFiles.testsOf(file)) {
          state.currentTestId = test.id;
          const result = await outcomeOf(test);
          this.times.set(test.id, result.timeSpentMs);
          const isSlow = result.timeSpentMs > SLOW_MS;
          tests.push(
            isSlow ? { ...result, status: TestStatus.Skipped } : result,
          );
        }
        state.currentTestId = undefined;
      }
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: `${error.stack}` };
    }
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: state.mutantCoverage,
    };
  }

  async mutantRun(options) {
    const state = globalThis.__stryker__;
    state.hitLimit = options.hitLimit;
    state.hitCount = options.hitLimit ? 0 : undefined;
    state.currentTestId = undefined;
    try {
      const results = options.reloadEnvironment
        ? await this.#reloaded(options)
        : await this.#warm(options);
      const result = determineHitLimitReached(
        state.hitCount,
        state.hitLimit,
      ) ?? { status: DryRunStatus.Complete, tests: results };
      return toMutantRunResult(
        /** @type {any} */ (result),
        options.disableBail,
      );
    } finally {
      state.activeMutant = undefined;
    }
  }

  async #warm({ activeMutant, testFilter }) {
    if (this.isAltered) this.testFiles.unload();
    this.isAltered = false;
    const wanted = new Set(testFilter);
    const files = this.files.filter(
      file => !testFilter || testFilter.some(id => id.startsWith(`${file} `)),
    );
    const tests = files
      .flatMap(file => this.testFiles.testsOf(file))
      .filter(({ id }) => !testFilter || wanted.has(id))
      .sort((one, other) => this.#timeOf(one) - this.#timeOf(other));
    globalThis.__stryker__.activeMutant = activeMutant.id;
    return untilOneFails(tests.filter(test => this.#timeOf(test) <= SLOW_MS));
  }

  async #reloaded({ activeMutant, sandboxFileName, testFilter }) {
    const files = this.#reaching(sandboxFileName);
    this.testFiles.unload();
    this.isAltered = true;
    globalThis.__stryker__.activeMutant = activeMutant.id;
    const wanted = testFilter && new Set(testFilter);
    const results = [];
    for (const file of files) {
      let tests;
      try {
        tests = this.testFiles.testsOf(file);
      } catch (error) {
        return [...results, failedToLoad(file, error)];
      }
      tests = tests.filter(
        test =>
          (!wanted || wanted.has(test.id)) && this.#timeOf(test) <= SLOW_MS,
      );
      results.push(...(await untilOneFails(tests)));
      if (results.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return results;
  }

  /** The test files that load a module, those beside it first. */
  #reaching(module) {
    let files = this.reachedFrom.get(module);
    if (!files) {
      globalThis.__stryker__.activeMutant = undefined;
      if (this.isAltered) this.testFiles.unload();
      for (const file of this.files) this.testFiles.testsOf(file);
      const far = file => (dirname(file) === dirname(module) ? 0 : 1);
      files = this.files
        .filter(file => this.testFiles.reaches(file, module))
        .sort((one, other) => far(one) - far(other));
      this.reachedFrom.set(module, files);
    }
    return files;
  }

  #timeOf({ id }) {
    return this.times.get(id) ?? 0;
  }
}

async function untilOneFails(tests) {
  const results = [];
  for (const test of tests) {
    const result = await outcomeOf(test);
    results.push(result);
    if (result.status === TestStatus.Failed) break;
  }
  return results;
}

async function outcomeOf({ id, name, file, run }) {
  const before = process.cpuUsage();
  const timeSpentMs = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const said = { id, name, fileName: file };
  try {
    await run();
    return { ...said, timeSpentMs: timeSpentMs(), status: TestStatus.Success };
  } catch (error) {
    return {
      ...said,
      timeSpentMs: timeSpentMs(),
      status: TestStatus.Failed,
      failureMessage: `${error?.message ?? error}`,
    };
  }
}

function failedToLoad(file, error) {
  return {
    id: file,
    name: file,
    fileName: file,
    timeSpentMs: 0,
    status: TestStatus.Failed,
    failureMessage: `${error?.message ?? error}`,
  };
}

export const strykerPlugins = [
  declareClassPlugin(
    PluginKind.TestRunner,
    'warm',
    /** @type {any} */ (WarmRunner),
  ),
];
