import { writesTo } from './paths';
import { isOn, parseOptions } from './options';
import type { Call, Scene, ToolRule } from './scene';
import { endless, needsTerminal } from './interactive';
import { combined, isLocal, isUnknown, type Verdict } from './verdict';

const PLAIN =
  'cat tac head cut tr wc uniq nl paste join comm column fold fmt rev expand unexpand grep egrep fgrep zgrep rg ag ack ' +
  'zcat bzcat xzcat gzcat diff sdiff colordiff cmp jq gojq ls ll dir tree stat file du df basename dirname realpath readlink pwd echo ' +
  'printf seq date cal bc expr factor numfmt md5sum sha1sum sha256sum sha512sum cksum b2sum base64 base32 xxd od ' +
  'hexdump strings whoami id groups who w last uptime uname arch hostnamectl_ nproc free lscpu lsblk lsof lspci ps ' +
  'pgrep pidof vmstat iostat mpstat sar pidstat numastat env_ printenv locale getent which whereis type_ man info ' +
  'test [ true false sleep tput clear yes_ tsort shuf zdiff look iconv dos2unix_ envsubst jsonlint xmllint ' +
  'ping ping6 traceroute tracepath mtr dig nslookup host getconf netstat ss tcpdump nstat arp whois ipcs lsmod ' +
  'nproc ulimit_ hexyl bat batcat fd_ exa eza tldr figlet cowsay lolcat ts pv cloc tokei wordcount jmap_ jps jstack ' +
  'pstack pmap strace_ smartctl_ findmnt mountpoint showmount lsns dmidecode sensors iftop_ ncdu_ blkid nfsstat nfsiostat ' +
  'sha224sum sha384sum sum locate updatedb_ pstree fuser_ dmesg_ lastlog hostid tty users logname namei pathchk';

const NETWORK = new Set(
  'ping ping6 traceroute tracepath mtr dig nslookup host whois tcpdump'.split(
    ' ',
  ),
);

/** Programs that print something and change nothing, whatever their options are, but for those looked at here. */
export const textTools: Record<string, ToolRule> = Object.fromEntries(
  PLAIN.split(' ')
    .filter(tool => !tool.endsWith('_'))
    .map(tool => [tool, plain]),
);

Object.assign(textTools, {
  sed,
  gsed: sed,
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
  yq,
  sort: withOutput('o', 'output', 'sorts its input'),
  iconv: withOutput('o', 'output', 'converts its input'),
  shuf: withOutput('o', 'output', 'mixes its input'),
  sdiff: withOutput('o', 'output', 'compares files'),
  less: pager,
  more: pager,
  most: pager,
  tail,
  top: screen,
  htop: screen,
  btop: screen,
  atop: screen,
  glances: screen,
  yes: () =>
    isLocal('prints without an end', {
      interactive: endless('`yes` never ends'),
    }),
  nc: netcat,
  ncat: netcat,
  netcat: netcat,
  telnet: (call: Call, scene: Scene) =>
    call.input
      ? isUnknown(`sends its input to ${firstOperand(call, scene)}`)
      : isLocal(`tries to connect to ${firstOperand(call, scene)}`, {
          effect: 'read',
          interactive: needsTerminal('`telnet` waits for what a person types'),
        } as Partial<Verdict>),
  dmesg: guarded(
    /^-(C|c|n|D|E)$|^--(clear|read-clear|console-.*)$/,
    'prints kernel messages',
    '-w --follow',
  ),
  hostname: (call: Call) =>
    call.args.some(one => !one.value.startsWith('-')) ||
    call.args.some(one => /^-(F|b)|--file|--boot/.test(one.value))
      ? isUnknown('sets the name of the machine')
      : isLocal('prints the name of the machine'),
  fuser: guarded(/^-[a-z]*k|^--kill/, 'shows who uses a file'),
  strace: () => isUnknown('traces a process'),
  csvcut: plain,
  dos2unix: (call: Call, scene: Scene) =>
    combined(
      parseOptions(call.args).operands.map(one => writesTo(one, scene)),
      'converts its input',
    ),
  unix2dos: (call: Call, scene: Scene) =>
    combined(
      parseOptions(call.args).operands.map(one => writesTo(one, scene)),
      'converts its input',
    ),
  patch: () => ({ ...isLocal('changes files by a patch'), changesFiles: true }),
  openssl,
  gpg: () => isUnknown('works with keys', { writes: [] }),
  'ssh-keygen': (call: Call) => ({
    ...isLocal(
      call.args.some(one => /^-[lBF]/.test(one.value))
        ? 'shows keys'
        : 'makes or changes keys',
    ),
    changesFiles: true,
  }),
  'ssh-keyscan': plain,
  ip,
  ethtool: guarded(
    /^-(?![ikgScadPTulmxn]$)|^--(?!show|help|driver|statistics|identify_)/,
    'shows a network interface',
  ),
  ifconfig: (call: Call) =>
    parseOptions(call.args).operands.length > 1
      ? isUnknown('configures a network interface')
      : isLocal('shows network interfaces'),
  route: (call: Call) =>
    call.args.some(one => /^(add|del|delete|flush|change)$/.test(one.value))
      ? isUnknown('changes routes')
      : isLocal('shows routes'),
});

