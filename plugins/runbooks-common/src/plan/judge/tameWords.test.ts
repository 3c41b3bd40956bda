import { judgeText } from './testUtils/judgeText';

/** Each may print `nginx --overrides={...}`. */
const SOURCES = [
  "$(kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].args[0]}')",
  "$(kubectl get deployment web -o jsonpath='{.metadata.name} --all{.metadata.name}')",
  "$(kubectl get deployment web -o jsonpath='{.metadata.labels.a}')",
  '$(kubectl get pods --no-headers)',
  "$(kubectl get pods --no-headers | awk '{print $3}')",
  "$(kubectl get pods -o name | sed 's/x//')",
  '$(kubectl get pods -o name | cut -d- -f2-)',
  '$(kubectl get pods -o name | cut -c5-)',
  '$(kubectl get pods -o name | tr x -)',
  '$(kubectl get pods -o name | awk \'{print "--all"}\')',
  '$(kubectl get pods -o name | grep -o -- "--all.*")',
  '$(grep -h nginx x.txt)',
  "$(awk '{print}' x.txt)",
  '$(ls)',
  '$(find .)',
  '$(git log -1 --format=%s)',
  '$(git branch)',
  '$(git tag)',
  '$(git rev-parse --overrides=x)',
  '$(docker ps -q)',
  '$(helm list -q)',
  '$(terraform output image)',
  '$(basename "a --all")',
  '$(pwd)',
  "$(date '+x --overrides={}')",
  '$(mktemp "a --all XXX")',
];

describe('what the cluster, a tool or a file prints, without quotes', () => {
  it.each(SOURCES)(
    'may hold options, so that nobody can tell what is run: %s',
    source => {
      for (const text of [
        `kubectl run a --image=${source}`,
        `I=${source}\nkubectl run a --image=$I`,
        `for I in ${source}; do kubectl run a --image=$I; done`,
        `kubectl create deployment a --image=${source}`,
      ]) {
        const { writes } = judgeText(text);
        expect([text, writes]).toEqual([
          text,
          expect.objectContaining({
            kind: 'any-in-namespaces',
            destructive: true,
          }),
        ]);
      }
    },
  );

  it.each([
    '$(kubectl get pods -l app=web -o name)',
    '$(kubectl get pods -o name | head -1)',
    '$(kubectl get pods -o name | cut -d/ -f2)',
    "$(kubectl get pods -o jsonpath='{.items[0].metadata.name}')",
    "$(kubectl get pods -n shop --no-headers | grep web | awk '{print $1}' | head -n 1)",
    "$(kubectl get pods | awk 'NR==2{print $1}')",
    '$(date +%Y%m%d)',
    '$(git rev-parse --short HEAD)',
    '$(kubectl config current-context)',
  ])('is one name where it can be nothing else: %s', source => {
    const { effect, unknown } = judgeText(
      `kubectl annotate pod web a=${source}`,
    );
    expect([effect, unknown]).toEqual(['change', undefined]);
  });
});

describe('what bash itself puts into a variable', () => {
  it.each([
    ': "nginx --overrides={}"; kubectl run x --image=$_',
    '[[ "nginx --overrides={}" =~ .* ]]; kubectl run x --image=$BASH_REMATCH',
    'read <<< "nginx --overrides={}"; kubectl run x --image=$REPLY',
    'mkdir "a --overrides={}"; cd "a --overrides={}"; kubectl run x --image=$PWD',
    'kubectl run x --image=$BASH_COMMAND',
    'PS4="a --overrides={}"; kubectl run x --image=$PS4',
  ])('may be several words without quotes: %s', text => {
    const { writes, unknown } = judgeText(text);
    expect([unknown !== undefined, writes.kind]).not.toEqual([false, 'listed']);
  });

  it('is one where it can be nothing else', () => {
    expect(
      judgeText('kubectl annotate deployment web by=$HOSTNAME-$RANDOM').unknown,
    ).toBeUndefined();
  });
});

/** `nginxe--overrides={}` is divided into `nginx` and an option at the letter e. */
const NAMES = '$(kubectl get pods -n shop -o name)';
const RUN = `kubectl run x --image=${NAMES}`;

describe('what is divided at other characters than blanks', () => {
  it.each([
    `IFS=e; ${RUN}`,
    `IFS=$'\\x65'; ${RUN}`,
    `export IFS=e\n${RUN}`,
    `declare IFS=e; ${RUN}`,
    `f() { local IFS=e; ${RUN}; }; f`,
    `f() { ${RUN}; }; IFS=e f`,
    `read IFS <<< e; ${RUN}`,
    `IFS= read -r IFS <<< e; ${RUN}`,
    `printf -v IFS e; ${RUN}`,
    `for IFS in e; do ${RUN}; done`,
    `unset IFS; : \${IFS:=e}; ${RUN}`,
    `mapfile IFS <<< e; ${RUN}`,
    `I=IFS; export $I=e; ${RUN}`,
    `I=IFS; read $I <<< e; ${RUN}`,
    `((IFS=1)); ${RUN}`,
    `eval IFS=e; ${RUN}`,
    `IFS=e eval '${RUN}'`,
    `IFS=e; eval '${RUN}'`,
    `trap 'IFS=e' DEBUG; ${RUN}`,
    `. ./lib.sh; ${RUN}`,
    `eval '. ./lib.sh'; ${RUN}`,
    'bash script.sh',
    `IFS=e; I=${NAMES}; kubectl run x --image=$I`,
    `IFS=e; for I in ${NAMES}; do kubectl run x --image=$I; done`,
    `IFS=e; I=nginxe--overrides={}; kubectl run x --image=$I`,
    `IFS=e; I=nginxe--overrides={}; kubectl run x --image=\${I:-nginx}`,
    'IFS=e; A=(xe--overrides={}); kubectl run x --image=y ${A[@]}',
    'IFS=e; f() { kubectl run x --image=y $@; }; f xe--overrides={}',
    'IFS=0; kubectl run x --image=$((10-101))',
    'read() { kubectl run x --image=$(hostname); }; IFS=e read',
  ])('may become options, so that nobody can tell what is run: %s', text => {
    const { writes, unknown } = judgeText(text, {
      'lib.sh': 'IFS=e\n',
      'script.sh': `IFS=e\n${RUN}\n`,
    });
    expect([unknown !== undefined, writes.kind]).not.toEqual([false, 'listed']);
  });

  it.each([
    RUN.replace(NAMES, `"${NAMES}"`).replace(/^/, 'IFS=e; '),
    `IFS=$'\\n'; ${RUN}`,
    `while IFS= read -r LINE; do echo "$LINE"; done < names.txt; ${RUN}`,
    `IFS=, read -r A B <<< a,b; ${RUN}`,
    `unset IFS; ${RUN}`,
    "IFS=,; kubectl run x --image=nginx --labels='a=b'",
    'bash own.sh',
  ])('is one name where it stays one: %s', text => {
    const { writes, unknown } = judgeText(`IFS_NOTE=a\n${text}`, {
      'own.sh': RUN,
    });
    expect([unknown, writes.kind]).toEqual([undefined, 'listed']);
  });
});
