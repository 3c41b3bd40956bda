import {
  GATEWAY_PORT,
  HOME_IN_WORKSPACE,
} from '@backstage-runbooks/plugin-runbooks-common';

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
  /** Each step has a new one. */
  home: '/home/step',
  /** What later steps find in theirs. */
  keptHome: `/workspace/${HOME_IN_WORKSPACE}`,
  tools: '/opt/runbooks/bin',
  /** In front of the tools: what tells of kubectl and helm that they failed. */
  reporters: '/opt/runbooks/reporters',
  node: '/opt/runbooks/node',
  gatewaySocket: '/run/runbooks/gateway.sock',
  report: '/run/runbooks/report',
  step: '/run/runbooks/step.sh',
  prelude: '/run/runbooks/prelude.sh',
  relay: '/run/runbooks/relay.cjs',
  environment: '/run/runbooks/environment',
  pieces: '/run/runbooks/pieces',
  plans: '/run/runbooks/plans',
  /** A small writable folder outside the workspace. */
  scratch: '/run/step',
  /** Nobody can write to it, whichever client finds it. */
  kubeconfig: '/run/runbooks/kubeconfig',
  /** What `kubectl config` made of it in this step, for kubectl and helm alone. */
  contexts: '/run/step/contexts',
} as const;

/** Exit code of process 1 when the way to the gateway could not be opened. */
export const RELAY_FAILED = 125;

/**
 * Process 1. Its own SIGTERM, which only the host can send, goes to everything else, daemons too. Descriptors that the
 * backend itself inherited are closed. While the relay starts, where none was started ahead, which takes longest, everything else is made ready.
 * The limits come after the relay, so that they count for the step alone: `-u` counts per user namespace when it is
 * set inside one.
 *
 * The home is new for each step, because programs take settings from it: ~/.curlrc, ~/.gitconfig, ~/.config. Files of
 * it that do not begin with a dot are kept in the workspace and found by later steps; the names of the others, but for
 * caches, are reported. Links are copied as links, and lead nowhere but in the sandbox.
 */
export function initScript(options: { startsRelay: boolean }): string {
  const relay = `exec 9< <(${INSIDE.node} ${INSIDE.relay} ${GATEWAY_PORT} ${INSIDE.gatewaySocket})`;
  const relayIsReady = `read -r -u 9 || { echo "the way to the gateway could not be opened" >&2; exit ${RELAY_FAILED}; }`;
  return `trap 'kill -TERM -1' TERM
for fd in /proc/$$/fd/*; do fd=\${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done
${options.startsRelay ? relay : ':'}
ulimit -n 1024 -f 1048576 -c 0 -u 256 -v 8000000
shopt -s nullglob
kept=(${INSIDE.keptHome}/[!.]*)
(( \${#kept[@]} )) && cp -a -- "\${kept[@]}" "$HOME"/
bash -n ${INSIDE.step} || { printf 'N\\0' > ${INSIDE.report}; exit 2; }
${options.startsRelay ? relayIsReady : ':'}
printf 'R\\0' > ${INSIDE.report}
BASH_ENV=${INSIDE.prelude} bash ${INSIDE.step} </dev/null 9<&- &
step=$!
wait $step; code=$?
while kill -0 $step 2>/dev/null; do wait $step; code=$?; done
{
  kept=(${INSIDE.keptHome}/[!.]*)
  (( \${#kept[@]} )) && rm -rf -- "\${kept[@]}"
  left=("$HOME"/[!.]*)
  if (( \${#left[@]} )); then
    mkdir -p ${INSIDE.keptHome} && cp -a -- "\${left[@]}" ${
    INSIDE.keptHome
  }/ || printf 'K\\0'  > ${INSIDE.report}
  fi
  for file in "$HOME"/.[!.]*; do
    case $file in */.kube | */.cache) continue ;; esac
    printf 'H%s\\0' "\${file#"$HOME"/}" > ${INSIDE.report}
  done
} 2>/dev/null
exit $code`;
}

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
