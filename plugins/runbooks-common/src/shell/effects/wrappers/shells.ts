import type { Argument } from '../../words';
import { needsTerminal } from '../interactive';
import { judgeByName } from '../development/scriptNames';
import { type Options, parseOptions } from '../options';
import type { Call, Input, Scene } from '../scene';
import { atLeast, isLocal, isUnknown, type Verdict } from '../verdict';

/** Letters with which a shell does no more than it says: it reads no file first, and takes nothing back. */
const PLAIN_LETTERS = /^[cenuxvsfBCHE]$/;
const PLAIN_SETTINGS: Record<string, RegExp> = {
  o: /^(?:errexit|nounset|pipefail|xtrace|verbose|noglob|noclobber|posix)$/,
  O: /^(?:extglob|globstar|nullglob|failglob|dotglob|inherit_errexit|lastpipe)$/,
};

/** The first option that is not known to be plain: `-i`, `-l` and `+n` among them. */
function oddOption(
  { given, unclear }: Options,
  words: readonly Argument[],
): string | undefined {
  const option = given.find(({ name, value }) =>
    Object.hasOwn(PLAIN_SETTINGS, name)
      ? value?.certainty !== 'exact' || !PLAIN_SETTINGS[name].test(value.value)
      : !PLAIN_LETTERS.test(name) && !/^(?:norc|noprofile)$/.test(name),
  );
  if (option) return option.argument.value;
  const [first] = words;
  return first && (/^\+/.test(first.value) || (unclear && words.length === 0))
    ? first.value
    : undefined;
}

/** A shell: interprets its `-c`, its input or a script. */
export function shell(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {
    values: 'o O rcfile init-file',
    stopsAtOperand: true,
  });
  const words = [...(options.rest ?? options.operands)];
  if (call.args.some((one, index) => one.certainty === 'words' && index === 0))
    return isUnknown(`what ${call.tool} runs is not known from the text`);
  if (options.has('rcfile', 'init-file'))
    return isUnknown(`${call.tool} reads another file first`);
  if (options.has('version'))
    return isLocal(`shows the version of ${call.tool}`);
  const odd = scene.where === 'here' ? oddOption(options, words) : undefined;
  if (odd === undefined && options.has('n'))
    return isLocal('checks the syntax of a script');
  // It ends the options, as `--` does: what stands behind it is the script.
  if (!options.rest && words[0]?.value === '-') words.shift();
  const judged = started(words, options, call, scene);
  return odd === undefined
    ? judged
    : atLeast(
        'unknown',
        judged,
        `what ${call.tool} does with "${odd}" is not known`,
      );
}

function started(
  words: readonly Argument[],
  options: Options,
  call: Call,
  scene: Scene,
): Verdict {
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
    !/^\/dev\/(stdin|fd\/0)$/.test(words[0].value)
  ) {
    return (
      scene.judgeFile?.(words[0], words.slice(1), scene, 'own') ??
      judgeByName('runs the script', words[0].value, words.slice(1), scene)
    );
  }
  return fromInput(call.input, call.tool, scene);
}

/** Text that is interpreted again: a part that is not known makes the whole unknown. */
export function interpreted(
  script: Argument,
  scene: Scene,
  call: Call,
): Verdict {
  if (script.certainty === 'words')
    return isUnknown(`what ${call.tool} runs is not known from the text`);
  const judged = scene.judgeText(script.value, scene, call.input);
  return script.spliced
    ? atLeast(
        'unknown',
        judged,
        `puts a value that is not known into the text that ${call.tool} runs`,
      )
    : judged;
}

/** What a shell reads from its input. */
export function fromInput(
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

/** `eval`. */
export function evaluate(call: Call, scene: Scene): Verdict {
  if (call.args.length === 0) return isLocal('eval is given nothing');
  for (const argument of call.args) scene.interpretsAgain(argument, 'eval');
  if (call.args.some(one => one.certainty === 'words' || one.spliced)) {
    return isUnknown('eval runs text that is not known');
  }
  return scene.judgeText(call.args.map(one => one.value).join(' '), scene);
}

/** Files of the machine that only give variables a value. */
const OF_MACHINE = /^\/etc\/(?:profile|bashrc|os-release|environment)$/;
/** What every shell of a person reads, and what a language brings to choose its version: a step brings its own. */
const OWN_SETTINGS =
  /^(?:(?:~|\$HOME|\$\{HOME\})\/\.(?:bashrc|bash_profile|profile|zshrc|zprofile|bash_aliases|cargo\/env|nvm\/nvm\.sh|asdf\/asdf\.sh)|(?:[\w.~/-]*\/)?\.?(?:venv|virtualenv|env)\/bin\/activate|\$\{?NVM_DIR\}?\/nvm\.sh)$/;

/** `source` and `.`. */
export function source(call: Call, scene: Scene): Verdict {
  const file = call.args[0];
  if (
    file &&
    /^<\((kubectl|helm|oc|flux|argocd|istioctl|minikube|kind|eksctl|stern|velero|gh) completion( -s)? (?:bash|zsh)\)$/.test(
      file.value,
    )
  ) {
    return isLocal('loads shell completion');
  }
  const isPlain =
    file &&
    (OF_MACHINE.test(file.value) ||
      (scene.where === 'there' && OWN_SETTINGS.test(file.value)));
  if (isPlain)
    return isLocal(`loads settings of this shell (${scene.show(file.value)})`);
  const judged =
    file && scene.judgeFile?.(file, call.args.slice(1), scene, 'this');
  return (
    judged ??
    isUnknown(
      `runs the text of ${
        file ? scene.show(file.value) : 'a file'
      } in this shell`,
    )
  );
}

/** `trap`. */
export function trap(call: Call, scene: Scene): Verdict {
  const options = parseOptions(call.args, {});
  const [action, ...signals] = [...options.operands, ...(options.rest ?? [])];
  const isReset = action?.certainty === 'exact' && /^-?$/.test(action.value);
  if (!action || isReset || signals.length === 0)
    return isLocal('shows or resets what is done at the end');
  scene.interpretsAgain(action, 'trap');
  if (action.certainty === 'words' || action.spliced)
    return isUnknown('what is done at the end is not known from the text');
  const judged = scene.judgeText(action.value, scene);
  return { ...judged, because: `at the end: ${judged.because}` };
}
