import { GATEWAY_PORT } from '@backstage-runbooks/plugin-runbooks-common';
import { INSIDE } from './sandboxScripts';
import { CONSTANTS, SYSTEM_TOOL_FOLDERS } from './stepEnvironment';

/** A report is one write, which a FIFO keeps whole up to 4096 bytes. */
const MAX_WORDS_BYTES = 3_000;

/** Where the real ones are. */
const FOLDERS = [INSIDE.tools, ...SYSTEM_TOOL_FOLDERS].join(' ');

/** Names that files of settings are given by, each for the kubeconfig of the step. */
const OWN_KUBECONFIG = `${INSIDE.kubeconfig} | ${INSIDE.home}/.kube/config`;

/**
 * The lines that the kubeconfig of a step may have: its API server, namespaces and names. Nothing in it starts a
 * program, says who somebody is or leads elsewhere.
 */
const KUBECONFIG_LINES = [
  '',
  'apiVersion: v1',
  'kind: Config',
  'preferences: [{][}]',
  '(clusters|contexts|users):( null| \\[\\])?',
  '- (cluster|context):',
  '    server: http://127\\.0\\.0\\.1:${GATEWAY_PORT}',
  '(    (cluster|namespace|user)|- name|  name|current-context): "?[A-Za-z0-9._:/@-]*"?',
  '  user: [{][}]',
]
  .join('|')
  .replace('${GATEWAY_PORT}', `${GATEWAY_PORT}`);

/** Options without a value that stand in front of `--`; behind any other one, `--` may be its value. */
const PLAIN_SWITCHES =
  '-i | -t | -it | -ti | -q | --stdin | --tty | --quiet | --rm | --attach | --wait | --all';

/** Settings of kubectl and helm that start nothing which the step's plan has not judged. */
const LET_THROUGH =
  'KUBECTL_EXTERNAL_DIFF | KUBE_EDITOR | HELM_NAMESPACE | HELM_DEBUG | HELM_MAX_HISTORY';

/**
 * What a step finds as kubectl and helm: it runs the real one, from the tools or the system whatever PATH is, and tells
 * of an exit code from 1 to 127, together with the words: `W1:kubectl<US>get<US>pods`. Whether that is a failure is
 * decided outside.
 *
 * They take their settings from the executor alone, because a kubeconfig, a kuberc or a plugin of the workspace may
 * start any program: the kubeconfig is the one of the step, or what `kubectl config` made of it, with nothing in it but
 * namespaces; plugins are those that are installed where steps run; variables that are theirs are gone but for a few,
 * and so is kuberc. Other files named by an option are refused: wherever that may be an option, since to kubectl the
 * word behind an option that takes a value is that value, `--` and `-n` among them.
 *
 * What `kubectl config` writes is a file that the step can write too. All other calls get a copy of what was looked at:
 * a file without a name, which only its descriptor leads to and which nobody may open for writing.
 *
 * Input, output, exit code and all other variables are those of the real program. Signals that can be caught are passed
 * on as SIGTERM, because a program in the background of a shell without job control hears no SIGINT. What ends after a
 * signal tells nothing. With `-p` bash takes no settings and functions from its environment.
 */
export const TOOL_REPORTER = `#!/bin/bash -p
name=\${0##*/}
folder=
for one in ${FOLDERS}; do
  [[ -z $folder && -f $one/$name && -x $one/$name ]] && folder=$one
done
[[ -n $folder ]] || { echo "$name: command not found" >&2; exit 127; }
tell() {
  (( $1 > 0 && $1 < 128 )) || return 0
  local LC_ALL=C code=$1 words=
  shift
  (( $# )) && printf -v words '\\x1f%s' "$@"
  printf 'W%s:%s%s\\0' "$code" "$name" "\${words:0:${MAX_WORDS_BYTES}}" 2>/dev/null > ${INSIDE.report}
}
refuse() {
  echo "$name: a step takes no settings but its own: $1" >&2
  tell 1 "\${words[@]}"
  exit 1
}
export PATH=${CONSTANTS.PATH} HOME=${CONSTANTS.HOME}
words=("$@")
args=()
verb=
value=
for (( at = 0; at < $#; at += 1 )); do
  word=\${words[at]}
  case $word in
    --)
      case \${args[@]: -1} in
        --*=* | ${PLAIN_SWITCHES}) break ;;
        -*) args+=("$word"); continue ;;
      esac
      break ;;
    --kubeconfig) at=$(( at + 1 )) file=\${words[at]-} ;;
    --kubeconfig=*) file=\${word#*=} ;;
    --kuberc | --kuberc=*) refuse "$word" ;;
    *)
      args+=("$word")
      case $word in
        -n | --namespace | --context) value=1 ;;
        *)
          [[ -n $verb || -n $value || $word == --*=* ]] || verb=$word
          value= ;;
      esac
      continue ;;
  esac
  case $file in ${OWN_KUBECONFIG}) ;; *) refuse "--kubeconfig $file" ;; esac
done
args+=("\${words[@]:at}")
settings=${INSIDE.kubeconfig}
case $name:$verb in
  helm:*) ;;
  *:config | oc:project)
    if [[ ! -e ${INSIDE.contexts} ]]; then
      cat "$settings" > ${INSIDE.contexts}.$$
      ln ${INSIDE.contexts}.$$ ${INSIDE.contexts}
      rm ${INSIDE.contexts}.$$
    fi 2>/dev/null
    settings=${INSIDE.contexts} ;;
esac
allowed='^(${KUBECONFIG_LINES})$'
if [[ -e ${INSIDE.contexts} ]]; then
  text=$(< ${INSIDE.contexts})
  while IFS= read -r line; do
    [[ $line =~ $allowed ]] || refuse "its kubeconfig holds more than namespaces: $line"
  done <<< "$text"
  if [[ $settings != ${INSIDE.contexts} ]]; then
    mask=$(umask)
    umask 377
    set -C
    exec {to}> ${INSIDE.contexts}.$$ {from}< ${INSIDE.contexts}.$$ || refuse "its kubeconfig cannot be copied"
    set +C
    umask "$mask"
    rm -f ${INSIDE.contexts}.$$
    printf '%s\\n' "$text" >&$to
    exec {to}>&-
    settings=/proc/$$/fd/$from
  fi
fi
for one in $(compgen -e); do
  case $one in
    ${LET_THROUGH}) ;;
    KUBE* | HELM_* | XDG_*) unset "$one" ;;
  esac
done
export KUBECONFIG=$settings KUBERC=off KUBECTL_KUBERC=false HELM_PLUGINS=/nowhere
stopped=
stop() { stopped=$1; kill -TERM "$child" 2>/dev/null; }
trap 'stop 129' HUP
trap 'stop 130' INT
trap 'stop 143' TERM
{ trap - HUP INT TERM; exec "$folder/$name" "\${args[@]}"; } <&0 &
child=$!
wait "$child"; code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
[[ -n $stopped ]] && exit "$stopped"
tell "$code" "$@"
exit "$code"
`;
