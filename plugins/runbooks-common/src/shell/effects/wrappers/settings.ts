import { setsClients } from '../kubectl/clientSettings';

const DANGEROUS_SETTING =
  /^(PATH|LD_.*|BASH_(?:ENV|CMDS|ALIASES|LOADABLES_PATH|FUNC_.*)|EXECIGNORE|CDPATH|ENV|IFS|PS4|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|NODE_OPTIONS|PYTHON(STARTUP|PATH|HOME)|PERL5?(OPT|LIB|DB)|RUBYOPT|GIT_(SSH|SSH_COMMAND|PAGER|EDITOR|EXTERNAL_DIFF|ASKPASS|CONFIG.*|PROXY_COMMAND|EXEC_PATH|DIR|TEMPLATE_DIR)|PAGER|MANPAGER|EDITOR|VISUAL|KUBE_EDITOR|KUBECTL_EXTERNAL_DIFF|LESSOPEN|LESSCLOSE|.*_PAGER|HELM_PLUGINS|RSYNC_RSH|TAR_OPTIONS|GREP_OPTIONS|LESS|CURL_HOME|WGETRC|AWS_PAGER|DYLD_.*|GLIBC_TUNABLES|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAKEFLAGS|KUBECTL_.*|DOCKER_HOST|XARGS|TF_CLI_ARGS.*)$/;

/** Whether giving a variable a value changes what other commands do. */
export function steersCommands(
  name: string,
  value: string | undefined,
): boolean {
  if (setsClients(name, value)) return true;
  // Programs take settings from files in it.
  if (name === 'HOME')
    return value === undefined || !/^(\$HOME|\$\{HOME\})$/.test(value);
  if (!DANGEROUS_SETTING.test(name)) return false;
  if (
    /^(EDITOR|VISUAL|KUBE_EDITOR|PAGER|GIT_PAGER|AWS_PAGER|MANPAGER|GIT_EDITOR)$/.test(
      name,
    )
  ) {
    return (
      value === undefined ||
      !/^(cat|less|more|vim?|nano|emacs|code( --wait)?|true|:|)$/.test(value)
    );
  }
  if (name === 'IFS') return false;
  // Without a text in it, `cd` looks nowhere else.
  if (name === 'CDPATH') return value !== '';
  if (name === 'PATH')
    return value === undefined || !/^(\$PATH|\$\{PATH\}):/.test(value);
  return true;
}

/** Settings of the shell and of the sandbox that a text may assign, where it says what they become. */
const WHERE_TOLD =
  /^(HOME|IFS|KUBECONFIG|HELM_.*|GIT_CONFIG.*|GLOBIGNORE|POSIXLY_CORRECT|TMPDIR|EDITOR|VISUAL|.*PAGER)$/;

/** Whether a variable, given a value that the text does not tell, changes what other commands do. */
export function steersUntold(name: string): boolean {
  return steersCommands(name, undefined) || WHERE_TOLD.test(name);
}
