const DANGEROUS_SETTING =
  /^(PATH|LD_.*|BASH_ENV|ENV|IFS|PS4|PROMPT_COMMAND|SHELLOPTS|BASHOPTS|NODE_OPTIONS|PYTHON(STARTUP|PATH|HOME)|PERL5?(OPT|LIB|DB)|RUBYOPT|GIT_(SSH|SSH_COMMAND|PAGER|EDITOR|EXTERNAL_DIFF|ASKPASS|CONFIG.*|PROXY_COMMAND|EXEC_PATH|DIR|TEMPLATE_DIR)|PAGER|MANPAGER|EDITOR|VISUAL|KUBE_EDITOR|KUBECTL_EXTERNAL_DIFF|LESSOPEN|LESSCLOSE|.*_PAGER|HELM_PLUGINS|RSYNC_RSH|TAR_OPTIONS|GREP_OPTIONS|LESS|CURL_HOME|WGETRC|AWS_PAGER|DYLD_.*|GLIBC_TUNABLES|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAKEFLAGS|KUBECTL_.*|DOCKER_HOST|XARGS|TF_CLI_ARGS.*)$/;

/** Whether giving a variable a value changes what other commands do. */
export function steersCommands(
  name: string,
  value: string | undefined,
): boolean {
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
  if (name === 'PATH')
    return value === undefined || !/^(\$PATH|\$\{PATH\}):/.test(value);
  return true;
}