function firstOperand(call: Call, scene: Scene): string {
  const first = parseOptions(call.args).operands[0];
  return first ? scene.show(first.value) : 'its arguments';
}

function plain(call: Call, scene: Scene): Verdict {
  const { tool, args } = call;
  const first = parseOptions(args, { values: '' }).operands[0];
  const what =
    first && tool !== 'echo' ? ` ${scene.show(first.value).slice(0, 60)}` : '';
  if (
    tool === 'rg' &&
    args.some(one => /^--(pre|hostname-bin)(=|$)/.test(one.value))
  )
    return isUnknown(`${tool} starts another program`);
  if (
    args.some(one => /^--pager|^-P$/.test(one.value)) &&
    /^(man|bat|batcat|ag|ack)$/.test(tool)
  ) {
    return isUnknown(`${tool} starts another program`);
  }
  if (tool === 'ss' && args.some(one => /^-\w*K|^--kill/.test(one.value))) {
    return isUnknown('closes connections');
  }
  if (
    tool === 'date' &&
    args.some(
      one =>
        /^(-s|--s.*)/.test(one.value) ||
        (!/^[-+]/.test(one.value) && /^\d{8,}/.test(one.value)),
    )
  ) {
    return isUnknown('sets the clock');
  }
  if (
    tool === 'tree' ||
    tool === 'uniq' ||
    tool === 'tcpdump' ||
    tool === 'xxd'
  )
    return writesMaybe(call, scene);
  if (tool === 'jq' || tool === 'grep' || tool === 'egrep') {
    const program = parseOptions(args, {
      values:
        'arg argjson slurpfile rawfile f from-file e regexp A B C m max-count',
    }).operands[0];
    if (program && tool === 'jq')
      scene.interpretsAgain(program, 'a program of jq');
  }
  const asks =
    /^(ping6?|mtr)$/.test(tool) &&
    scene.where === 'here' &&
    !args.some(one =>
      /^-(c|[a-zA-Z0-9]*c\d*|-report|r|w|-count.*)$|^-c/.test(one.value),
    );
  const follows =
    (tool === 'free' ||
      tool === 'vmstat' ||
      tool === 'iostat' ||
      tool === 'mpstat') &&
    args.some(one => /^-s/.test(one.value)) &&
    !args.some(one => /^-c/.test(one.value));
  const because =
    tool === 'echo' || tool === 'printf'
      ? 'prints a text'
      : `runs ${tool}${what}, which changes nothing`;
  return {
    ...isLocal(because),
    effect: NETWORK.has(tool) ? 'read' : 'local',
    ...(asks || follows || tool === 'tcpdump'
      ? { interactive: endless(`\`${tool}\` goes on until it is stopped`) }
      : {}),
  };
}

const WRITER_VALUES: Record<string, string> = {
  tcpdump: 'i w c s C G W z Z r F E m T y B',
  uniq: 'f s w',
  xxd: 'c g l o s n',
  tree: 'o L P I',
};

function writesMaybe(call: Call, scene: Scene): Verdict {
  const { tool, args } = call;
  const options = parseOptions(args, { values: WRITER_VALUES[tool] ?? '' });
  if (tool === 'tcpdump') {
    if (options.has('z', 'Z'))
      return isUnknown('captures packets and starts another program');
    const file = options.value('w');
    const judged =
      file && file.value !== '-'
        ? writesTo(file, scene, 'captures packets into')
        : isLocal('captures packets');
    const bounded = options.has('c');
    return {
      ...judged,
      effect: judged.effect === 'local' ? 'read' : judged.effect,
      ...(bounded
        ? {}
        : { interactive: endless('`tcpdump` goes on until it is stopped') }),
    };
  }
  const output = tool === 'tree' ? options.value('o') : options.operands[1];
  return output
    ? writesTo(output, scene)
    : isLocal(`runs ${tool}, which changes nothing`);
}

