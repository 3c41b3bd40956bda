import { CLIENT_VARIABLES, setsClients } from '../kubectl/clientSettings';

/**
 * What decides which programs run and how, whatever program sees it: bash, the loader and the C library take these, and
 * well-known programs that others start. What single programs take besides is in `programSettings`.
 */
export const STEERING_NAMES: readonly string[] = [
  ...CLIENT_VARIABLES,
  ...(
    'PATH HOME BASH_ENV BASH_CMDS BASH_ALIASES BASH_LOADABLES_PATH ENV EXECIGNORE CDPATH GLOBIGNORE PS4 PROMPT_COMMAND ' +
    'LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT GLIBC_TUNABLES GCONV_PATH LOCPATH NLSPATH GETCONF_DIR TZDIR RES_OPTIONS ' +
    'HOSTALIASES LOCALDOMAIN MALLOC_TRACE OPENSSL_CONF OPENSSL_ENGINES OPENSSL_MODULES SSLKEYLOGFILE NODE_OPTIONS ' +
    'PYTHONPATH PYTHONSTARTUP PYTHONHOME PERL5OPT PERL5LIB PERL5DB RUBYOPT JAVA_TOOL_OPTIONS _JAVA_OPTIONS ' +
    'JDK_JAVA_OPTIONS GIT_SSH GIT_SSH_COMMAND GIT_PAGER GIT_EDITOR GIT_EXTERNAL_DIFF GIT_ASKPASS GIT_CONFIG ' +
    'GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_COUNT GIT_PROXY_COMMAND GIT_EXEC_PATH GIT_DIR GIT_TEMPLATE_DIR ' +
    'PAGER MANPAGER EDITOR VISUAL KUBE_EDITOR KUBECTL_EXTERNAL_DIFF LESS LESSOPEN LESSCLOSE RSYNC_RSH TAR_OPTIONS ' +
    'GREP_OPTIONS CURL_HOME WGETRC AWS_PAGER AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE PSQLRC PGSERVICEFILE ' +
    'PGSYSCONFDIR MAKEFLAGS DOCKER_HOST XARGS IFS SHELLOPTS BASHOPTS'
  ).split(' '),
];
const STEERING = new Set(STEERING_NAMES);
const STEERING_FAMILIES =
  /^(?:LD_.*|BASH_FUNC_.*|GIT_CONFIG.*|.*_PAGER|KUBECTL_.*|DYLD_.*|TF_CLI_ARGS.*|MALLOC_.*)$/;

/** A locale whose characters are those that texts are judged by. */
const PLAIN_LOCALE =
  /^["']?(?:|C|POSIX|[a-z]{2}_[A-Z]{2})(?:\.(?:UTF-?8|utf-?8))?["']?$/;
const OF_LOCALE = /^(?:LANG|LANGUAGE|LC_[A-Z]+)$/;

/** Whether a variable is judged where it gets its value, by `steersCommands`. */
export function isSteeringName(name: string): boolean {
  return STEERING.has(name) || STEERING_FAMILIES.test(name);
}

/** Whether giving a variable a value changes what other commands do. */
export function steersCommands(
  name: string,
  value: string | undefined,
): boolean {
  if (setsClients(name, value)) return true;
  if (CLIENT_VARIABLES.includes(name)) return false;
  // Programs take settings from files in it.
  if (name === 'HOME')
    return value === undefined || !/^(\$HOME|\$\{HOME\})$/.test(value);
  if (OF_LOCALE.test(name))
    return value === undefined || !PLAIN_LOCALE.test(value);
  if (!isSteeringName(name)) return false;
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
