import { setTimeout as delay } from 'node:timers/promises';
import { failed, lines, printed } from './results.mjs';

const LONGEST_SLEEP_MS = 60_000;

/** Commands about the container itself and its files. */
export const basics = {
  true: () => printed(),
  ':': () => printed(),
  false: () => failed('', 1),
  pwd: () => printed('/\n'),
  cd: () => printed(),
  whoami: () => printed('root\n'),
  id: () => printed('uid=0(root) gid=0(root) groups=0(root)\n'),
  hostname: (args, { target }) =>
    printed(args.includes('-i') ? `${target.ip}\n` : `${target.pod}\n`),

  env: (args, { env }) =>
    printed(lines(visible(env).map(([name, value]) => `${name}=${value}`))),

  printenv(args, { env }) {
    if (args.length === 0) return basics.env(args, { env });
    const values = args
      .filter(name => env.has(name))
      .map(name => env.get(name));
    return values.length === args.length
      ? printed(lines(values))
      : failed('', 1, lines(values));
  },

  echo(args) {
    const plain = args[0] === '-n' || args[0] === '-e' ? args.slice(1) : args;
    const text = plain.join(' ');
    return printed(
      (args[0] === '-e' ? unescape(text) : text) +
        (args[0] === '-n' ? '' : '\n'),
    );
  },

  printf([format = '', ...values]) {
    let used = 0;
    return printed(
      unescape(format).replace(/%[sd%]/g, place =>
        place === '%%' ? '%' : values[used++] ?? '',
      ),
    );
  },

  date(args) {
    const now = new Date();
    const format = args.find(arg => arg.startsWith('+'));
    if (!format)
      return printed(
        `${now
          .toUTCString()
          .replace(
            /^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/,
            '$1 $3 $2 $5 UTC $4',
          )}\n`,
      );
    return printed(`${formatDate(format.slice(1), now)}\n`);
  },

  async sleep([seconds = '0'], { signal }) {
    const ms = Math.min(parseFloat(seconds) * 1000 || 0, LONGEST_SLEEP_MS);
    await delay(ms, undefined, { signal }).catch(() => {});
    return printed();
  },

  ls(args, { files }) {
    const paths = args.filter(arg => !arg.startsWith('-'));
    const results = (paths.length > 0 ? paths : ['/']).map(path => {
      const names =
        files.list(path) ??
        (files.read(path) === undefined ? undefined : [path]);
      return { path, names };
    });
    const missing = results
      .filter(({ names }) => !names)
      .map(({ path }) => `ls: ${path}: No such file or directory`);
    const stdout = lines(results.flatMap(({ names }) => names ?? []));
    return missing.length > 0
      ? failed(lines(missing), 1, stdout)
      : printed(stdout);
  },

  rm(args, { files }) {
    const paths = args.filter(arg => !arg.startsWith('-'));
    const missing = args.some(arg => /^-\w*f/.test(arg))
      ? []
      : paths.filter(path => files.read(path) === undefined);
    paths.forEach(path => files.remove(path));
    return missing.length > 0
      ? failed(
          lines(missing.map(path => `rm: ${path}: No such file or directory`)),
        )
      : printed();
  },

  touch(args, { files }) {
    args
      .filter(path => files.read(path) === undefined)
      .forEach(path => files.write(path, ''));
    return printed();
  },

  mkdir: () => printed(),

  async tee(args, { files, stdin }) {
    const text = await stdin();
    args
      .filter(arg => !arg.startsWith('-'))
      .forEach(path => files.write(path, text));
    return printed(text);
  },

  test: (args, { files }) => (isTrue(args, files) ? printed() : failed('', 1)),
  '[': (args, { files }) =>
    isTrue(args.slice(0, -1), files) ? printed() : failed('', 1),

  which(args) {
    return args.every(name => name in basics)
      ? printed(lines(args.map(name => `/bin/${name}`)))
      : failed('', 1);
  },
};

function visible(env) {
  return [...env].filter(([name]) => name !== '?');
}

function isTrue(args, files) {
  if (args[0] === '!') return !isTrue(args.slice(1), files);
  const [left, operator, right] = args;
  switch (args.length) {
    case 1:
      return left !== '';
    case 2:
      return (
        {
          '-z': () => operator === '',
          '-n': () => operator !== '',
          '-f': () => files.read(operator) !== undefined,
          '-s': () => Boolean(files.read(operator)),
          '-d': () => files.list(operator) !== undefined,
          '-e': () =>
            files.read(operator) !== undefined ||
            files.list(operator) !== undefined,
        }[left]?.() ?? false
      );
    case 3:
      return (
        {
          '=': left === right,
          '==': left === right,
          '!=': left !== right,
          '-eq': +left === +right,
          '-ne': +left !== +right,
          '-gt': +left > +right,
          '-ge': +left >= +right,
          '-lt': +left < +right,
          '-le': +left <= +right,
        }[operator] ?? false
      );
    default:
      return false;
  }
}

function unescape(text) {
  return text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}

function formatDate(format, now) {
  const iso = now.toISOString();
  const parts = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(now.getTime() / 1000)),
    Z: 'UTC',
    z: '+0000',
  };
  return format.replace(
    /%([A-Za-z])/g,
    (whole, letter) => parts[letter] ?? whole,
  );
}
