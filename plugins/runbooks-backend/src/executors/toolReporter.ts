import { INSIDE } from './sandboxScripts';
import { SYSTEM_TOOL_FOLDERS } from './stepEnvironment';

/** Programs that tell how they ended, wherever they stand. */
export const REPORTED_TOOLS = ['kubectl', 'helm'] as const;

/** A report is one write, which a FIFO keeps whole up to 4096 bytes. */
const MAX_WORDS_BYTES = 3_000;

/** Where the real ones are. */
const FOLDERS = [INSIDE.tools, ...SYSTEM_TOOL_FOLDERS].join(' ');

/**
 * What a step finds as kubectl and helm: it runs the real one, from the tools or the system whatever PATH is, and tells
 * of an exit code from 1 to 127, together with the words: `W1:kubectl<US>get<US>pods`. Whether that is a failure is
 * decided outside.
 *
 * Input, output, exit code and environment are those of the real program. Signals that can be caught are passed on as
 * SIGTERM, because a program in the background of a shell without job control hears no SIGINT. What ends after a signal
 * tells nothing. With `-p` bash takes no settings and functions from its environment.
 */
export const TOOL_REPORTER = `#!/bin/bash -p
name=\${0##*/}
folder=
for one in ${FOLDERS}; do
  [[ -z $folder && -f $one/$name && -x $one/$name ]] && folder=$one
done
[[ -n $folder ]] || { echo "$name: command not found" >&2; exit 127; }
stopped=
stop() { stopped=$1; kill -TERM "$child" 2>/dev/null; }
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM
{ trap - HUP INT TERM; exec "$folder/$name" "$@"; } <&0 &
child=$!
wait "$child"; code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
[[ -n $stopped ]] && exit "$stopped"
if (( code > 0 && code < 128 )); then
  LC_ALL=C
  printf -v words '\\x1f%s' "$@"
  (( $# )) || words=
  printf 'W%s:%s%s\\0' "$code" "$name" "\${words:0:${MAX_WORDS_BYTES}}" 2>/dev/null > ${INSIDE.report}
fi
exit "$code"
`;
