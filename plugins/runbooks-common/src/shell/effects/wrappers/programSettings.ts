import { isSteeringName } from './settings';

/** Steer nothing in any program: how it prints, which server it asks and as whom, as its own options say as well. */
const PLAIN = new RegExp(
  `^(?:${[
    'LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CLICOLOR(?:_FORCE)?|COLUMNS|LINES|DEBIAN_FRONTEND',
    'AWS_(?:DEFAULT_)?REGION|AWS_DEFAULT_OUTPUT|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN',
    'PG(?:HOST|PORT|USER|DATABASE|PASSWORD|APPNAME|CONNECT_TIMEOUT|SSLMODE)|MYSQL_PWD|REDISCLI_AUTH',
    'VAULT_(?:ADDR|TOKEN|NAMESPACE)|CONSUL_HTTP_(?:ADDR|TOKEN)|NOMAD_(?:ADDR|TOKEN|NAMESPACE)',
    'ETCDCTL_(?:API|ENDPOINTS|CACERT|CERT|KEY|USER|PASSWORD)|HELM_(?:NAMESPACE|DEBUG|MAX_HISTORY)|GITHUB_TOKEN|GH_TOKEN',
    'RUNBOOKS_P_\\w+|_',
  ].join('|')})$`,
);

/** What libraries take from the environment of whatever program they are part of. */
const OF_LIBRARIES =
  'OPENSSL|SSL|CTLOG|RANDFILE|KRB5|GSS|LDAP|SASL|P11_|PKCS11|GNUTLS|NETTLE|GCRYPT|NSS|IDN|LIBIDN|CHARSET|QLOGDIR|' +
  '[A-Z]*_PROXY|[a-z]*_proxy|NETRC|HOME|XDG_|TMP|TEMP|EDITOR|VISUAL|[A-Z]*PAGER|LESS|MORE|BROWSER|SHELL|TERMINFO|' +
  'TERMCAP|INPUTRC|NCURSES';
const OF_GO = 'GO[A-Z0-9]|KUBE|POD_NAMESPACE|DOCKER|CONTAINER|REGISTRY';
const OF_PYTHON = 'PYTHON|PIP|VIRTUAL_ENV|REQUESTS|CURL_CA|BOTO';
const OF_TEXT_TOOLS =
  'POSIX|_POSIX|TMP|TEMP|BLOCK|D[FU]_|LS_|DIR_|TIME|QUOTING|TAB|GREP|SIMPLE_BACKUP|VERSION_CONTROL|[A-Z]*AWK|TAR|TAPE|' +
  'RSH|G?ZIP|BZIP|XZ|ZSTD|PS_|LIBPROC|PROC|UNIX95|CMD_ENV|SHELL|OMP|HOME|DIFF|PATCH|UNZIP|SED|COLORS|DATE';

/** Programs, and how the names begin of what they take. A program whose list is not known may take any. */
const TAKE: ReadonlyArray<readonly [programs: string, taken: string]> = [
  [
    'cat head tail grep egrep fgrep zgrep wc sort uniq cut tr tee sed awk gawk mawk nawk find xargs ls stat file date sleep ' +
      'basename dirname mktemp touch mkdir rmdir rm cp mv ln chmod chown diff cmp base64 base32 md5sum sha1sum sha256sum ' +
      'sha512sum cksum column nl tac rev comm paste fold fmt seq timeout nohup nice ionice stdbuf env id whoami uname hostname ' +
      'ps pgrep pkill df du realpath readlink tar gzip gunzip zcat xz zstd split shuf join expand od xxd hexdump nproc uptime ' +
      'free which watch tty yes expr printenv truncate install dd sync time setsid flock getent logger lsof vmstat iostat ' +
      'envsubst sudo',
    OF_TEXT_TOOLS,
  ],
  [
    'bash sh dash source . eval exec command builtin trap',
    'BASH|ENV|POSIX|SHELL|PS\\d|PROMPT|HIST|IFS|CDPATH|GLOB|TMP|HOME|TIMEFORMAT|EXEC|FUNC',
  ],
  ['jq yq', 'JQ|YQ|HOME|GO[A-Z0-9]'],
  [
    'kubectl k oc kubecolor helm kustomize argocd argo flux istioctl linkerd cilium velero stern kubectx kubens k9s kind ' +
      'minikube docker podman nerdctl crictl etcdctl vault consul nomad promtool amtool gh terraform tofu skopeo crane trivy',
    `${OF_GO}|${OF_LIBRARIES}|HELM|KUSTOMIZE|ARGO|FLUX|ISTIO|LINKERD|CILIUM|VELERO|STERN|MINIKUBE|ETCD|VAULT|CONSUL|NOMAD|GH_|TF_`,
  ],
  [
    'curl wget http https xh',
    `CURL|WGET|HTTPIE|SSH|${OF_PYTHON}|${OF_LIBRARIES}`,
  ],
  ['openssl', OF_LIBRARIES],
  ['git', `GIT|GPG|GNUPG|SSH|EMAIL|LV|${OF_LIBRARIES}`],
  ['ssh scp sftp ssh-keygen rsync', `SSH|RSYNC|DISPLAY|${OF_LIBRARIES}`],
  [
    'dig nslookup host ping ping6 traceroute mtr nc ncat telnet ss netstat ip arp systemctl journalctl service',
    `RES_|LOCALDOMAIN|HOSTALIASES|SYSTEMD|DBUS|${OF_LIBRARIES}`,
  ],
  [
    'psql pg_dump pg_dumpall pg_restore pg_isready createdb dropdb vacuumdb pgbench',
    `PG|PSQL|${OF_LIBRARIES}`,
  ],
  [
    'mysql mysqldump mysqladmin mariadb mariadb-dump mariadb-admin',
    `MYSQL|MARIADB|LIBMYSQL|${OF_LIBRARIES}`,
  ],
  ['redis-cli valkey-cli sqlite3', `REDIS|VALKEY|SQLITE|${OF_LIBRARIES}`],
  [
    'aws gcloud gsutil bq az eksctl doctl',
    `AWS|BOTO|GOOGLE|CLOUDSDK|GCE|AZURE|ARM|AZ_|DIGITALOCEAN|${OF_PYTHON}|${OF_GO}|${OF_LIBRARIES}`,
  ],
  // Of bash itself, and no programs.
  [
    ': echo printf true false test [ pwd cd pushd popd dirs read mapfile readarray set unset local declare typeset export ' +
      'readonly return exit break continue shift wait jobs kill bg fg disown getopts umask times type let shopt alias unalias ' +
      'hash history caller compgen complete compopt ulimit help enable',
    '(?!)',
  ],
];

const TAKEN: ReadonlyMap<string, RegExp> = new Map(
  TAKE.flatMap(([programs, taken]) => {
    const names = new RegExp(`^(?:${taken})`, 'i');
    return programs.split(' ').map(program => [program, names] as const);
  }),
);

/**
 * Whether a program may take a variable that it sees as a setting: unless that is known to steer nothing, or the
 * program is known not to take it. What is judged where it gets its value is none of these.
 */
export function mayTake(program: string, name: string): boolean {
  if (PLAIN.test(name) || isSteeringName(name)) return false;
  const tool = program.replace(/^.*\//, '');
  const own = tool.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  const taken = TAKEN.get(tool);
  return (
    !taken ||
    taken.test(name) ||
    (own !== '' && /^[A-Z]/.test(own) && name.startsWith(`${own}_`))
  );
}
