import type { BenchResult, ExecutorBench } from './ExecutorBench';

/** Two steps of a run: what the first one leaves, or a parameter, tries to make programs of the second one obey. */
export interface Steering {
  name: string;
  /** Prepares and leaves something. */
  first: string;
  /** Prints `steered`, or an error that says so, where it obeys. */
  second: string;
  /** Values of parameters of the second step, by the name of their variable. */
  parameters?: Record<string, string>;
}

const EVIL = `mkdir -p evil
printf '#!/bin/bash\\necho steered\\n' | tee evil/ls evil/run evil/e.sh > /dev/null
chmod +x evil/*
echo steered > evil/text
printf '[user]\\nname = steered\\n' > evil/git
echo 'url = "file:///workspace/evil/text"' > .curlrc`;

const variable = (name: string, value: string, second: string): Steering => ({
  name: `the variable ${name}`,
  first: `${EVIL}\nexport ${name}='${value}'`,
  // It reads the variable, so that the variable reaches it.
  second: `: "$${name}"\n${second}`,
});

const parameter = (name: string, value: string, second: string): Steering => ({
  name: `the parameter ${name}`,
  first: EVIL,
  second,
  parameters: { [name]: value },
});

const file = (name: string, text: string, second: string): Steering => ({
  name: `the file ${name}`,
  first: `${EVIL}\nmkdir -p "$(dirname ${name})"\ncat > ${name} <<'X'\n${text}\nX`,
  second,
});

const CURLRC = 'url = "file:///workspace/evil/text"';
const CURL = 'curl -sS file:///dev/null';

/** Ways that a document has tried, or could try, to steer what a later step runs. */
export const STEERINGS: readonly Steering[] = [
  parameter('PATH', '/workspace/evil:/usr/bin', 'ls'),
  parameter('BASH_ENV', '/workspace/evil/e.sh', 'bash -c :'),
  parameter('HTTPS_PROXY', 'http://steered.invalid', 'curl https://a.invalid'),
  parameter('HOME', '/workspace', CURL),
  parameter('LD_PRELOAD', '/workspace/steered.so', '/bin/true'),
  parameter('RUN_IT', '/workspace/evil/run', '$RUN_IT'),
  variable(
    'TAR_OPTIONS',
    '--checkpoint=1 --checkpoint-action=exec=/workspace/evil/run',
    'tar cf /tmp/a.tar evil',
  ),
  variable(
    'GIT_SSH_COMMAND',
    '/workspace/evil/run >&2',
    'git ls-remote ssh://a.invalid/b',
  ),
  variable('HELM_PLUGINS', '/steered', 'printenv HELM_PLUGINS'),
  variable('LESSOPEN', '|steered %s', 'printenv LESSOPEN'),
  variable('GLIBC_TUNABLES', 'steered', 'printenv GLIBC_TUNABLES'),
  variable('LD_PRELOAD', '/workspace/steered.so', '/bin/true'),
  variable('https_proxy', 'http://steered.invalid', 'curl https://a.invalid'),
  variable('CURL_HOME', '/workspace', CURL),
  variable('XDG_CONFIG_HOME', '/steered', 'printenv XDG_CONFIG_HOME'),
  variable('GIT_CONFIG_GLOBAL', '/workspace/evil/git', 'git config user.name'),
  variable(
    'PYTHONPATH',
    '/steered',
    'python3 -c "import sys; print(sys.path)"',
  ),
  variable(
    'KUBECTL_EXTERNAL_DIFF',
    'steered',
    'printenv KUBECTL_EXTERNAL_DIFF',
  ),
  {
    name: 'a variable that the text does not read',
    first: 'export SOME_SETTING=steered',
    second: 'env',
  },
  file('~/.curlrc', CURLRC, CURL),
  file('~/.config/curlrc', CURLRC, CURL),
  file('~/.gitconfig', '[user]\nname = steered', 'git config user.name'),
  file(
    '~/.config/git/config',
    '[user]\nname = steered',
    'git config user.name',
  ),
  file('~/.bashrc', 'echo steered', 'bash -i -c :'),
  file('~/.wgetrc', 'user_agent = steered', 'cat ~/.wgetrc'),
  file('~/.netrc', 'machine steered', 'cat ~/.netrc'),
  file(
    '~/.local/share/helm/plugins/a',
    'steered',
    'cat ~/.local/share/helm/*/a',
  ),
  file('~/.kube/cache/discovery/a', 'steered', 'cat ~/.kube/cache/discovery/a'),
  file('/workspace/.home/.curlrc', CURLRC, CURL),
  {
    name: 'a link in the place of the home that is kept',
    first: `${EVIL}\nmkdir other\ncp .curlrc other/.curlrc\nrm -rf /workspace/.home\nln -s other /workspace/.home`,
    second: CURL,
  },
];

/** Runs both steps of an attempt to steer, and tells whether it succeeded. */
export async function isSteered(
  bench: ExecutorBench,
  { first, second, parameters = {} }: Steering,
): Promise<{ steered: boolean; result: BenchResult }> {
  const { carried } = await bench.run(first);
  const result = await bench.run(second, { carried, environment: parameters });
  return { steered: /steered/.test(result.stdout + result.stderr), result };
}
