import { TRUSTED_TO_NAME } from '../tameSubstitution';
import { completes, readsLines } from './callbacks';
import type { Call, Scene, ToolRule } from './scene';
import { asks, needsTerminal } from './interactive';
import { parseOptions } from './options';
import { isPlainSet } from '../plainSet';
import { steersCommands } from './wrappers/settings';
import { changesFiles, isLocal, isUnknown } from './verdict';

const QUIET =
  ': set_ unset local return exit break continue shift wait jobs_ fg_ bg disown getopts umask times type let shopt_ ' +
  'hash_ history dirs popd ulimit logout caller compopt bind_ help suspend_ [[ ]]';

/** Options of `shopt` under which words stay what they are: not `expand_aliases`. */
const PLAIN_SHOPT =
  /^(?:-[pqsu]+|nullglob|failglob|dotglob|globstar|extglob|nocaseglob|nocasematch|inherit_errexit|lastpipe|checkwinsize|histappend|cmdhist|login_shell|globasciiranges)$/;

/** Builtins of the shell that touch nothing but the shell. */
export const builtins: Record<string, ToolRule> = {
  ...Object.fromEntries(
    QUIET.split(' ')
      .filter(name => !name.endsWith('_'))
      .map(
        name =>
          [name, () => isLocal(`only concerns the shell (${name})`)] as const,
      ),
  ),
  export: declares,
  declare: declares,
  typeset: declares,
  readonly: declares,
  compgen: completes,
  complete: completes,
  mapfile: readsLines,
  readarray: readsLines,
  cd: (call, scene) =>
    isLocal(
      `goes to ${
        call.args[0] ? scene.show(call.args[0].value) : 'the home folder'
      }`,
    ),
  pushd: (call, scene) =>
    isLocal(
      `goes to ${
        call.args[0] ? scene.show(call.args[0].value) : 'another folder'
      }`,
    ),
  jobs: call =>
    call.args.every(
      one =>
        one.certainty === 'exact' && /^(?:-[lnprs]+|%\w+)$/.test(one.value),
    )
      ? isLocal('only concerns the shell (jobs)')
      : isUnknown('starts a command with the numbers of jobs in it'),
  fg: () => isLocal('brings a job to the front'),
  alias: call =>
    call.args.some(
      ({ value }) =>
        value.includes('=') && TRUSTED_TO_NAME.has(value.split('=')[0]),
    )
      ? isUnknown(
          'gives a command whose answers are taken for names another meaning',
        )
      : isLocal('gives a command another name'),
  set: call =>
    isPlainSet(call.args)
      ? isLocal('only concerns the shell (set)')
      : isUnknown('sets an option that changes how later words are read'),
  shopt: call =>
    call.args.every(
      one => one.certainty === 'exact' && PLAIN_SHOPT.test(one.value),
    )
      ? isLocal('only concerns the shell (shopt)')
      : isUnknown('sets an option that changes how later words are read'),
  unalias: () => isLocal('takes the other name of a command away'),
  enable: () => isUnknown('changes what commands mean'),
  hash: call =>
    call.args.some(one => /^-[a-z]*p/.test(one.value))
      ? isUnknown('changes what commands mean')
      : isLocal('only concerns the shell'),
  read: call => {
    const options = parseOptions(call.args, { values: 'p t n N d u i a' });
    return isLocal(
      'reads a value',
      call.input || options.has('u')
        ? {}
        : { interactive: asks('`read` waits for what a person types') },
    );
  },
  select: () =>
    isLocal('asks for a choice', {
      interactive: asks('`select` asks for a choice'),
    }),
  mktemp: () => changesFiles('makes a temporary file'),
  open: opens,
  'xdg-open': opens,
  start: opens,
  wslview: opens,
  sensible_browser: opens,
};

function declares(call: Call, scene: Scene) {
  for (const { value } of call.args) {
    const setting = /^([A-Za-z_]\w*)\+?=([\s\S]*)$/.exec(value);
    if (setting && steersCommands(setting[1], setting[2])) {
      return isUnknown(
        `sets ${setting[1]}, which changes what later commands do`,
      );
    }
  }
  const names = call.args
    .filter(one => !one.value.startsWith('-'))
    .map(one => scene.show(one.value).split('=')[0]);
  return isLocal(`sets ${names.join(', ') || 'variables'}`);
}

function opens(call: Call, scene: Scene) {
  const what = call.args.find(one => !one.value.startsWith('-'));
  if (!what)
    return isUnknown(
      `what "${call.tool}" does without an argument is not known`,
    );
  return isLocal(`opens ${scene.show(what.value)} on your own machine`, {
    interactive: needsTerminal('opens a page or a program on your own machine'),
  });
}