function withOutput(short: string, long: string, because: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, {
      values: `${short} ${long} k key t field-separator S buffer-size T temporary-directory parallel compress-program`,
      abbreviates: true,
    });
    if (options.has('compress-program'))
      return isUnknown('starts another program');
    const output = options.value(short, long);
    return output ? writesTo(output, scene) : isLocal(because);
  };
}

function guarded(
  dangerous: RegExp,
  because: string,
  endlessOptions = '',
): ToolRule {
  return call => {
    if (
      call.args.some(
        one =>
          dangerous.test(one.value) ||
          (one.certainty === 'words' && /^[$`]/.test(one.value)),
      )
    ) {
      return isUnknown(`changes something about what it shows: ${call.tool}`);
    }
    const follows = call.args.some(
      one => endlessOptions.split(' ').includes(one.value) && one.value !== '',
    );
    return isLocal(
      because,
      follows ? { interactive: endless('goes on until it is stopped') } : {},
    );
  };
}

function sed(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'e expression f file l line-length',
    abbreviates: true,
  });
  const scripts = options.all('e', 'expression').map(one => one.value);
  const inPlace = options.given.some(
    one =>
      one.name === 'i' ||
      ('in-place'.startsWith(one.name) && one.name.length > 2),
  );
  const operands = [...options.operands, ...(options.rest ?? [])];
  if (scripts.length === 0 && !options.has('f', 'file'))
    scripts.push(operands.shift());
  for (const script of scripts)
    scene.interpretsAgain(script, 'a program of sed');
  if (
    options.unclear &&
    call.args.some(one => one.certainty === 'words' && /^[$`]/.test(one.value))
  ) {
    return isUnknown('what sed is told to do is not known from the text', {
      writes: [],
    });
  }
  if (options.has('f', 'file'))
    return isUnknown('runs a sed program from a file', { writes: [] });
  const text = scripts.map(one => one?.value ?? '').join('\n');
  if (sedRuns(text)) return isUnknown('a sed program that may start commands');
  const writes =
    /(?:^|[;{}\n]|\d|\/)\s*[wW]\s+(\S+)|\/[gpiIm0-9]*w\s+(\S+)/.exec(text);
  const verdicts: Verdict[] = [isLocal('edits its input')];
  if (writes)
    verdicts.push(
      writesTo(
        {
          value: writes[1] ?? writes[2],
          certainty: 'exact',
          start: -1,
          end: -1,
          spliced: false,
        },
        scene,
      ),
    );
  if (inPlace)
    verdicts.push(...operands.map(path => writesTo(path, scene, 'edits')));
  return combined(verdicts, 'edits its input');
}

function sedRuns(script: string): boolean {
  if (
    /(?:^|[;{}\n])\s*(?:\d+|\$|\/[^/\n]*\/)?(?:,(?:\d+|\$|\/[^/\n]*\/))?\s*!?\s*e(?:\s|$|;)/.test(
      script,
    )
  )
    return true;
  const substitute =
    /s(.)(?:(?!\1)[^\\]|\\.)*\1(?:(?!\1)[^\\]|\\.)*\1([a-zA-Z0-9]*)/g;
  for (const match of script.matchAll(substitute))
    if (match[2].includes('e')) return true;
  return false;
}

function awk(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'F v f field-separator assign file i include l load',
    stopsAtOperand: true,
  });
  if (options.has('f', 'file', 'i', 'include', 'l', 'load'))
    return isUnknown('runs an awk program from a file', { writes: [] });
  const program = options.operands[0] ?? options.rest?.[0];
  scene.interpretsAgain(program, 'a program of awk');
  if (!program || program.certainty === 'words')
    return isUnknown('what awk is told to do is not known from the text');
  const code = program.value.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (
    /\bsystem\s*\(|\|\s*getline|\|&|@load|@include/.test(code) ||
    /\bprintf?\b[^;}\n]*\|/.test(code)
  ) {
    return isUnknown('an awk program that starts commands');
  }
  if (
    /\bprintf?\b[^;}\n]*>/.test(code) &&
    !/\bprintf?\b[^;}\n]*\([^)]*>/.test(code)
  ) {
    const target = /\bprintf?\b[^;}\n]*>{1,2}\s*"([^"]*)"/.exec(program.value);
    return target
      ? writesTo({ ...program, value: target[1], certainty: 'exact' }, scene)
      : isUnknown('an awk program that writes files', { writes: [] });
  }
  return isLocal('edits its input');
}

