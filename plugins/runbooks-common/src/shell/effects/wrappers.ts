import type { Argument } from '../words';
import { asks, endless, needsTerminal } from './interactive';
import { parseOptions } from './options';
import {
  type Call,
  type Input,
  type Scene,
  sceneThere,
  type ToolRule,
} from './scene';
import { atLeast, isLocal, isUnknown, reads, type Verdict } from './verdict';

/** Runs the rest of its arguments as a command. */
function prefix(values: string, does = ''): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values, stopsAtOperand: true });
    return inner(call, options.rest ?? options.operands, scene, does);
  };
}

function inner(
  call: Call,
  words: readonly Argument[],
  scene: Scene,
  does = '',
): Verdict {
  if (words.length === 0) return isLocal(`${call.tool} is given no command`);
  const judged = scene.judgeCommand(words, scene, call.input, call.piped);
  return does === ''
    ? judged
    : { ...judged, because: `${does}${judged.because}` };
}

const DANGEROUS_SETTING =
  /^(PATH|LD_.*|BASH_ENV|ENV|IFS|PS4|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|NODE_OPTIONS|PYTHON(STARTUP|PATH|HOME)|PERL5?(OPT|LIB|DB)|RUBYOPT|GIT_(SSH|SSH_COMMAND|PAGER|EDITOR|EXTERNAL_DIFF|ASKPASS|CONFIG.*|PROXY_COMMAND|EXEC_PATH|DIR|TEMPLATE_DIR)|PAGER|MANPAGER|EDITOR|VISUAL|KUBE_EDITOR|KUBECTL_EXTERNAL_DIFF|LESSOPEN|LESSCLOSE|.*_PAGER|HELM_PLUGINS|RSYNC_RSH|TAR_OPTIONS|GREP_OPTIONS|LESS|CURL_HOME|WGETRC|AWS_PAGER|DYLD_.*|GLIBC_TUNABLES|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAKEFLAGS|KUBECTL_.*|DOCKER_HOST|XARGS|TF_CLI_ARGS.*)$/;

/** Whether giving a variable a value changes what other commands do. */
export function steersCommands(
  name: string,
  value: string | undefined,
): boolean {
  if (!DANGEROUS_SETTING.test(name)) return false;
  if (
    /^(EDITOR|VISUAL|KUBE_EDITOR|PAGER|GIT_PAGER|AWS_PAGER|MANPAGER|GIT_EDITOR)$/.test(
      name,
    )
  ) {
    return (
      value === undefined ||
      !/^(cat|less|more|vim?|nano|emacs|code( --wait)?|true|:|)$/.test(value)
    );
  }
  if (name === 'IFS') return false;
  if (name === 'PATH')
    return value === undefined || !/^(\$PATH|\$\{PATH\}):/.test(value);
  return true;
}

function sudo(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'u user g group h host p prompt C close-from D chdir R chroot T command-timeout r role t type U other-user',
    stopsAtOperand: true,
  });
  const words = withoutSettings(options.rest ?? options.operands);
  if (options.has('e', 'edit'))
    return isUnknown('edits a file as another user', {
      interactive: needsTerminal('opens an editor'),
    });
  if (words.steered)
    return isUnknown(
      `sets ${words.steered} for the command, which may make it another one`,
    );
  if (words.rest.length === 0) {
    if (options.has('i', 's', 'login', 'shell'))
      return isUnknown('opens a shell of another user', {
        interactive: needsTerminal('opens a shell'),
      });
    return isLocal('asks what one may do as another user');
  }
  const judged = options.has('i', 's', 'login', 'shell')
    ? scene.judgeText(words.rest.map(one => one.value).join(' '), scene)
    : scene.judgeCommand(words.rest, scene, call.input, call.piped);
  if (options.has('S', 'stdin'))
    return {
      ...judged,
      interactive: judged.interactive ?? asks('`sudo -S` reads a password'),
    };
  return judged;
}

function env(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'u unset C chdir',
    stopsAtOperand: true,
  });
  if (options.has('S', 'split-string'))
    return isUnknown('env takes a command apart by itself');
  const words = withoutSettings(options.rest ?? options.operands);
  if (words.steered)
    return isUnknown(
      `sets ${words.steered} for the command, which may make it another one`,
    );
  if (words.rest.length === 0)
    return reads('prints the environment', {
      effect: 'local',
    } as Partial<Verdict>);
  return scene.judgeCommand(words.rest, scene, call.input, call.piped);
}

function withoutSettings(words: readonly Argument[]): {
  rest: readonly Argument[];
  steered?: string;
} {
  let index = 0;
  let steered: string | undefined;
  for (; index < words.length; index += 1) {
    const setting = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(words[index].value);
    if (!setting) break;
    if (steersCommands(setting[1], setting[2])) steered = setting[1];
  }
  return { rest: words.slice(index), steered };
}

