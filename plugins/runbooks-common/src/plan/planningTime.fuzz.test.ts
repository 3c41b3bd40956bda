import type { Step } from '../document/model';
import { readRunbook } from '../document';
import {
  counted,
  growthOf,
  MOST_GROWTH,
  row,
  type Shape,
} from '../testUtils/growth';
import { bindTask, type BindQuestions, type BindTask } from './bindTask';
import { planTask, type PlanTask } from './planTask';
import { INVENTORY } from './testUtils/inventory';

/** A step has 64 KiB at most: four times the longest is that. */
const LENGTHS = { shortest: 4_000, longest: 16_000 };
const FILES: Record<string, string> = {
  's.sh': 'kubectl get pods\n. ./t.sh\n',
  't.sh': 'A=b\n',
  'm.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n',
};
const asked: BindQuestions & { isThere(path: string): boolean } = {
  hasTool: INVENTORY.hasTool,
  fileText: path => FILES[path],
  isThere: path => path in FILES,
  realPath: path => path,
  links: () => new Map(),
  shownPath: path => path,
  changedFile: path => ({ path, change: 'added' }),
};
const [PROCEDURE] = readRunbook(
  '# A\n\n## Restart\n\n```bash\nls\n```\n',
  'a.md',
).procedures;
const TASK: PlanTask = {
  entityRef: 'component:default/shop',
  runbook: { id: 'r', path: 'a.md', title: 'A', revision: 'e' },
  procedure: PROCEDURE,
  clusters: ['one'],
  namespace: 'shop',
  scope: {
    source: { kind: 'configuration', rule: 'shop' },
    namespaces: ['shop'],
    reads: 'cluster',
    grants: [],
  },
  inventory: { id: INVENTORY.id, hasNetwork: INVENTORY.hasNetwork },
  present: [],
  values: {},
  confirmation: 'shop',
  approvalNotices: [],
  notices: [],
  stepTimeoutSeconds: 60,
};

function planned(text: string, files = FILES) {
  const procedure = {
    ...PROCEDURE,
    phases: PROCEDURE.phases.map(phase => ({
      ...phase,
      steps: phase.steps.map((step): Step => ({ ...step, text })),
    })),
  };
  const fileText = (path: string) => files[path];
  return planTask({ ...TASK, procedure }, { ...asked, fileText });
}

/** Each of these in a row, never closed: what stands behind it is nested in it, or wrapped by it. */
const OPENINGS = [
  "eval '",
  'eval "',
  'eval ',
  "bash -c '",
  'bash -c "',
  'sh -c ',
  "trap '",
  "ssh h '",
  "kubectl exec p -- sh -c '",
  '$(',
  '"$(',
  '`',
  '<(',
  'a=$(',
  'cat <<EOF\n',
  'bash <<EOF\n',
  'xargs ',
  'xargs -I{} sh -c ',
  'env ',
  'env A=b ',
  'timeout 1 ',
  'sudo ',
  'nohup ',
  'time ',
  'command ',
  'exec ',
  'watch ',
  'parallel ',
  'find . -exec ',
  'docker exec x ',
  '( ',
  '{ ',
  'if ',
  'while ',
  'for i in a; do ',
  'case x in x) ',
  'f() { ',
  '$((',
  '((',
  '${a:-',
  '${a[',
  '[[ ',
  '[ ',
  'a=(',
  '{a,',
  "alias a='",
  'ls | ',
];

/** Each of these as often as there is room. */
const COMMANDS = [
  'ls',
  'kubectl get pods',
  'kubectl delete pod $A',
  'bash -c "ls a"',
  'eval "A=b"',
  'trap "ls" EXIT',
  'ssh h "ls"',
  'A=$(ls)',
  'A="$A$A"',
  'echo $((a+1))',
  '[[ $a -gt 1 ]]',
  'cd a',
  'f() { ls; }',
  'f $1',
  'cat <<EOF\na\nEOF',
  'bash <<EOF\nls\nEOF',
  'for i in a b; do ls $i; done',
  'ls | while read x; do ls $x; done',
  'echo {a,b}{c,d}',
  'kubectl get pods | xargs kubectl delete pod',
  '. ./s.sh',
  'bash s.sh',
  'kubectl apply -f m.yaml',
  'find . -exec ls {} \\;',
  'ls > f',
];

