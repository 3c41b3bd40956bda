/** Names that bash itself takes as a setting or fills in, and those of the sandbox: no step gets them from another. */
const OWN_NAMES = new RegExp(
  `^(${[
    '_|BASH.*|CDPATH|CHILD_MAX|COLUMNS|COMP_.*|COMPREPLY|COPROC|DIRSTACK|EMACS|ENV|EPOCH.*|EUID|EXECIGNORE|FCEDIT',
    'FIGNORE|FUNCNAME|FUNCNEST|GLOBIGNORE|GLOBSORT|GROUPS|HIST.*|HOSTFILE|HOSTNAME|HOSTTYPE|IFS|IGNOREEOF',
    'INPUTRC|INSIDE_EMACS|LC_.*|LINENO|LINES|MACHTYPE|MAIL.*|MAPFILE|OLDPWD|OPT(IND|ARG|ERR)|OSTYPE|PIPESTATUS',
    'POSIXLY_CORRECT|PPID|PROMPT_.*|PS[0-4]|PWD|RANDOM|READLINE_.*|REPLY|SECONDS|SHELL|SHELLOPTS|SHLVL|SRANDOM',
    'TERM|TEXTDOMAIN(DIR)?|TIMEFORMAT|TMOUT|UID|auto_resume|histchars',
    'PATH|HOME|LANG|KUBECONFIG|TMPDIR|RUN_ID|STEP_ID|ATTEMPT|RUNBOOKS_.*|__runbooks.*',
  ].join('|')})$`,
);

/** Those of them that a text sets on purpose; the others change by themselves. */
const SET_ON_PURPOSE =
  /^(PATH|HOME|LANG|KUBECONFIG|TMPDIR|ENV|BASH_ENV|CDPATH|LC_.*|RUNBOOKS_P_.*)$/;

/** Families of names that well-known programs take as their settings. */
const PROGRAM_SETTINGS = new RegExp(
  `^(${[
    'LD_.*|GLIBC_.*|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH|RES_OPTIONS|HOSTALIASES|LOCALDOMAIN|TERM(INFO|CAP).*',
    '.*_PROXY|CURL_.*|WGETRC|OPENSSL_.*|SSL_.*|SSLKEYLOGFILE|REQUESTS_.*|NETRC',
    'KUBE.*|HELM_.*|KUSTOMIZE_.*|DOCKER_.*|ARGOCD_.*|ISTIO.*|GIT_.*|SSH_.*|RSYNC_.*|AWS_.*|GOOGLE_.*|AZURE_.*',
    'TAR_.*|GZIP|BZIP2?|XZ_.*|ZSTD_.*|ZIPOPT|UNZIP.*|LESS.*|MORE|PAGER|MANPAGER|EDITOR|VISUAL|BROWSER|GREP_.*',
    'AWK.*|DIFF_.*|MAKE(FLAGS|FILES|LEVEL)|TMP|TEMP|XDG_.*|PG.*|MYSQL.*|REDISCLI_.*|JQ_.*|YQ_.*',
    'PYTHON.*|PIP_.*|VIRTUAL_ENV|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|NODE_.*|NPM_.*|YARN_.*|JAVA_.*|_JAVA_.*|JDK_.*',
    'CLASSPATH|MAVEN_.*|GRADLE_.*|GO[A-Z0-9]*|CARGO_.*|RUST.*|LUA_.*|PHP.*',
  ].join('|')})$`,
  'i',
);

/** True for names that belong to bash or to the sandbox: each step has its own. */
export function isOwnName(name: string): boolean {
  return OWN_NAMES.test(name);
}

/** True for those of the names above that only a text changes, so that a change is worth telling. */
export function isSetOnPurpose(name: string): boolean {
  return SET_ON_PURPOSE.test(name);
}

/**
 * True for names that programs are known to take as settings of theirs. No such list is complete: it is the second
 * line, behind the rule that a variable reaches only a step whose text reads it.
 */
export function isProgramSetting(name: string): boolean {
  return PROGRAM_SETTINGS.test(name);
}
