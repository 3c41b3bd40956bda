import { requirementOf } from '../requirementOf';
import type { JudgeStepInput } from './judgeStep';
import { judgeText } from './testUtils/judgeText';

const EVERY_TOOL = { id: 'local', hasTool: () => true, hasNetwork: false };

const FILES: Record<string, string> = {
  '-l.sh': 'kubectl annotate deployment web l=yes\n',
  '-': 'kubectl annotate deployment web l=yes\n',
  '-m.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n',
  'a/l.sh': 'kubectl annotate deployment web l=yes\n',
  'a/e.sh': 'eval "$1"\n',
  'a/nice.sh': 'echo "$1" | wc -c\n',
  'b/l.sh': 'kubectl delete deployment web\n',
  'a/la.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n',
  'b/la.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\ndata: {a: c}\n',
  'a/outer.sh': 'cp b/l.sh a/l.sh\nbash a/l.sh\n',
  'a/self.sh': 'kubectl annotate deployment web a=b\ncat x > a/self.sh\n',
};

function judge(text: string, over: Partial<JudgeStepInput> = {}) {
  return judgeText(text, FILES, { inventory: EVERY_TOOL, ...over });
}

function requires(text: string, over: Partial<JudgeStepInput> = {}) {
  return requirementOf(judge(text, over), { approvedBy: [], typed: 'web' });
}