const SHAPES: Record<string, Shape> = {
  'a long word': row('a'),
  'many words': length => `ls${row(' $A')(length)}`,
  'many expansions in a word': length => `echo ${row('"$A"')(length)}`,
  'many variables': counted(i => `A${i}=b; echo $A${i}\n`),
  'variables made of others': counted(i => `A${i + 1}="$A${i}$A${i}"\n`),
  'values of one variable': counted(i => `A=b${i}; echo $A\n`),
  'loops over one list': length =>
    `L=(${counted(i => `a${i} `)(length / 2)})\n${row(
      'for x in "${L[@]}"; do ls $x; done\n',
    )(length / 2)}`,
  'functions that call each other': length =>
    `${counted(i => `f${i}() { f${i + 1} $1; f${i + 1} $1; }\n`)(
      length,
    )}f0 a\n`,
  'calls of one function': length =>
    `f() { kubectl get pod $1; }\n${row('f a\n')(length)}`,
  'a long function that is called often': length =>
    `f() {\n${row('ls $1\n')(length / 2)}}\n${row('f a\n')(length / 2)}`,
  'commands that are handed on': row('"$@"\n'),
  'declared numbers': row('declare -i x=1\n'),
  'variables around calls': length =>
    `f() { ls $1; }\n${counted(i => `A${i}=b\n`)(length / 2)}${row('f a\n')(
      length / 2,
    )}`,
  'aliases of aliases': length =>
    `${counted(i => `alias a${i}='a${i + 1}; a${i + 1}'\n`)(length)}a0\n`,
  'names of pods': length =>
    `kubectl delete pod${counted(i => ` p${i}`)(length)}`,
  'here-documents': counted(i => `cat <<E${i}\na\nE${i}\n`),
  'nested braces': length =>
    `echo ${'{a,'.repeat(length / 4)}${'}'.repeat(length / 4)}`,
};

const aliases = counted(i => `  a${i}: &a${i} x\n  b${i}: *a${i}\n`);
const MANIFESTS: Record<string, Shape> = {
  objects: counted(
    i => `---\nkind: Pod\napiVersion: v1\nmetadata: {name: p${i}}\n`,
  ),
  'anchors and aliases': length => `kind: ConfigMap\ndata:\n${aliases(length)}`,
  'aliases of aliases': length =>
    `a0: &a0 [x]\n${counted(i => `a${i + 1}: &a${i + 1} [*a${i},*a${i}]\n`)(
      length,
    )}`,
  'merged maps': length =>
    `a0: &a0 {x: y}\n${counted(i => `a${i + 1}: &a${i + 1}\n  <<: *a${i}\n`)(
      length,
    )}`,
  'open lists': row('['),
  'tags that nobody knows': row('!!x '),
};

describe('the time of planning and binding grows no faster than the text', () => {
  it.each(OPENINGS)('%j in itself', opening => {
    expect(growthOf(planned, row(opening), LENGTHS)).toBeLessThan(MOST_GROWTH);
  });

  it.each(COMMANDS)('%j again and again', command => {
    const shape = row(`${command}\n`);
    expect(growthOf(planned, shape, LENGTHS)).toBeLessThan(MOST_GROWTH);
  });

  it.each(Object.keys(SHAPES))('%s', name => {
    expect(growthOf(planned, SHAPES[name], LENGTHS)).toBeLessThan(MOST_GROWTH);
  });

  it.each(Object.keys(MANIFESTS))('in a manifest: %s', name => {
    const plan = (text: string) =>
      planned('kubectl apply -f m.yaml', { 'm.yaml': text });
    expect(growthOf(plan, MANIFESTS[name], LENGTHS)).toBeLessThan(MOST_GROWTH);
  });

  it('scripts and manifests of the snapshot', () => {
    const plan = (text: string) =>
      planned(
        text,
        Object.fromEntries(
          text
            .split(/\s+/)
            .filter(word => /\.(?:sh|yaml)$/.test(word))
            .map(name => [
              name,
              name.endsWith('.sh') ? 'kubectl get pods\n' : FILES['m.yaml'],
            ]),
        ),
      );
    const shape = counted(i => `bash s${i}.sh\nkubectl apply -f m${i}.yaml\n`);
    expect(growthOf(plan, shape, LENGTHS)).toBeLessThan(MOST_GROWTH);
  });

  it('what earlier steps left: files and variables', () => {
    const decision = planned('. ./s.sh; echo $A1; cat *');
    if (decision.kind !== 'planned') throw new Error('it is refused');
    const { plan } = decision;
    const bind = (text: string) => {
      const names = text.split(' ');
      const task: BindTask = {
        plan,
        step: plan.steps[0],
        left: {
          variables: names.map(name => ({ name, value: '1' })),
          files: names.map(path => ({ path, change: 'added', digest: 'd' })),
        },
        secretDigests: {},
        folders: [''],
        inventory: TASK.inventory,
        present: [],
        secrets: [],
        typed: 'shop',
      };
      return bindTask(task, asked);
    };
    const shape = counted(i => `A${i} `);
    expect(growthOf(bind, shape)).toBeLessThan(MOST_GROWTH);
  });
});