/** A shell: interprets its `-c`, its input or a script. */
function shell(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'o O rcfile init-file',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  if (call.args.some((one, index) => one.certainty === 'words' && index === 0))
    return isUnknown(`what ${call.tool} runs is not known from the text`);
  if (options.has('rcfile', 'init-file'))
    return isUnknown(`${call.tool} reads another file first`);
  if (options.has('version'))
    return isLocal(`shows the version of ${call.tool}`);
  if (options.has('n')) return isLocal('checks the syntax of a script');
  if (options.has('c')) {
    const script = words[0];
    if (!script)
      return isUnknown(`what ${call.tool} runs is not known from the text`);
    scene.interpretsAgain(script, `${call.tool} -c`);
    return interpreted(script, scene, call);
  }
  if (
    words.length > 0 &&
    !options.has('s') &&
    words[0].value !== '-' &&
    !/^\/dev\/(stdin|fd\/0)$/.test(words[0].value)
  ) {
    return isUnknown(`runs the script ${scene.show(words[0].value)}`);
  }
  return fromInput(call.input, call.tool, scene);
}

/** Text that is interpreted again: a part that is not known makes the whole unknown. */
function interpreted(script: Argument, scene: Scene, call: Call): Verdict {
  if (script.certainty === 'words')
    return isUnknown(`what ${call.tool} runs is not known from the text`);
  const judged = scene.judgeText(script.value, scene);
  return script.spliced
    ? atLeast(
        'unknown',
        judged,
        `puts a value that is not known into the text that ${call.tool} runs`,
      )
    : judged;
}

function fromInput(
  input: Input | undefined,
  tool: string,
  scene: Scene,
): Verdict {
  if (!input)
    return isUnknown(`opens ${tool}`, {
      interactive: needsTerminal(`\`${tool}\` waits for what a person types`),
    });
  if (input.kind !== 'text') {
    return isUnknown(
      input.kind === 'command'
        ? `${tool} runs what ${input.says} prints`
        : `${tool} runs ${scene.show(input.path.value)}`,
    );
  }
  scene.interpretsAgain(input.argument, `${tool} runs its input`);
  const judged = scene.judgeText(input.text, scene);
  return input.exact
    ? judged
    : atLeast('unknown', judged, `${tool} runs text that is not wholly known`);
}

function evaluate(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0) return isLocal('eval is given nothing');
  for (const argument of call.args) scene.interpretsAgain(argument, 'eval');
  if (call.args.some(one => one.certainty === 'words' || one.spliced)) {
    return isUnknown('eval runs text that is not known');
  }
  return scene.judgeText(call.args.map(one => one.value).join(' '), scene);
}

function ssh(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'b c D E e F I i J L l m O o p Q R S W w B P',
    stopsAtOperand: true,
  });
  const [host, ...words] =
    options.rest && options.operands.length === 0
      ? options.rest
      : options.operands;
  if (
    options
      .all('o')
      .some(one =>
        /proxycommand|localcommand|permitlocal/i.test(one.value?.value ?? ''),
      )
  ) {
    return isUnknown('ssh starts another program');
  }
  if (!host) return isLocal('shows the help of ssh');
  if (host.certainty === 'words')
    return isUnknown('what ssh is told to do is not known from the text');
  const says = scene.show(host.value);
  const there = sceneThere(scene, `on ${says}`);
  if (options.has('N'))
    return isUnknown(`opens a tunnel to ${says}`, {
      interactive: endless('the tunnel stays open until it is stopped'),
    });
  const command = words[0]?.value === '--' ? words.slice(1) : words;
  if (command.length === 0) {
    if (call.input?.kind === 'text') {
      const judged = onHost(fromInput(call.input, 'ssh', there), says);
      return judged;
    }
    return isUnknown(`opens a shell on ${says}`, {
      interactive: call.input
        ? undefined
        : needsTerminal('`ssh` without a command opens a shell'),
    });
  }
  for (const argument of command)
    scene.interpretsAgain(argument, `ssh to ${says}`);
  if (command.some(one => one.certainty === 'words'))
    return isUnknown(`what runs on ${says} is not known from the text`);
  const text = command.map(one => one.value).join(' ');
  const judged = there.judgeText(text, { ...there });
  const spliced = command.some(one => one.spliced)
    ? atLeast(
        'unknown',
        judged,
        `puts a value that is not known into what runs on ${says}`,
      )
    : judged;
  return onHost(spliced, says);
}

function onHost(judged: Verdict, host: string): Verdict {
  return {
    ...judged,
    because: `on ${host}: ${judged.because}`,
    changesFiles: undefined,
  };
}