/** Ways to put `b/l.sh` in the place of `a/l.sh`. */
const SWAPS = [
  'cp b/l.sh a/l.sh',
  'cp b/* a/',
  'cp -r b/. a',
  'mv b/l.sh a/l.sh',
  'mv a c; mv b a',
  'rm -r a; mv b a',
  'rm -rf a; cp -r b a',
  'rm -rf a; ln -s b a',
  'ln -sf ../b/l.sh a/l.sh',
  'ln -f b/l.sh a/l.sh',
  'cat b/l.sh > a/l.sh',
  'cat b/l.sh >> a/l.sh',
  'cat b/l.sh >| a/l.sh',
  'cat b/l.sh &> a/l.sh',
  'cat b/l.sh 1<> a/l.sh',
  'tee a/l.sh < b/l.sh',
  'sed -i s/annotate/delete/ a/l.sh',
  "sed -n 'w a/l.sh' b/l.sh",
  "sed 'r b/l.sh' -i a/l.sh",
  `awk '{print > "a/l.sh"}' b/l.sh`,
  'dd if=b/l.sh of=a/l.sh',
  'install b/l.sh a/l.sh',
  'install -t a b/l.sh',
  'cp -t a b/l.sh',
  'cp --target-directory=a b/l.sh',
  'tar xf t.tar',
  'tar xf t.tar -C a',
  'tar -C b -cf - . | tar -C a -xf -',
  'patch -p0 < p.patch',
  'patch a/l.sh p.patch',
  'git apply p.patch',
  'git checkout x -- a',
  'unzip x -d a',
  'sort -o a/l.sh b/l.sh',
  'split b/l.sh a/l',
  'csplit b/l.sh 1',
  'openssl base64 -in b/l.sh -out a/l.sh',
  'base64 -d b/l.sh > a/l.sh',
  'gunzip -f a/l.sh.gz',
  'yq -i .a=1 a/l.sh',
  'perl -i -pe s/a/b/ a/l.sh',
  "python3 -c 'x'",
  'xargs cp -t a <<< b/l.sh',
  'find b -exec cp {} a \\;',
  "find b -name '*.sh' -fprint a/l.sh",
  'kubectl get cm x -o jsonpath={.data.a} > a/l.sh',
  'kubectl cp p:/x a/l.sh',
  'curl -o a/l.sh http://127.0.0.1:6443/x',
  'exec > a/l.sh; cat b/l.sh; exec > /dev/stderr',
  'exec 3> a/l.sh; cat b/l.sh >&3',
  'F=a/l.sh; cat b/l.sh > $F',
  'F=a/l.sh; cat b/l.sh > "$F"',
  'for f in a/l.sh; do cat b/l.sh > $f; done',
  'cd a; cat ../b/l.sh > l.sh; cd ..',
  '(cd a; cp ../b/l.sh .)',
  'pushd a; cp ../b/l.sh l.sh; popd',
  'mkdir -p z; cp b/l.sh z/../a/l.sh',
  'cp b/l.sh ./a//l.sh',
  'cp b/l.sh $PWD/a/l.sh',
  'cp b/l.sh /workspace/a/l.sh',
  'cp b/l.sh ~+/a/l.sh',
  'f() { cp b/l.sh a/l.sh; }; f',
  "trap 'cp b/l.sh a/l.sh' DEBUG",
  '{ cp b/l.sh a/l.sh; }',
  'cp b/l.sh a/l.sh &',
  'true && cp b/l.sh a/l.sh',
  'env cp b/l.sh a/l.sh',
  'command cp b/l.sh a/l.sh',
  'nice cp b/l.sh a/l.sh',
  'timeout 5 cp b/l.sh a/l.sh',
  "bash -c 'cp b/l.sh a/l.sh'",
  'cp -b b/l.sh a/l.sh',
  'cp --backup=simple -S .x b/l.sh a/l.sh',
  'mv --exchange a b',
  'mv -T b a',
  'cp -T b/l.sh a/l.sh',
  'rename l.sh x a/l.sh',
  'rsync b/l.sh a/l.sh',
  'shuf -o a/l.sh b/l.sh',
  'truncate -s 0 a/l.sh',
  "script -c 'cat b/l.sh' a/l.sh",
  'strace -o a/l.sh cat b/l.sh',
  'diff -u a b > x; cp x a/l.sh',
  'column b/l.sh > a/l.sh',
  'pr b/l.sh > a/l.sh',
  `mapfile -t X < b/l.sh; printf '%s\\n' "\${X[@]}" > a/l.sh`,
  'read -r X < b/l.sh; echo "$X" > a/l.sh',
  "echo 'kubectl delete deployment todo-backend' > a/l.sh",
  'printf %s x > a/l.sh',
  ': > a/l.sh',
  'chmod -x a/l.sh',
  'helm template x --output-dir a',
  'kubectl cluster-info dump --output-directory=a',
  'kubectl get pods --profile=cpu --profile-output=a/l.sh',
  'kubectl get pods --cache-dir=a',
  'jq . b/l.sh > a/l.sh',
  'gpg -o a/l.sh b/l.sh',
  'xxd -r b/l.sh a/l.sh',
  'iconv -o a/l.sh b/l.sh',
  'tac b/l.sh > a/l.sh',
  'ed a/l.sh <<< w',
  'vim -c wq a/l.sh',
  'cpio -i < t.tar',
  'ar x t.tar',
  'uniq b/l.sh a/l.sh',
  'join b/l.sh b/l.sh > a/l.sh',
  'envsubst < b/l.sh > a/l.sh',
  'm4 b/l.sh > a/l.sh',
  'tsort b/l.sh > a/l.sh',
  'logrotate x',
  'comm b/l.sh b/l.sh >a/l.sh',
];

