import { ShellSession } from './earlierTexts';
import { readShell } from './readShell';

interface Case {
  text: string;
  /** `NAME form place` of each, `NAME form place=default` where there is a default. */
  found: string[];
}

const leftBy = (text: string) => {
  const session = new ShellSession();
  session.after(readShell(text, { language: 'bash' }).leaves);
  return session;
};

const placed = (text: string, options = {}) =>
  readShell(text, { language: 'bash', ...options }).placeholders.map(
    ({ parameter, form, place, default: value }) =>
      `${parameter} ${form} ${place}${value === undefined ? '' : `=${value}`}`,
  );

describe('placeholders of a command', () => {
  it.each<Case>([
    {
      text: 'kubectl describe pod <pod-name> -n prod',
      found: ['POD_NAME angle word'],
    },
    {
      text: 'kubectl logs <POD> -c <container name>',
      found: ['POD angle word', 'CONTAINER_NAME angle word'],
    },
    {
      text: 'kubectl get <snake_case> <camelCase>',
      found: ['SNAKE_CASE angle word', 'CAMEL_CASE angle word'],
    },
    {
      text: "kubectl logs <user's pod> -n x",
      found: ['USER_S_POD angle word'],
    },
    {
      text: 'ssh <user>@<host> uptime',
      found: ['USER angle word', 'HOST angle word'],
    },
    {
      text: 'echo "pod <pod> of $NS"',
      found: ['POD angle double', 'NS variable double'],
    },
    { text: "echo 'pod <pod>'", found: ['POD angle single'] },
    {
      text: 'kubectl logs $POD ${NS}',
      found: ['POD variable unquoted', 'NS variable unquoted'],
    },
    {
      text: 'echo "${A:-x}" "${B?}"',
      found: ['A variable double=x', 'B variable double'],
    },
    {
      text: 'NAMESPACE=${NAMESPACE:-default}',
      found: ['NAMESPACE variable double=default'],
    },
    {
      text: 'curl https://{{host}}/api/{tenant}/x',
      found: ['HOST braces word', 'TENANT braces word'],
    },
    { text: 'kubectl logs ${pod-name}', found: ['POD_NAME braces word'] },
    {
      text: 'kubectl logs [pod name] -n [namespace]',
      found: ['POD_NAME brackets word', 'NAMESPACE brackets word'],
    },
    {
      text: 'kubectl -n your-namespace logs YOUR_POD',
      found: ['YOUR_NAMESPACE bare word', 'YOUR_POD bare word'],
    },
    { text: 'kubectl get pod my-pod', found: ['MY_POD bare word'] },
    { text: 'kubectl get deploy my-app', found: [] },
    {
      text: 'kubectl logs transaction-service-xxxx',
      found: ['TRANSACTION_SERVICE_XXXX bare word'],
    },
    {
      text: 'kubectl set image deploy/x a=b:vX.X.X-hotfix',
      found: ['VERSION bare word'],
    },
    {
      text: 'kubectl logs POD_NAME -n NAMESPACE',
      found: ['POD_NAME bare word', 'NAMESPACE bare word'],
    },
    { text: 'cp backup-YYYYMMDD.sql x.sql', found: ['YYYYMMDD bare word'] },
    {
      text: 'cat <<EOF\nname: <name>\nns: $NS\nEOF',
      found: ['NAME angle heredoc', 'NS variable heredoc'],
    },
    { text: 'export KIND="deploy"', found: ['KIND export assignment=deploy'] },
    {
      text: 'NS=prod\nkubectl -n $NS get pods',
      found: ['NS export assignment=prod'],
    },
    {
      text: 'export NAME="<workload-name>"\nkubectl get deploy $NAME',
      found: ['WORKLOAD_NAME angle double'],
    },
    {
      text: 'kubectl create secret generic x --from-literal=<key>="<value>"',
      found: ['KEY angle word', 'VALUE angle double'],
    },
  ])('$text', ({ text, found }) => {
    expect(placed(text)).toEqual(found);
  });

  it.each<Case>([
    { text: "sh -c 'kubectl logs <pod>'", found: ['POD angle nested'] },
    { text: 'bash -c "kubectl logs $POD"', found: ['POD variable nested'] },
    {
      text: "ssh host 'systemctl status <unit>'",
      found: ['UNIT angle nested'],
    },
    { text: 'ssh host systemctl status <unit>', found: ['UNIT angle nested'] },
    { text: 'psql -c "select * from <table>"', found: ['TABLE angle nested'] },
    { text: 'mysql -e "select 1 from <table>"', found: ['TABLE angle nested'] },
    {
      text: `kubectl patch deploy x -p '{"spec":{"replicas":<n>}}'`,
      found: ['N angle nested'],
    },
    {
      text: `kubectl get x -o jsonpath="{.items[?(@.metadata.name=='<name>')]}"`,
      found: ['NAME angle nested'],
    },
    {
      text: 'kubectl exec <pod> -- sh -c "ls <dir>"',
      found: ['POD angle word', 'DIR angle nested'],
    },
    { text: "awk '/<pattern>/ {print $1}' f", found: ['PATTERN angle nested'] },
    { text: "sed 's/<old>/x/' f", found: ['OLD angle nested'] },
    { text: 'eval "ls <dir>"', found: ['DIR angle nested'] },
    {
      text: `curl -X POST http://x -d '{"id":"<id>"}'`,
      found: ['ID angle nested'],
    },
    { text: 'python -c "print(<x>)"', found: ['X angle nested'] },
    { text: "jq '.<key>' f", found: ['KEY angle nested'] },
  ])('$text is interpreted again', ({ text, found }) => {
    expect(placed(text)).toEqual(found);
  });

  it.each<Case>([
    { text: '<command> get pods', found: ['COMMAND angle none'] },
    { text: './scripts/<name>.sh', found: ['NAME angle none'] },
    { text: '$TOOL get pods', found: ['TOOL variable none'] },
    { text: 'kubectl get --<option>=x', found: ['OPTION angle none'] },
    { text: '<VARIABLE>=x', found: ['VARIABLE angle none'] },
    { text: 'echo $<x>', found: ['X angle none'] },
    {
      text: 'echo ${X:-<pod>}',
      found: ['X variable unquoted', 'POD angle none'],
    },
    { text: 'echo $((<n> + 1))', found: ['N angle none'] },
    { text: "cat <<'EOF'\n<name>\nEOF", found: ['NAME angle none'] },
    { text: "echo $'a <b>'", found: ['B angle none'] },
  ])('nothing can be put into $text', ({ text, found }) => {
    expect(placed(text)).toEqual(found);
    const { placeholders } = readShell(text, { language: 'bash' });
    expect(
      placeholders
        .filter(one => one.place === 'none')
        .every(one => one.because),
    ).toBe(true);
  });

  it.each([
    'sort < file > out',
    'sort <in.txt>out.txt',
    'diff <(ls a) <(ls b)',
    'ls 2>&1 | cat >&2',
    'cat <<EOF >x.txt\nEOF',
    'cat <<< "a"',
    `curl -d '<tag>x</tag>' http://x`,
    'kubectl get pods -o jsonpath=\'{.items[0]}{"\\n"}\'',
    "kubectl get x -o go-template='{{range .items}}{{name}}{{end}}'",
    "awk '{print $1}' f",
    'echo $1 $@ $? $$ $# $! $0',
    'echo $HOME $PATH $PWD $USER $HOSTNAME $RANDOM',
    'echo $CI_COMMIT_SHA $GITHUB_SHA $CI $BUILD_NUMBER $SSH_AUTH_SOCK',
    'X=$(date)\necho $X',
    'for s in a b; do echo $s; done',
    'read -r n; echo $n',
    "jq --arg x 1 '.[] | select(.a==$x)' f",
    'find . -exec ls {} \\;',
    'ls | xargs -I{} echo {}',
    'A=(1); echo {1..5} {a,b} ${#A[@]}',
    'git show HEAD@{1} stash@{0}',
    'curl -w "%{http_code}" http://x',
    "docker inspect -f '{{.State.Health}}' x",
    'echo "[INFO] x" && ls [a-z]* [abc]',
    'kubectl set env deploy/x DB_NAME=v',
    'redis-cli CONFIG GET maxmemory',
    'curl -X DELETE http://x',
    'kill -s TERM 1',
    'git commit -m "by Jane <jane@example.com>"',
    "sed 's/<[^>]*>//g' f",
    '# kubectl logs <pod-name>\nls',
    'f() { local a=1; echo $a; }',
    'export PATH=$PATH:$HOME/bin KUBECONFIG=~/.kube/x HTTP_PROXY=http://x',
    'i=0\ni=1\necho $i',
  ])('nothing has to be supplied for %s', text => {
    expect(placed(text)).toEqual([]);
  });

  it('a variable of an earlier block needs no value', () => {
    expect(
      placed('kubectl logs $POD', {
        earlier: leftBy('POD=$(kubectl get pods -o name)'),
      }),
    ).toEqual([]);
  });

  it('a variable that is used before it is assigned needs a value', () => {
    expect(placed('echo $X\nX=$(date)')).toEqual(['X variable unquoted']);
  });

  it('offsets are those of the text as written', () => {
    const text = '$ kubectl logs <pod> -n "$NS"';
    const { placeholders } = readShell(text, { language: 'console' });
    expect(
      placeholders.map(({ start, end }) => text.slice(start, end)),
    ).toEqual(['<pod>', '$NS']);
  });
});