function xargs(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'I i d delimiter E L l n max-args P max-procs s max-chars a arg-file replace process-slot-var',
    stopsAtOperand: true,
  });
  const words =
    options.rest && options.operands.length === 0
      ? options.rest
      : options.operands;
  if (words.length === 0) return isLocal('prints its input');
  const replaced =
    options.value('I', 'replace')?.value ??
    (options.has('i', 'replace') ? '{}' : undefined);
  const unknownWord: Argument = {
    value: '$INPUT',
    certainty: 'words',
    start: -1,
    end: -1,
    spliced: true,
  };
  const filled = words.map(one => {
    if (replaced && one.value.includes(replaced)) {
      return {
        ...one,
        value: one.value.split(replaced).join('$INPUT'),
        certainty: one.value === replaced ? ('value' as const) : one.certainty,
        spliced: true,
        alternatives: undefined,
      };
    }
    return one;
  });
  const all = replaced ? filled : [...filled, unknownWord];
  const judged = scene.judgeCommand(all, scene, undefined, call.piped);
  return { ...judged, because: `for each of its input: ${judged.because}` };
}

function parallel(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values:
      'j jobs P max-procs I a arg-file n max-args N delay timeout retries',
    stopsAtOperand: true,
  });
  const words = options.operands.slice(0, separator(options.operands));
  if (words.length === 0)
    return isUnknown('runs what it is given, several at a time');
  for (const word of words) scene.interpretsAgain(word, 'parallel');
  const judged = scene.judgeText(
    words.map(one => one.value.split('{}').join('$INPUT')).join(' '),
    scene,
  );
  return atLeast(
    'read',
    { ...judged, because: `for each of its input: ${judged.because}` },
    judged.because,
  );
}

function separator(words: readonly Argument[]): number {
  const at = words.findIndex(one => /^:::/.test(one.value));
  return at < 0 ? words.length : at;
}

function watch(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'n interval q equexit',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  const literally = options.has('x', 'exec');
  for (const word of words)
    if (!literally) scene.interpretsAgain(word, 'watch');
  if (words.length === 0) return isLocal('watch is given no command');
  const text = words.map(one => one.value).join(' ');
  const whole = literally
    ? scene.judgeCommand(words, scene)
    : scene.judgeText(text, scene);
  const isKnown =
    literally || !words.some(one => one.certainty === 'words' || one.spliced);
  const judged = isKnown
    ? whole
    : atLeast('unknown', whole, 'watch runs text that is not wholly known');
  return {
    ...judged,
    because: `again and again: ${judged.because}`,
    interactive: watchRemedy(call, words),
  };
}

function watchRemedy(call: Call, words: readonly Argument[]) {
  const because = '`watch` repeats a command until it is stopped';
  const first = words[0];
  if (!call.at || first.start < 0) return endless(because);
  const single =
    words.length === 1 &&
    /^'[^']*'$|^"[^"$`\\]*"$/.test(`${first.value}`) === false;
  if (words.length > 1) {
    return {
      kind: 'endless' as const,
      because,
      remedy: {
        edits: [{ start: call.at.start, end: first.start, text: '' }],
        says: 'runs the command once',
      },
    };
  }
  if (single && !/["'\\$`]/.test(first.value)) {
    return {
      kind: 'endless' as const,
      because,
      remedy: {
        edits: [
          { start: call.at.start, end: first.start, text: '' },
          ...(first.end - first.start === first.value.length + 2
            ? [
                { start: first.start, end: first.start + 1, text: '' },
                { start: first.end - 1, end: first.end, text: '' },
              ]
            : []),
        ],
        says: 'runs the command once',
      },
    };
  }
  return endless(because);
}

function timed(values: string): ToolRule {
  return (call, scene) => {
    const options = parseOptions(call.args, { values, stopsAtOperand: true });
    const words = options.rest ?? options.operands;
    const judged = inner(call, words.slice(1), scene);
    const bounded =
      judged.interactive?.kind === 'endless' && judged.interactive.remedy;
    return bounded ? { ...judged, interactive: undefined } : judged;
  };
}

function su(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'c command s shell g group G supp-group w whitelist-environment',
  });
  const command = options.value('c', 'command');
  if (!command) {
    return call.input
      ? fromInput(call.input, 'su', scene)
      : isUnknown('becomes another user', {
          interactive: needsTerminal('`su` opens a shell'),
        });
  }
  scene.interpretsAgain(command, 'su -c');
  return interpreted(command, scene, call);
}

function chroot(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'userspec groups',
    stopsAtOperand: true,
  });
  const words = (options.rest ?? options.operands).slice(1);
  const there =
    scene.where === 'there' ? scene : sceneThere(scene, 'in another root');
  if (words.length === 0)
    return isUnknown('opens a shell in another root', {
      interactive: needsTerminal('opens a shell'),
    });
  return {
    ...scene.judgeCommand(words, there, call.input),
    changesFiles: undefined,
  };
}

