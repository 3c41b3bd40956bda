import { programOf } from '../plan/judge/kubectlWords';
import type { SeenCall } from '../shell/judgeCall';
import type { Argument } from '../shell/words';

/** Programs that change nothing but files of the workspace, of which a preview has a copy. */
const FILTERS = words(
  'echo printf cat tac grep egrep fgrep jq gojq yq sed awk gawk mawk head tail sort uniq cut tr wc tee column paste ' +
    'join comm nl rev fold fmt expand unexpand seq basename dirname realpath readlink diff cmp base64 base32 md5sum ' +
    'sha1sum sha256sum sha512sum cksum xxd od hexdump envsubst date cal numfmt expr bc test [ [[ true false : ' +
    'cp mv mkdir rmdir rm touch mktemp ls find stat file which',
);

/** Of bash, for itself alone. */
const OF_BASH = words(
  'cd pwd pushd popd dirs read mapfile readarray export declare typeset local readonly set unset shopt shift return ' +
    'exit break continue let type hash getopts umask times wait',
);

/** They start others, which are seen as calls of their own. */
const STARTERS = words('xargs timeout gtimeout time env command builtin nice');

const SHELL = /^(?:ba|da|z|k|a)?sh$/;

/** Whether a call does nothing but print, filter, and keep files: an allow list. */
export function isPlainProgram(call: SeenCall): boolean {
  const program = programOf(call);
  // Its text is seen as calls of its own.
  if (SHELL.test(program)) return takesText(call.args.slice(1));
  return FILTERS.has(program) || OF_BASH.has(program) || STARTERS.has(program);
}

//   bash -eu -o pipefail -c 'kubectl get pods'
//                        ^
function takesText(args: readonly Argument[]): boolean {
  for (let at = 0; at < args.length; at += 1) {
    const { value } = args[at];
    if (!/^[-+]/.test(value)) return false;
    if (/^-[a-zA-Z]*c$/.test(value)) return true;
    if (/^[-+][a-zA-Z]*[oO]$/.test(value)) at += 1;
  }
  return false;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