function yq(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'o output-format p input-format I indent f from-file s split-exp',
    flags: '',
  } as { values: string });
  const operands = [...options.operands];
  if (
    /^(w|write|d|delete|m|merge|n|new)$/.test(operands[0]?.value ?? '') &&
    isOn(options, 'i', 'inplace')
  )
    operands.shift();
  if (isOn(options, 'i', 'inplace', 'in-place')) {
    return combined(
      operands.slice(1).map(path => writesTo(path, scene, 'edits')),
      'edits its input',
    );
  }
  return options.unclear &&
    call.args.some(one => one.certainty === 'words' && /^[$`]/.test(one.value))
    ? isUnknown('what yq is told to do is not known from the text', {
        writes: [],
      })
    : isLocal('reads YAML');
}

function pager(call: Call): Verdict {
  const file = !call.input;
  return isLocal(
    'shows a text page by page',
    file
      ? {
          interactive: needsTerminal(
            `\`${call.tool}\` shows a text page by page`,
          ),
        }
      : {},
  );
}

function tail(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'n lines c bytes s sleep-interval pid max-unchanged-stats',
    abbreviates: true,
  });
  const follows = isOn(options, 'f', 'F', 'follow', 'retry');
  const file = options.operands[0];
  return isLocal(
    file
      ? `shows the end of ${scene.show(file.value)}`
      : 'shows the end of its input',
    follows
      ? { interactive: endless('`tail -f` goes on until it is stopped') }
      : {},
  );
}

function screen(call: Call): Verdict {
  const options = parseOptions(call.args, { values: 'n p u d' });
  if (call.tool === 'top' && options.has('b') && options.has('n'))
    return isLocal('shows processes once');
  return isLocal('shows what runs', {
    interactive: needsTerminal(
      `\`${call.tool}\` fills the screen until it is left`,
    ),
  });
}

function netcat(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'w i p s x X q e c g G o O',
  });
  if (options.has('e', 'c', 'exec', 'sh-exec', 'lua-exec'))
    return isUnknown('starts a program for the network');
  if (isOn(options, 'z'))
    return {
      ...isLocal(`tries to connect to ${firstOperand(call, scene)}`),
      effect: 'read',
    };
  if (call.input)
    return isUnknown(`sends its input to ${firstOperand(call, scene)}`);
  if (isOn(options, 'l', 'listen'))
    return isUnknown('listens on a port', {
      interactive: endless('listens until it is stopped'),
    });
  return {
    ...isLocal(`connects to ${firstOperand(call, scene)}`),
    effect: 'read',
    interactive: needsTerminal('`nc` waits for what a person types'),
  };
}

function openssl(call: Call, scene: Scene): Verdict {
  const [verb, ...args] = call.args;
  if (!verb)
    return isLocal('shows the help of openssl', {
      interactive: needsTerminal('`openssl` waits for commands'),
    });
  if (
    /^(s_client|x509|verify|version|dgst|crl|ocsp|asn1parse|ciphers|rand|base64|enc|req|rsa|ec|pkey|pkcs12|genrsa|passwd|sha256|md5|list|help|speed|prime|errstr|s_time|pkcs8|dhparam|ecparam|genpkey)$/.test(
      verb.value,
    ) &&
    verb.certainty === 'exact'
  ) {
    const output = args.findIndex(
      one => one.value === '-out' || one.value === '-keyout',
    );
    if (args.some(one => /^-(engine|provider-path)$/.test(one.value)))
      return isUnknown('loads a program');
    if (output >= 0 && args[output + 1])
      return writesTo(args[output + 1], scene);
    const base = isLocal(`looks with openssl ${verb.value}`);
    if (!/^(s_client|ocsp|s_time)$/.test(verb.value)) return base;
    return {
      ...base,
      effect: 'read',
      ...(call.input
        ? {}
        : {
            interactive: needsTerminal(
              '`openssl s_client` waits for what a person types',
            ),
          }),
    };
  }
  return isUnknown('what openssl is told to do is not known', { writes: [] });
}

function ip(call: Call): Verdict {
  const words = parseOptions(call.args, {
    values: 'n netns f family',
  }).operands.map(one => one.value);
  if (call.args.some(one => one.certainty === 'words'))
    return isUnknown('what ip is told to do is not known');
  const verb = words[1] ?? 'show';
  if (words[0] === 'netns' && verb === 'exec')
    return isUnknown('starts a command in another network');
  if (call.args.some(one => /^-(b|batch|n|netns|force)$/.test(one.value)))
    return isUnknown('what ip is told to do is not known');
  return /^(s|sh|sho|show|l|ls|list|lst|get|monitor)$/.test(verb)
    ? isLocal('shows the network')
    : isUnknown(`changes the network: ip ${words.join(' ')}`);
}
