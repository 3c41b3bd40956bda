import { programOf } from '../plan/judge/kubectlWords';
import type { SeenCall } from '../shell/judgeCall';

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
  if (SHELL.test(program)) {
    // The text is seen as calls of its own.
    return call.args.some(({ value }) => /^-[a-z]*c$/.test(value));
  }
  return FILTERS.has(program) || OF_BASH.has(program) || STARTERS.has(program);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