describe('a file that a step uses and may change itself', () => {
  it.each(SWAPS)('is not known: %s', swap => {
    for (const text of [
      `${swap}\nbash a/l.sh`,
      `${swap}\n. a/l.sh`,
      `bash a/l.sh\n${swap}`,
      `for i in 1 2; do bash a/l.sh; ${swap.replace(/ &$/, '')}; done`,
      `${swap.replaceAll('l.sh', 'la.yaml')}\nkubectl apply -f a/la.yaml`,
    ]) {
      const used = text.includes('la.yaml') ? 'a/la.yaml' : 'a/l.sh';
      let isRead = false;
      const judged = judge(text, {
        fileText: path => {
          isRead ||= path === used;
          return FILES[path];
        },
      });
      if (judged.impossible !== undefined) continue;
      const isNamed =
        judged.swaps?.includes(used) === true &&
        /^uses [\w./]+, which .* may change/.test(judged.unknown ?? '');
      expect([text, isNamed || !isRead]).toEqual([text, true]);
      const { kind, because } = requires(text) as {
        kind: string;
        because: string;
      };
      expect([text, kind]).toEqual([text, 'approval-and-confirmation']);
      expect(because).toContain(judged.unknown ?? '');
    }
  });

  it('is not known in a script that changes and runs another, and in one that changes itself', () => {
    expect(judge('bash a/outer.sh').swaps).toContain('a/l.sh');
    expect(judge('bash a/self.sh').swaps).toEqual(['a/self.sh']);
  });

  it.each([
    'mkdir e; cp b/l.sh e/l.sh; cd e; bash l.sh',
    'mkdir -p e/a; cp b/l.sh e/a/l.sh; cd e; bash a/l.sh',
    'mkdir e; kubectl get cm x -o jsonpath={.data.a} > e/l.sh; pushd e; . ./l.sh',
    'mkdir e; kubectl get cm x -o jsonpath={.data.a} > e/la.yaml; cd e; kubectl apply -f la.yaml',
  ])(
    'is not known where the text makes one of its name in the folder to which it goes: %s',
    text => {
      const { unknown } = judgeText(
        text,
        {
          ...FILES,
          'l.sh': 'kubectl annotate deployment web l=yes\n',
          'la.yaml': FILES['a/la.yaml'],
        },
        { inventory: EVERY_TOOL },
      );
      expect(unknown).toEqual(expect.any(String));
    },
  );

  it.each([
    'kubectl get cm x -o yaml > ~/.gitconfig; git log',
    'kubectl get cm x -o yaml > .git/config; git log',
    'mkdir -p .git; kubectl get cm x -o yaml > .git/config; git log',
    'kubectl get cm x -o yaml > .gitattributes; git diff',
    'cp b/l.sh ~/.gitconfig; git diff --no-index a b',
    'cp b/l.sh x/.curlrc',
  ])('is not known where the text makes settings of programs: %s', text => {
    expect(judge(text).unknown).toEqual(expect.any(String));
  });

  it('is known where it makes a file of values', () => {
    expect(judge('cp a/l.sh .env; cat a/l.sh > ./x').unknown).toBeUndefined();
  });

  it.each([
    '> "$X"',
    '>> $X',
    '> "a/$X"',
    '> "./$X"',
    '> "$PWD/$X"',
    '> "/workspace/$X"',
    '> "logs/../$X"',
    '> "$(cat name)"',
    '> a/*.sh',
    '&> "${X:-a}"',
    '2> "$X"',
    '{F}> "$X"',
  ])(
    'is not known in a script that writes to a name which is known only when it runs, and behind it: %s',
    redirect => {
      const files = {
        ...FILES,
        'a/s.sh': `X=$(cat name)\nkubectl annotate deployment web a=b\ncat x ${redirect}\n`,
      };
      const swapsOf = (text: string) =>
        judgeText(text, files, { inventory: EVERY_TOOL }).swaps;
      expect(swapsOf('bash a/s.sh')).toEqual(['a/s.sh']);
      expect(swapsOf('bash a/s.sh; bash a/l.sh')).toEqual(['a/l.sh', 'a/s.sh']);
    },
  );

  it('is known in a script that writes elsewhere, by how the name begins', () => {
    const files = {
      'a/s.sh':
        'X=$(cat name)\nkubectl annotate deployment web a=b\ncat x > "logs/$X"\n',
    };
    const { swaps, unknown } = judgeText('bash a/s.sh', files, {
      inventory: EVERY_TOOL,
    });
    expect({ swaps, unknown }).toEqual({});
  });

  it('is not known where a link leads to it', () => {
    const links = () => new Map([['out.txt', 'a/l.sh']]);
    const text = 'cat b/l.sh > out.txt; bash a/l.sh';
    expect(judge(text, { links }).swaps).toEqual(['a/l.sh']);
    expect(judge(text, { links: () => new Map() }).swaps).toBeUndefined();
    expect(judge(text, { links: () => undefined }).swaps).toEqual(['a/l.sh']);
  });

  it('takes no secret value that another file in its place would run', () => {
    const hidden = ['RUNBOOKS_P_PW'];
    expect(
      judge('bash a/nice.sh "$RUNBOOKS_P_PW"', { hidden }).impossible,
    ).toBeUndefined();
    expect(
      judge('cp a/e.sh a/nice.sh; bash a/nice.sh "$RUNBOOKS_P_PW"', { hidden })
        .impossible,
    ).toBeDefined();
  });

  it.each([
    ['cat b/l.sh > -l.sh; bash ./-l.sh', '-l.sh'],
    ['cat b/l.sh >> -l.sh; bash -- -l.sh', '-l.sh'],
    ['cat b/l.sh > -m.yaml; kubectl apply -f ./-m.yaml', '-m.yaml'],
    ['cat b/l.sh > -m.yaml; kubectl apply -f -m.yaml', '-m.yaml'],
    ['tee -- -l.sh < b/l.sh; bash ./-l.sh', '-l.sh'],
    ['tee - < b/l.sh; bash ./-', '-'],
    ['cat b/l.sh > -; bash ./-', '-'],
    ['cat b/l.sh > -; . ./-', '-'],
    ['sort -o -l.sh b/l.sh; bash ./-l.sh', '-l.sh'],
    ['sort -k1,1o -l.sh b/l.sh; bash ./-l.sh', '-l.sh'],
    ['uniq -- b/l.sh -l.sh; bash ./-l.sh', '-l.sh'],
    ['rm -- -l.sh; bash ./-l.sh', '-l.sh'],
    ['cp -- b/l.sh -l.sh; bash ./-l.sh', '-l.sh'],
    ['cp b/l.sh ./-l.sh; bash ./-l.sh', '-l.sh'],
    ['sed -i -- s/a/b/ -l.sh; bash ./-l.sh', '-l.sh'],
    ['exec > -l.sh; cat b/l.sh; bash ./-l.sh', '-l.sh'],
  ])('is not known where its name begins with a dash: %s', (text, used) => {
    const judged = judge(text);
    expect(judged.swaps).toContain(used);
    expect(judged.unknown).toContain(`uses ${used}, which`);
  });

  it.each([
    'bash a/l.sh',
    'cat b/l.sh; bash a/l.sh 2>&1 | tee out.log',
    'mkdir -p out; touch out/x; bash a/l.sh > out/log',
    'kubectl get pods -o wide > before.txt; bash a/l.sh; diff before.txt before.txt',
    'bash a/l.sh < b/l.sh; [[ -f a/l.sh ]] && echo there',
    "kubectl get pods --no-headers | awk '$2 > 3 { print $1 }'; bash a/l.sh",
    'find . -name "*.log"; curl -s -o /dev/null http://web; bash a/l.sh',
    'cp b/l.sh kept/; sort -u b/l.sh; bash a/l.sh',
    'kubectl apply -f a/la.yaml && kubectl rollout status deploy/web',
  ])('is known where the step changes other files or none: %s', text => {
    const judged = judge(text);
    expect(judged.swaps).toBeUndefined();
    expect(judged.unknown).toBeUndefined();
  });

  it.each([
    `awk '{print > "a/l.sh"}' b/l.sh`,
    `awk '/"/ { print "x" > "a/l.sh" } /"/' b/l.sh`,
    `awk '{ print "a",
      "b" > "a/l.sh" }' b/l.sh`,
    `awk '{ print | "sh" }' b/l.sh`,
    `awk '{ if ($1 > 2) print $1 > $2 }' b/l.sh`,
    'awk -f b/l.sh x',
    'find b -fprintf a/l.sh %p',
    'curl -sS http://web -o a/l.sh',
    "curl -w '%output{a/l.sh}x' http://web",
    'curl -K b/l.sh',
  ])('is not known behind a program that may write by its words: %s', one => {
    expect(judge(`${one}\nbash a/l.sh`).swaps).toEqual(['a/l.sh']);
  });
});
