import { ANSWERS } from '@backstage-runbooks/plugin-runbooks-common';
import { INSIDE } from './sandboxScripts';

/**
 * What bash does before the step's first line: takes over variables and working directory, and sets traps.
 *
 * - DEBUG: when another top-level piece of the text begins, the exit code of the one before is reported. It also puts
 *   our EXIT trap in front of one that the step has set meanwhile.
 *   A subshell is announced when it has ended already, with its own exit code.
 * - ERR: the exit code of a piece that is followed by one that bash does not announce in time.
 * - EXIT: reports variables and working directory, as data.
 *
 * Failures. The text of a plain piece is known, so each DEBUG tells which of its pipelines has just ended: bash
 * announces every command of a pipeline, in order, and PIPESTATUS holds how they ended. A failure in any of them is
 * reported. Where a text has plain substitutions, the traps reach into them (`set -TE`), and each reports its pipeline
 * when it ends; the text itself is run as it is, with neither `set -e` nor `pipefail`. A step that stops at a failure
 * exits before the next command begins; for a failure in a substitution the bash around it gets a SIGTERM while it
 * waits, so that the command around it, which would get an empty text, is not run either.
 *
 * What is failing where bash announces nothing (groups, loops, conditions) kubectl and helm tell themselves, see
 * toolReporter.
 *
 * What decides which programs run (PATH, BASH_ENV, ...) is read-only too, but for what the plan has let the text set: a
 * way to change it that judging has missed is an error of its command, in functions and subshells as well.
 *
 * Reports are NUL-separated texts in a FIFO. A step can write there too, and then it lies about itself only. What does
 * not change is read-only, and planning refuses a text that names our variables.
 * Error output of the traps goes nowhere, so that `set -x` in a step does not show them. Nothing here may fail on the
 * way, because under `set -e` bash would end; `builtin local` splits words like any command.
 */
