import type { StepVerdict } from '../plan/model';
import { boundNames, type BoundName } from '../shell/boundNames';
import { CLIENT_VARIABLES } from '../shell/effects/kubectl/clientSettings';
import { steersCommands } from '../shell/effects/wrappers/settings';
import { steeringBecause } from '../shell/simpleCommand';

/** What decides which programs run and how: those that bash and the programs of a step have by these names. */
const STEERING = [
  ...CLIENT_VARIABLES,
  ...(
    'PATH HOME BASH_ENV BASH_CMDS BASH_ALIASES BASH_LOADABLES_PATH ENV EXECIGNORE CDPATH GLOBIGNORE PS4 ' +
    'PROMPT_COMMAND LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT GLIBC_TUNABLES NODE_OPTIONS PYTHONPATH PYTHONSTARTUP PYTHONHOME ' +
    'PERL5OPT PERL5LIB PERL5DB RUBYOPT GIT_SSH GIT_SSH_COMMAND GIT_PAGER GIT_EDITOR GIT_EXTERNAL_DIFF GIT_ASKPASS ' +
    'GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_COUNT GIT_PROXY_COMMAND GIT_EXEC_PATH GIT_DIR ' +
    'GIT_TEMPLATE_DIR PAGER MANPAGER EDITOR VISUAL KUBE_EDITOR KUBECTL_EXTERNAL_DIFF LESS LESSOPEN LESSCLOSE ' +
    'RSYNC_RSH TAR_OPTIONS GREP_OPTIONS CURL_HOME WGETRC AWS_PAGER JAVA_TOOL_OPTIONS _JAVA_OPTIONS ' +
    'MAKEFLAGS DOCKER_HOST'
  ).split(' '),
];

/** Values that planning lets a text give some of them. */
const PLAIN_VALUES = ['$PATH:', '$KUBECONFIG', '$HOME', 'cat', ''];

/**
 * The steering variables that the shell of a step may not change, so that what judging has missed fails and does not
 * run. Those that the text assigns are not among them, because the plan has judged what they become; nor are, where the
 * verdict leaves open what runs, those that it may bind in any way: they were allowed with it. Programs that the step
 * starts have variables of their own and are not bound.
 *
 * @public
 */
export function lockedVariables(
  text: string,
  verdict: Pick<StepVerdict, 'commands' | 'writes'>,
): string[] {
  const isOpen =
    verdict.commands.some(({ effect }) => effect === 'unknown') ||
    (verdict.writes.kind !== 'none' && verdict.writes.kind !== 'listed');
  const bound = boundNames(text);
  if (bound === 'anything')
    return isOpen ? [] : STEERING.filter(name => !mayBeAssigned(name));
  const free = new Set(
    bound.flatMap(one => (isOpen || isPlain(one) ? one.name : [])),
  );
  return STEERING.filter(name => !free.has(name));
}

/** It is assigned or taken away, in a way that planning lets every text do. */
function isPlain(one: BoundName): boolean {
  return (
    (one.how === 'assigned' || one.how === 'unset') &&
    steeringBecause([one]) === undefined
  );
}

/** A script that the text reads in may do so, and the plan has looked into it. */
function mayBeAssigned(name: string): boolean {
  return PLAIN_VALUES.some(value => !steersCommands(name, value));
}
