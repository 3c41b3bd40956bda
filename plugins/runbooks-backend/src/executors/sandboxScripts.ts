/**
 * The shell texts that run inside a sandbox besides the step's own.
 *
 * Process 1 prepares the sandbox, starts the step and waits for it; when it ends, the kernel ends everything else.
 * The step's text is a file of its own that bash reads unchanged; what must happen before its first line comes in
 * through BASH_ENV.
 */

/** Where things are inside the sandbox. */
export const INSIDE = {
  workspace: '/workspace',
  home: '/workspace/.home',
  tools: '/opt/runbooks/bin',
  node: '/opt/runbooks/node',
  gatewaySocket: '/run/runbooks/gateway.sock',
  report: '/run/runbooks/report',
  step: '/run/runbooks/step.sh',
  prelude: '/run/runbooks/prelude.sh',
  relay: '/run/runbooks/relay.cjs',
  environment: '/run/runbooks/environment',
  pieces: '/run/runbooks/pieces',
  /** A small writable folder outside the workspace. */
  scratch: '/run/step',
  kubeconfig: '/run/step/kubeconfig',
} as const;

/** The same in every sandbox: kubectl keeps what it discovers by host and port. */
export const GATEWAY_PORT = 6443;

/** Exit code of process 1 when the way to the gateway could not be opened. */
export const RELAY_FAILED = 125;

/**
 * Process 1. Runbooks that say `export KUBECONFIG=~/.kube/config` find what they look for. Its own SIGTERM, which only the host can send, goes to everything else, daemons too. Descriptors that the
 * backend itself inherited are closed. The limits come after the relay, so that they count for the step alone: `-u`
 * counts per user namespace when it is set inside one.
 */
export function initScript(options: { hasGateway: boolean }): string {
  const relay = `exec 9< <(${INSIDE.node} ${INSIDE.relay} ${GATEWAY_PORT} ${INSIDE.gatewaySocket})
read -r -u 9 || { echo "the way to the gateway could not be opened" >&2; exit ${RELAY_FAILED}; }`;
  return `trap 'kill -TERM -1' TERM
for fd in /proc/$$/fd/*; do fd=\${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done
${options.hasGateway ? relay : ':'}
ulimit -n 1024 -f 1048576 -c 0 -u 256 -v 8000000
{ mkdir -p "$HOME/.kube" && ln -sfn ${
    INSIDE.kubeconfig
  } "$HOME/.kube/config"; } 2>/dev/null
bash -n ${INSIDE.step} || { printf 'N\\0' > ${INSIDE.report}; exit 2; }
printf 'R\\0' > ${INSIDE.report}
BASH_ENV=${INSIDE.prelude} bash ${INSIDE.step} </dev/null 9<&- &
step=$!
wait $step; code=$?
while kill -0 $step 2>/dev/null; do wait $step; code=$?; done
exit $code`;
}

/**
 * What bash does before the step's first line: takes over variables and working directory, and sets traps.
 *
 * - DEBUG: when another top-level piece of the text begins, the exit code of the one before is reported. It also puts
 *   our EXIT trap in front of one that the step has set meanwhile.
 *   A subshell is announced when it has ended already, with its own exit code.
 * - ERR: the exit code of a piece that is followed by one that bash does not announce in time.
 * - EXIT: reports variables and working directory, as data.
 *
 * Reports are NUL-separated texts in a FIFO. A step can write there too, and then it lies about itself only.
 * Error output of the traps goes nowhere, so that `set -x` in a step does not show them.
 */
export const PRELUDE = `unset BASH_ENV
while IFS= read -r -d '' __runbooks_pair; do
  __runbooks_name=\${__runbooks_pair%%=*}
  printf -v "\${__runbooks_name#+}" %s "\${__runbooks_pair#*=}"
  [[ $__runbooks_name == +* ]] && export "\${__runbooks_name#+}"
done 2>/dev/null < ${INSIDE.environment}
mapfile -t -O 1 __runbooks_pieces < ${INSIDE.pieces}
cd -- "${INSIDE.workspace}/$__runbooks_directory" 2>/dev/null || cd -- ${INSIDE.workspace}
unset __runbooks_pair __runbooks_name __runbooks_directory OLDPWD
__runbooks_at=0
__runbooks_pid=$BASHPID

__runbooks_enter() {
  builtin local piece="\${__runbooks_pieces[$2]:-0}" kind=S shown
  (( piece > __runbooks_at )) || builtin return 0
  [[ $3 == '( '* ]] && kind=U
  builtin printf '%s%s=%s\\0' $kind "$__runbooks_at:$piece" "$1" > ${INSIDE.report}
  __runbooks_at=$piece
  builtin trap -p EXIT > ${INSIDE.scratch}/exit-trap
  IFS= builtin read -r -d '' shown < ${INSIDE.scratch}/exit-trap
  [[ $shown == *__runbooks_leave* ]] && builtin return 0
  builtin eval "builtin set -- $shown"
  builtin trap -- '{ __runbooks_leave; } 2>/dev/null'$'\\n'"\${3-}" EXIT
}

__runbooks_failed() {
  builtin printf 'E%s=%s\\0' "$__runbooks_at" "$1" > ${INSIDE.report}
}

__runbooks_leave() {
  builtin local __runbooks_status=$?
  [[ $BASHPID == "$__runbooks_pid" ]] || builtin return $__runbooks_status
  builtin trap - DEBUG ERR
  builtin set +eufx
  builtin shopt -u nocasematch failglob
  builtin local IFS=$' \\t\\n' __runbooks_name
  {
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
  builtin return $__runbooks_status
}

trap '{ __runbooks_leave; } 2>/dev/null' EXIT
trap '{ __runbooks_failed "$?"; } 2>/dev/null' ERR
trap '{ __runbooks_enter "$?" "$LINENO" "$BASH_COMMAND" "$_"; } 2>/dev/null' DEBUG
`;

/**
 * From 127.0.0.1 inside the sandbox to the gateway's Unix socket. It outlives a SIGTERM, so that cleanup traps of the
 * step can still use kubectl.
 */
export const RELAY = `const net = require('node:net');
const [port, path] = process.argv.slice(2);
process.on('SIGTERM', () => {});
net
  .createServer({ allowHalfOpen: true, noDelay: true }, near => {
    const far = net.connect({ path, allowHalfOpen: true });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  })
  .listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\\n'));
`;
