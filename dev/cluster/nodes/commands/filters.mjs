import { failed, lines, linesOf, printed } from './results.mjs';

/*
 * Commands that read text and print text. `read` gives the text of the files
 * named, or standard input.
 */

export const filters = {
  cat: (args, context) =>
    overText(
      args.filter(arg => !arg.startsWith('-')),
      context,
      'cat',
      text => text,
    ),

  grep(args, context) {
    const { flags, rest } = parseFlags(args, ['e', 'A', 'B', 'C', 'm']);
    const [pattern, ...files] =
      flags.e === undefined ? rest : [flags.e, ...rest];
    if (pattern === undefined)
      return failed('Usage: grep [-civEq] PATTERN [FILE]...\n', 2);
    const matcher = grepPattern(pattern, flags);
    return overText(files, context, 'grep', text => {
      const hits = linesOf(text).filter(
        line => matcher.test(line) !== Boolean(flags.v),
      );
      const shown = flags.c ? `${hits.length}\n` : lines(hits);
      return {
        stdout: flags.q ? '' : shown,
        stderr: '',
        exitCode: hits.length > 0 ? 0 : 1,
      };
    });
  },

  head(args, context) {
    const { count, files } = lineCount(args);
    return overText(files, context, 'head', text =>
      lines(linesOf(text).slice(0, count)),
    );
  },

  tail(args, context) {
    const { count, files } = lineCount(args);
    return overText(files, context, 'tail', text =>
      lines(linesOf(text).slice(-count)),
    );
  },

  wc(args, context) {
    const { flags, rest } = parseFlags(args);
    return overText(rest, context, 'wc', text => {
      const counts = {
        l: text.split('\n').length - 1,
        w: text.split(/\s+/).filter(Boolean).length,
        c: Buffer.byteLength(text),
      };
      const wanted = ['l', 'w', 'c'].filter(name => flags[name]);
      return `${(wanted.length > 0 ? wanted : ['l', 'w', 'c'])
        .map(name => counts[name])
        .join(' ')}${rest[0] ? ` ${rest[0]}` : ''}\n`;
    });
  },

  sort(args, context) {
    const { flags, rest } = parseFlags(args, ['k', 't']);
    return overText(rest, context, 'sort', text => {
      const sorted = linesOf(text).sort(
        flags.n ? (a, b) => parseFloat(a) - parseFloat(b) : undefined,
      );
      if (flags.r) sorted.reverse();
      return lines(flags.u ? [...new Set(sorted)] : sorted);
    });
  },

  uniq(args, context) {
    const { flags, rest } = parseFlags(args);
    return overText(rest, context, 'uniq', text => {
      const groups = [];
      for (const line of linesOf(text)) {
        const last = groups[groups.length - 1];
        if (last?.line === line) last.count += 1;
        else groups.push({ line, count: 1 });
      }
      return lines(
        groups.map(({ line, count }) =>
          flags.c ? `${String(count).padStart(7)} ${line}` : line,
        ),
      );
    });
  },

  tr(args, context) {
    const deletes = args[0] === '-d';
    const [from, to = ''] = (deletes ? args.slice(1) : args).map(set =>
      set.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
    );
    if (from === undefined) return failed('tr: missing operand\n');
    return overText([], context, 'tr', text =>
      [...text]
        .map(char => {
          const index = from.indexOf(char);
          if (index < 0) return char;
          return deletes ? '' : to[Math.min(index, to.length - 1)] ?? char;
        })
        .join(''),
    );
  },
};

/** Applies `change` to the files named or to standard input; a missing file fails as it does everywhere. */
async function overText(files, { files: store, stdin }, name, change) {
  const texts = [];
  const missing = [];
  for (const file of files) {
    const text = file === '-' ? await stdin() : store.read(file);
    if (text === undefined)
      missing.push(`${name}: ${file}: No such file or directory`);
    else texts.push(text);
  }
  const text = files.length === 0 ? await stdin() : texts.join('');
  const changed = change(text);
  const result = typeof changed === 'string' ? printed(changed) : changed;
  return missing.length > 0
    ? { ...result, stderr: lines(missing), exitCode: 1 }
    : result;
}

/** Reads `-iv`, `-e PATTERN`, `-n5`; the letters in `withValue` take what follows. */
function parseFlags(args, withValue = []) {
  const flags = {};
  const rest = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (!/^-[A-Za-z]/.test(arg)) {
      rest.push(arg);
      continue;
    }
    for (let place = 1; place < arg.length; place += 1) {
      const letter = arg[place];
      if (!withValue.includes(letter)) {
        flags[letter] = true;
        continue;
      }
      flags[letter] = arg.slice(place + 1) || args[index + 1];
      if (place === arg.length - 1) index += 1;
      break;
    }
  }
  return { flags, rest };
}

function lineCount(args) {
  const short = args.find(arg => /^-\d+$/.test(arg));
  const { flags, rest } = parseFlags(
    args.filter(arg => arg !== short),
    ['n', 'c'],
  );
  return { count: Number(short?.slice(1) ?? flags.n ?? 10), files: rest };
}

function grepPattern(pattern, flags) {
  const literal = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Basic expressions write the bar that divides alternatives with a backslash.
  const extended = flags.E ? pattern : pattern.replaceAll('\\|', '|');
  try {
    return new RegExp(flags.F ? literal : extended, flags.i ? 'i' : '');
  } catch {
    return new RegExp(literal);
  }
}