function nsenter(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 't target S setuid G setgid',
    stopsAtOperand: true,
  });
  const words = options.rest ?? options.operands;
  if (words.length === 0)
    return isUnknown('opens a shell on the host', {
      interactive: needsTerminal('opens a shell'),
    });
  return {
    ...scene.judgeCommand(words, sceneThere(scene, 'on the host'), call.input),
    changesFiles: undefined,
  };
}

function source(call: Call, scene: Scene): Verdict {
  const file = call.args[0];
  if (
    file &&
    /^<\((kubectl|helm|oc|flux|argocd|istioctl|minikube|kind|eksctl|stern|velero|gh) completion/.test(
      file.value,
    )
  ) {
    return isLocal('loads shell completion');
  }
  return isUnknown(
    `runs the text of ${
      file ? scene.show(file.value) : 'a file'
    } in this shell`,
  );
}

function trap(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {});
  const action = options.operands[0] ?? options.rest?.[0];
  if (!action || options.operands.length < 2)
    return isLocal('shows or resets what is done at the end');
  scene.interpretsAgain(action, 'trap');
  if (action.certainty === 'words' || action.spliced)
    return isUnknown('what is done at the end is not known from the text');
  const judged = scene.judgeText(action.value, scene);
  return { ...judged, because: `at the end: ${judged.because}` };
}

function runCommand(call: Call, scene: Scene): Verdict {
  if (/^-[vV]/.test(call.args[0]?.value ?? ''))
    return isLocal('looks whether a command exists');
  return prefix('')(call, scene);
}

function doas(call: Call, scene: Scene): Verdict {
  return prefix('u C')(call, scene);
}

function execute(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0) return isLocal('changes where output goes');
  return prefix('a')(call, scene);
}

function repeat(values: string): ToolRule {
  return prefix(values);
}

/** Commands that run other commands. */
export const wrappers: Record<string, ToolRule> = {
  sudo,
  doas,
  env,
  time: (call, scene) =>
    /^-[a-z]*[oa]|^--(?:output|append)/.test(call.args[0]?.value ?? '')
      ? isUnknown('measures a command and writes a file')
      : prefix('f format')(call, scene),
  nohup: prefix(''),
  nice: prefix('n adjustment'),
  ionice: prefix('c class n classdata p pid'),
  chrt: repeat('p T P D'),
  taskset: timed('c p'),
  stdbuf: prefix('i input o output e error'),
  setsid: prefix(''),
  unbuffer: prefix(''),
  chronic: prefix(''),
  builtin: prefix(''),
  command: runCommand,
  exec: execute,
  coproc: prefix(''),
  timeout: timed('k kill-after s signal'),
  gtimeout: timed('k kill-after s signal'),
  flock: (call, scene) => {
    const options = parseOptions(call.args, {
      values: 'w wait timeout E conflict-exit-code c command',
      stopsAtOperand: true,
    });
    const text = options.value('c', 'command') ?? undefined;
    const words = options.operands.slice(1);
    if (text || words[0]?.value === '-c')
      return isUnknown('runs a command under a lock');
    return inner(call, words, scene);
  },
  xargs,
  parallel,
  watch,
  bash: shell,
  sh: shell,
  zsh: shell,
  dash: shell,
  ksh: shell,
  ash: shell,
  fish: shell,
  rbash: shell,
  eval: evaluate,
  source,
  '.': source,
  trap,
  ssh,
  autossh: ssh,
  mosh: (call, scene) =>
    isUnknown(
      `opens a shell on ${
        call.args[0] ? scene.show(call.args[0].value) : 'a host'
      }`,
      { interactive: needsTerminal('`mosh` opens a shell') },
    ),
  su,
  runuser: su,
  chroot,
  nsenter,
  unshare: () => isUnknown('runs a command apart from the rest'),
  script: () =>
    isUnknown('records a terminal', {
      interactive: needsTerminal('`script` opens a shell'),
    }),
  screen: () =>
    isUnknown('opens a terminal that stays', {
      interactive: needsTerminal('`screen` opens a terminal'),
    }),
  tmux: () =>
    isUnknown('opens a terminal that stays', {
      interactive: needsTerminal('`tmux` opens a terminal'),
    }),
  busybox: (call, scene) => inner(call, call.args, scene),
  toybox: (call, scene) => inner(call, call.args, scene),
  'aws-vault': (call, scene) => {
    const options = parseOptions(call.args, {
      values: 'd duration region prompt',
      stopsAtOperand: true,
    });
    return options.operands[0]?.value === 'exec' && options.operands.length > 2
      ? inner(
          call,
          options.operands
            .slice(2)
            .filter((one, index) => !(index === 0 && one.value === '--')),
          scene,
        )
      : isUnknown('what aws-vault is told to do is not known');
  },
};
