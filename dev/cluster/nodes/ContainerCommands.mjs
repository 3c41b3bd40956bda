import { setTimeout as delay } from 'node:timers/promises';
import { basics } from './commands/basics.mjs';
import { filters } from './commands/filters.mjs';
import { machine } from './commands/machine.mjs';
import { network } from './commands/network.mjs';
import { failed } from './commands/results.mjs';
import { fillIn } from './answers/fillIn.mjs';
import { runScript } from './shell/runScript.mjs';

const BUILT_IN = { ...machine, ...network, ...filters, ...basics };
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/;
const NOT_FOUND = 127;

/**
 * Answers commands as if a container had run them: by rule, by a small shell,
 * by what every image has. Nothing is ever run.
 */
export class ContainerCommands {
  #answers;
  #files;
  #network;

  constructor({ answers, files, network: clusterNetwork }) {
    this.#answers = answers;
    this.#files = files;
    this.#network = clusterNetwork;
  }

  /**
   * @param words the command as given to `kubectl exec`
   * @param options.target the container, as `containerTarget` describes it
   * @param options.stdin `() => Promise<string>`, called only by what reads it
   * @param options.signal aborted when nobody waits any more
   * @returns `{ stdout, stderr, exitCode }`
   */
  run(words, { target, stdin, signal }) {
    const files = this.#files.of(target);
    const context = {
      target,
      files,
      signal,
      network: this.#network.from(target),
    };
    return this.#runCommand(
      words,
      { env: new Map(target.env), stdin },
      context,
    );
  }

  async #runCommand(words, { env, stdin }, context) {
    const ruled = await this.#byRule(words, { stdin }, context);
    if (ruled) return ruled;
    const name = words[0].replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, '');
    if (SHELL.test(words[0]))
      return this.#runShell(words.slice(1), { env, stdin }, context);
    if (name === 'timeout' || name === 'nohup' || name === 'time') {
      return this.#runCommand(
        words.slice(name === 'timeout' ? 2 : 1),
        { env, stdin },
        context,
      );
    }
    const command = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
    if (!command) return failed(`sh: ${words[0]}: not found\n`, NOT_FOUND);
    return command(words.slice(1), { ...context, env, stdin });
  }

  /** `sh -c TEXT`, or `sh` alone, which reads its text from standard input. */
  async #runShell(args, { env, stdin }, context) {
    const flag = args.findIndex(arg => /^-\w*c$/.test(arg));
    const text = flag >= 0 ? args[flag + 1] ?? '' : await stdin();
    const ruled = await this.#byRule([text], { stdin }, context);
    if (ruled) return ruled;
    return runScript(text, {
      env,
      files: context.files,
      stdin,
      runCommand: (words, options) => this.#runCommand(words, options, context),
    });
  }

  async #byRule(words, { stdin }, { target, files, signal }) {
    const joined = words.join(' ');
    for (const rule of this.#answers.for('exec', target)) {
      const hit = rule.command
        ? isSame(rule.command, words) && []
        : rule.pattern.exec(joined);
      if (hit) return answer(rule, hit, { target, files, stdin, signal });
    }
    return undefined;
  }
}

async function answer(rule, hit, { target, files, stdin, signal }) {
  const input = rule.stdin ? await stdin() : '';
  if (rule.stdin?.saveTo) files.write(rule.stdin.saveTo, input);
  await delay(rule.delayMs, undefined, { signal }).catch(() => {});
  const names = {
    ...Object.fromEntries(
      hit.slice(1).map((group, index) => [String(index + 1), group ?? '']),
    ),
    'stdin.bytes': Buffer.byteLength(input),
    'stdin.lines': input.split('\n').filter(Boolean).length,
  };
  return {
    stdout: fillIn(rule.stdout, target, names),
    stderr: fillIn(rule.stderr, target, names),
    exitCode: rule.exitCode,
  };
}

function isSame(wanted, words) {
  return (
    wanted.length === words.length &&
    wanted.every((word, index) => word === words[index])
  );
}
