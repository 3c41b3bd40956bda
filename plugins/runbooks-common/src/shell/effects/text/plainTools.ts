import type { Argument } from '../../words';
import { endless, needsTerminal } from '../interactive';
import { isOn, type Options, parseOptions } from '../options';
import { liesOutside, writesTo } from '../paths';
import type { Call, Scene, ToolRule } from '../scene';
import { isLocal, isUnknown, type Verdict } from '../verdict';

/**
 * Programs that print something about text or files and change nothing, whatever their options are, one group a
 * line: `programs | what they do`. `{what}` stands for the files, or what else they are given.
 */
const PRINTS = `
cat, tac, bat, batcat, zcat, bzcat, xzcat, gzcat, zstdcat, nl, rev, hexyl | prints {what}
head, cut, paste, join, comm, column, fold, fmt, expand, unexpand, tr, ts, pv, csvcut, xsv, mlr, look, tsort | prints parts of {what}
grep, egrep, fgrep, zgrep, zegrep, bzgrep, xzgrep, rg, ag, ack, locate, mlocate | searches {what}
wc, cloc, tokei, sum, cksum, md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum, b2sum, md5, shasum | counts or sums up {what}
diff, colordiff, cmp, zdiff, vimdiff_, comm, delta | compares {what}
ls, ll, la, dir, vdir, exa, eza, stat, file, namei, getfacl, lsattr | lists {what}
basename, dirname, realpath, readlink, pathchk, cygpath | works out a path of {what}
jq, gojq, xmllint, jsonlint, jo, dasel_, htmlq | reads {what}
xxd_, od, hexdump, strings, base64, base32, iconv_ | prints {what}
seq, date, expr, bc, factor, numfmt, uuidgen, nproc_, sleep, true, false, test, [, yes_, ncal | prints a value
whoami, id, groups, logname, pwd, env_, printenv, tput, clear, reset_, tty_, stty_ | tells about the session
which, whereis, man, info, tldr, apropos, whatis | looks up {what}
envsubst | fills variables into its input
figlet, cowsay, lolcat, fortune | prints a text
`;

/** Programs that print text and change nothing but what an output option names. */
export const plainTools: Record<string, ToolRule> = {
  ...Object.fromEntries(
    PRINTS.split('\n').flatMap(line => {
      const [names, says] = line.split(' | ');
      return says
        ? names
            .split(', ')
            .filter(name => !name.endsWith('_'))
            .map(name => [name, prints(says)] as const)
        : [];
    }),
  ),
  echo: () => isLocal('prints a text'),
  printf: (call, scene) => {
    const [first, ...others] = call.args;
    const format = first?.value === '--' ? others[0] : first;
    scene.interpretsAgain(format, 'printf, as its format');
    return isLocal('prints a text');
  },
  date,
  cal: () => isLocal('prints a calendar'),
  sort: withOutput('o', 'output', 'sorts {what}'),
  iconv: withOutput('o', 'output', 'converts {what}'),
  shuf: withOutput('o', 'output', 'mixes {what}'),
  sdiff: withOutput('o', 'output', 'compares {what}'),
  tree: secondFile('o L P I'),
  uniq: secondFile('f s w'),
  xxd: secondFile('c g l o s n'),
  less: pager,
  more: pager,
  most: pager,
  tail,
};

/** Tools whose first operand is a pattern or a program, not a file. */
const PATTERN_FIRST = /^(z|bz|xz|e|f|ze)?grep$|^(rg|ag|ack|jq|gojq|tr)$/;
const VALUES: Record<string, string> = {
  jq: 'arg argjson slurpfile rawfile f from-file indent',
  grep: 'e regexp f file A B C m max-count include exclude exclude-dir color',
  head: 'n lines c bytes',
  cut: 'd f c b delimiter fields',
  date: 'd date f r',
  stat: 'c format f printf',
};

function prints(says: string): ToolRule {
  return (call, scene) => {
    const { tool, args } = call;
    if (startsAnother(call)) return isUnknown(`${tool} starts another program`);
    const grepLike = /grep$|^(rg|ag|ack)$/.test(tool);
    const options = parseOptions(args, {
      values: VALUES[grepLike ? 'grep' : tool] ?? '',
    });
    const operands = [...options.operands, ...(options.rest ?? [])];
    const skips =
      PATTERN_FIRST.test(tool) && !options.has('e', 'regexp', 'f', 'from-file');
    if (/^(go)?jq$/.test(tool) && skips)
      scene.interpretsAgain(operands[0], 'a program of jq');
    const files = skips ? operands.slice(1) : operands;
    return looksAt(files, says, scene);
  };
}

/** Options with which a program for text runs another one. */
function startsAnother({ tool, args }: Call): boolean {
  if (tool === 'rg')
    return args.some(one => /^--(pre|hostname-bin)(=|$)/.test(one.value));
  return (
    /^(man|bat|batcat|ag|ack)$/.test(tool) &&
    args.some(one => /^--(pager|html)|^-[PH]/.test(one.value))
  );
}

/** Looking at files: those of the run are text at hand, all others are state of the machine. */
function looksAt(
  files: readonly Argument[],
  says: string,
  scene: Scene,
): Verdict {
  const names = files.map(one => scene.show(one.value)).join(' ');
  const because = says.replace(
    '{what}',
    names === '' ? 'its input' : names.slice(0, 80),
  );
  const outside = files.some(file => liesOutside(file, scene));
  return { ...isLocal(because), effect: outside ? 'read' : 'local' };
}

function date(call: Call): Verdict {
  const { given, operands } = parseOptions(call.args, {
    values: 'd date f file r reference v j_',
    abbreviates: true,
  });
  const sets =
    given.some(one => one.name === 's' || /^se/.test(one.name)) ||
    operands.some(one => /^\d{8,}/.test(one.value));
  return sets
    ? { ...isUnknown('sets the clock'), effect: 'change', writes: [] }
    : isLocal('prints a date');
}

/** A program that prints, or writes its second operand or `-o`. */
function secondFile(values: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values });
    const output =
      call.tool === 'tree' ? options.value('o') : options.operands[1];
    return output
      ? writesTo(output, scene)
      : looksAt(options.operands, 'prints {what}', scene);
  };
}

function withOutput(short: string, long: string, says: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values: `${short} ${long} k key t field-separator S buffer-size T temporary-directory parallel compress-program f from n head-count i`,
      abbreviates: true,
    });
    if (options.has('compress-program'))
      return isUnknown('starts another program');
    const output = options.value(short, long);
    return output
      ? writesTo(output, scene)
      : looksAt(options.operands, says, scene);
  };
}

function pager(call: Call, scene: Scene): Verdict {
  if (call.args.some(one => /^\+[^;]*[!|]/.test(one.value)))
    return isUnknown(`${call.tool} starts another program`);
  const judged = looksAt(
    parseOptions(call.args).operands,
    'shows {what} page by page',
    scene,
  );
  return call.input || call.piped
    ? judged
    : {
        ...judged,
        interactive: needsTerminal(
          `\`${call.tool}\` shows a text page by page`,
        ),
      };
}

function tail(call: Call, scene: Scene): Verdict {
  const options: Options = parseOptions(call.args, {
    values: 'n lines c bytes s sleep-interval pid max-unchanged-stats',
    abbreviates: true,
  });
  const follows = isOn(options, 'f', 'F', 'follow', 'retry');
  return {
    ...looksAt(options.operands, 'shows the end of {what}', scene),
    ...(follows
      ? { interactive: endless('`tail -f` goes on until it is stopped') }
      : {}),
  };
}