export const PRELUDE = `unset BASH_ENV
while IFS= read -r -d '' __runbooks_pair; do
  __runbooks_name=\${__runbooks_pair%%=*}
  printf -v "\${__runbooks_name#+}" %s "\${__runbooks_pair#*=}"
  [[ $__runbooks_name == +* ]] && export "\${__runbooks_name#+}"
done 2>/dev/null < ${INSIDE.environment}
mapfile -t -O 1 __runbooks_pieces < ${INSIDE.pieces}
mapfile -t -O 1 __runbooks_plans < ${INSIDE.plans}
cd -- "${INSIDE.workspace}/$__runbooks_directory" 2>/dev/null || cd -- ${INSIDE.workspace}
unset __runbooks_pair __runbooks_name __runbooks_directory OLDPWD
__runbooks_at=0
__runbooks_pid=$BASHPID
__runbooks_shell=$BASHPID
__runbooks_plan= __runbooks_join= __runbooks_left=0 __runbooks_planned=0 __runbooks_code=0 __runbooks_echoed=0 __runbooks_said=()

__runbooks_enter() {
  builtin local status="$1" command="$3" kind=S shown
  builtin local piece="\${__runbooks_pieces[$2]:-0}"
  builtin set -- "\${@:4:$#-4}"
  if [[ $BASHPID != "$__runbooks_pid" ]]; then
    __runbooks_inside "$piece" "$command"
    builtin return 0
  fi
  [[ \${FUNCNAME[1]-main} == main ]] || builtin return 0
  if (( piece == __runbooks_at )); then
    if (( __runbooks_left > 0 )); then
      __runbooks_left=$(( __runbooks_left - 1 ))
      __runbooks_said+=("$command")
    elif (( status != 0 && ! __runbooks_echoed )) && [[ $__runbooks_join != '&' && $command == "\${__runbooks_said[-1]-}" ]]; then
      # The trap of the failure that has just been is announced under the name of the command that failed, once.
      __runbooks_echoed=1
    elif [[ -n $__runbooks_plan ]]; then
      __runbooks_judge "$__runbooks_stop" "$@"
      (( status == 0 )) || while [[ $__runbooks_join == '&' ]]; do __runbooks_next; done
      __runbooks_next
      __runbooks_said=("$command")
    fi
  fi
  (( piece > __runbooks_at )) || builtin return 0
  __runbooks_judge "$__runbooks_stop" "$@"
  [[ $command == '( '* ]] && kind=U
  builtin printf '%s%s=%s\\0' "$kind" "$__runbooks_at:$piece" "$status" > ${INSIDE.report}
  __runbooks_at=$piece
  __runbooks_plan=\${__runbooks_plans[$piece]-}
  __runbooks_plan=\${__runbooks_plan%+}
  __runbooks_planned=0
  [[ -n $__runbooks_plan ]] && __runbooks_planned=1
  __runbooks_next
  __runbooks_said=("$command")
  builtin trap -p EXIT > ${INSIDE.scratch}/exit-trap
  IFS= builtin read -r -d '' shown < ${INSIDE.scratch}/exit-trap || builtin :
  [[ $shown == *__runbooks_leave* ]] && builtin return 0
  builtin eval "builtin set -- $shown"
  builtin trap -- '{ __runbooks_leave "$?" "\${PIPESTATUS[@]}"; } 2>/dev/null'$'\\n'"\${3-}" EXIT
}

# Takes the next pipeline of the plan: how many commands it joins, and whether the one after it depends on it.
__runbooks_next() {
  builtin local count="\${__runbooks_plan%%[;&]*}"
  __runbooks_join=\${__runbooks_plan:\${#count}:1}
  __runbooks_plan=\${__runbooks_plan:\${#count}+1}
  __runbooks_left=$(( \${count:-1} - 1 ))
  __runbooks_echoed=0
}

# Reports each command of the pipeline that has just ended, and failed; leaves the step where it stops at failures.
__runbooks_judge() {
  builtin local code number=0 stop="$1"
  builtin shift
  (( __runbooks_planned )) || builtin return 0
  for code in "$@"; do
    if (( code != 0 )) && ! __runbooks_answer "$code" "\${__runbooks_said[$number]-}" "$(( $# - number - 1 ))"; then
      builtin printf 'F%s=%s:%s\\0' "$__runbooks_at" "$code" "\${__runbooks_said[$number]-}" > ${INSIDE.report}
      __runbooks_code=$code
    fi
    number=$(( number + 1 ))
  done
  (( __runbooks_code && stop )) && builtin exit "$__runbooks_code"
  builtin return 0
}

__runbooks_search='${ANSWERS.search}'
__runbooks_quiet='${ANSWERS.quiet}'
__runbooks_comparison='${ANSWERS.comparison}'
__runbooks_searches='${ANSWERS.manySearches}'
__runbooks_bounded='${ANSWERS.bounded}'
__runbooks_unread_python='${ANSWERS.unreadPython}'
__runbooks_unread_curl='${ANSWERS.unreadCurl}'

# Its code, its text, and how many commands of its pipeline stand behind it.
__runbooks_answer() {
  case $1 in
    141) builtin return 0 ;;
    1) [[ $2 =~ $__runbooks_search && ! $2 =~ $__runbooks_quiet || $2 =~ $__runbooks_comparison ]] ;;
    123) [[ $2 =~ $__runbooks_searches && ! $2 =~ $__runbooks_quiet ]] ;;
    124) [[ $2 =~ $__runbooks_bounded ]] ;;
    32 | 120) (( $3 )) && [[ $2 =~ $__runbooks_unread_python ]] ;;
    23) (( $3 )) && [[ $2 =~ $__runbooks_unread_curl ]] ;;
    *) builtin return 1 ;;
  esac
}

# A command of a substitution begins.
__runbooks_inside() {
  builtin local piece="$1"
  (( piece )) || piece=$__runbooks_at
  [[ \${__runbooks_plans[$piece]-} == *+ ]] || builtin return 0
  if [[ $__runbooks_shell != "$BASHPID" ]]; then
    __runbooks_shell=$BASHPID
    __runbooks_at=$piece
    __runbooks_said=()
    builtin trap -- '{ __runbooks_inner "\${PIPESTATUS[@]}"; } 2>/dev/null' EXIT
  fi
  __runbooks_said+=("$2")
}

# A substitution ends.
__runbooks_inner() {
  builtin local parent IFS=$' \\t\\n'
  [[ $BASHPID == "$__runbooks_shell" ]] || builtin return 0
  builtin trap - DEBUG ERR
  builtin set +eufx
  __runbooks_code=0 __runbooks_planned=1
  __runbooks_judge 0 "$@"
  (( __runbooks_stop )) || builtin return 0
  (( __runbooks_code )) && builtin printf '%s\\n' "$__runbooks_code" > ${INSIDE.scratch}/stopped
  [[ -e ${INSIDE.scratch}/stopped ]] || builtin return 0
  # The shell around this one, and no other: it passes it on, and a shell that ends is cut short by a second signal.
  builtin read -r _ _ _ parent _ < /proc/self/stat
  builtin kill -TERM "$parent"
}

__runbooks_failed() {
  [[ $BASHPID == "$__runbooks_pid" && \${FUNCNAME[1]-main} == main ]] || builtin return 0
  builtin printf 'E%s=%s\\0' "$__runbooks_at" "$1" > ${INSIDE.report}
}

__runbooks_leave() {
  builtin local __runbooks_status="$1"
  [[ $BASHPID == "$__runbooks_pid" ]] || builtin return "$__runbooks_status"
  builtin trap - DEBUG ERR
  builtin set +eufx
  builtin shopt -u nocasematch failglob
  builtin local IFS=$' \\t\\n' __runbooks_name __runbooks_stopped=0
  builtin shift
  {
    (( __runbooks_stop && __runbooks_code )) && __runbooks_stopped=$__runbooks_code
    [[ -e ${INSIDE.scratch}/stopped ]] && builtin read -r __runbooks_stopped < ${INSIDE.scratch}/stopped
    if (( __runbooks_stopped )); then
      __runbooks_status=$__runbooks_stopped
      builtin printf 'Q%s\\0' "$__runbooks_stopped"
    elif (( __runbooks_planned )); then
      [[ \${__runbooks_said[0]-} == exit* ]] && builtin set -- "$__runbooks_status"
      (( __runbooks_left )) || __runbooks_judge 0 "$@"
    fi
    builtin printf 'S%s=%s\\0D%s\\0' "$__runbooks_at:0" "$__runbooks_status" "$(builtin pwd -P)"
    for __runbooks_name in $(builtin compgen -v); do
      [[ $__runbooks_name == __runbooks_* ]] && builtin continue
      case \${!__runbooks_name@a} in
        *[aA]*) builtin printf 'A%s\\0' "$__runbooks_name" ;;
        *x*) builtin printf 'V+%s=%s\\0' "$__runbooks_name" "\${!__runbooks_name}" ;;
        *) builtin printf 'V%s=%s\\0' "$__runbooks_name" "\${!__runbooks_name}" ;;
      esac
    done
    builtin printf 'X\\0'
  } > ${INSIDE.report}
  builtin return "$__runbooks_status"
}

readonly __runbooks_plans __runbooks_pieces __runbooks_stop __runbooks_pid __runbooks_search __runbooks_quiet
readonly __runbooks_comparison __runbooks_searches __runbooks_bounded __runbooks_unread_python __runbooks_unread_curl
readonly -f __runbooks_enter __runbooks_next __runbooks_judge __runbooks_answer __runbooks_inside __runbooks_inner
readonly -f __runbooks_failed __runbooks_leave
readonly $__runbooks_locked __runbooks_locked
[[ \${__runbooks_plans[*]} == *+* ]] && set -TE
trap '{ __runbooks_leave "$?" "\${PIPESTATUS[@]}"; } 2>/dev/null' EXIT
trap '{ __runbooks_failed "$?"; } 2>/dev/null' ERR
trap '{ __runbooks_enter "$?" "$LINENO" "$BASH_COMMAND" "\${PIPESTATUS[@]}" "$_"; } 2>/dev/null' DEBUG
`;
