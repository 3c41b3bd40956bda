import { readRunbook } from '../readRunbook';

const fence = (text: string) => `\`\`\`bash\n${text}\n\`\`\``;
const written = (...parts: string[]) => parts.join('\n\n');
const read = (...parts: string[]) =>
  readRunbook(written('# Till runbook', ...parts), 'till.md');

describe('values that earlier blocks leave', () => {
  it('a block after the one that finds the pod is read as if both were one', () => {
    const { blocks } = read(
      '## Look into a pod',
      fence('POD=$(kubectl get pods -l app=till -o name | head -1)'),
      fence('kubectl exec $POD -- cat /etc/till.conf'),
    );
    expect(blocks[1]).toMatchObject({ effect: 'read', parameters: [] });
  });

  it('options in a setting of an earlier block make a request one that cannot be told', () => {
    const { blocks } = read(
      fence('OPTS="-X DELETE"'),
      fence('curl $OPTS https://till.example.com/carts/1'),
    );
    expect(blocks[1].effect).toBe('unknown');
  });

  it('a step after the one that finds the pod is read as if both were one', () => {
    const [procedure] = read(
      '## Look into a pod',
      '1. Find it:\n\n   ```bash\n   POD=$(kubectl get pods -o name | head -1)\n   ```',
      '2. Look:\n\n   ```bash\n   kubectl exec $POD -- ls\n   ```',
    ).procedures;
    const steps = procedure.phases.flatMap(phase => phase.steps);
    expect(steps.map(({ effect }) => effect)).toEqual(['read', 'read']);
    expect(procedure.parameters).toEqual([]);
  });

  it('a variable that names a command is no choice of the reader', () => {
    const runbook = read(
      '## Look at the pods',
      fence('KUBECTL="kubectl --context till"'),
      fence('$KUBECTL get pods'),
    );
    expect(runbook.blocks.map(({ parameters }) => parameters)).toEqual([
      [],
      [],
    ]);
    expect(runbook.blocks[1].effect).toBe('read');
    expect(runbook.procedures[0].parameters).toEqual([]);
  });

  it('a block needs no value for what an earlier block of the document sets', () => {
    const { blocks } = read(
      '## Set up',
      fence('export NS=till\nexport TEAM="<team-name>"'),
      '## Look at the pods',
      fence('kubectl -n $NS get pods -l team=$TEAM'),
    );
    expect(blocks.map(({ parameters }) => parameters)).toEqual([['TEAM'], []]);
  });

  it('a folder counts until the next chapter begins', () => {
    const { blocks } = read(
      '## Clean up',
      fence('cd /var/till'),
      fence('rm -rf cache'),
      '## Build',
      fence('rm -rf build'),
    );
    expect(blocks.map(({ effect }) => effect)).toEqual([
      'local',
      'destructive',
      'local',
    ]);
  });
});

describe('names of parameters', () => {
  const parametersOf = (...parts: string[]) =>
    read(...parts).procedures.flatMap(({ parameters }) =>
      parameters.map(({ name }) => name),
    );

  it('a placeholder and the variable that is given it are one parameter', () => {
    expect(
      parametersOf(
        '## Look into a pod',
        fence('POD="<pod-name>"\nkubectl exec $POD -- ls'),
        fence('kubectl logs <pod-name>'),
      ),
    ).toEqual(['POD']);
  });

  it.each([
    ['NS="<namespace>"', 'kubectl get pods -n <namespace>', ['NS']],
    ['SOURCE="<namespace>"', 'kubectl get pods -n <namespace>', undefined],
    ['KEY="<name>"', 'kubectl get pods <name>', undefined],
  ])('%s and %s', (set, used, together) => {
    const names = parametersOf('## Look', fence(`export ${set}`), fence(used));
    expect(names).toHaveLength(together ? 1 : 2);
  });

  it('a placeholder, $NAME and ${NAME} of one name are one parameter', () => {
    expect(
      parametersOf(
        '## Look at the pods',
        fence('kubectl -n <namespace> get pods'),
        fence('kubectl -n $NAMESPACE get events'),
        fence('kubectl -n ${NAMESPACE} get jobs'),
      ),
    ).toEqual(['NAMESPACE']);
  });

  it('what is set for one command only is named as it is written', () => {
    const { blocks } = read(
      fence('PGPASSWORD=<pw> psql -h db.example.com -c "select 1"'),
      fence('export PGPASSWORD=<pw>'),
      fence('TEAM=<team-name>; NS=<ns-name> # both'),
    );
    expect(blocks.map(({ parameters }) => parameters)).toEqual([
      ['PW'],
      ['PGPASSWORD'],
      ['TEAM', 'NS'],
    ]);
  });

  it('a query says what has to be put into it', () => {
    const runbook = read(
      '## Find the cart',
      "```sql\nselect * from carts where id = '<cart-id>' and a < b and c > d;\n```",
    );
    expect(runbook.blocks[0].parameters).toEqual(['CART_ID']);
    expect(runbook.procedures[0].parameters.map(({ name }) => name)).toEqual([
      'CART_ID',
    ]);
  });
});

describe('labels of parameters', () => {
  const labels = (text: string) =>
    read('## Look', fence(text)).procedures[0].parameters.map(
      ({ label }) => label,
    );

  it('a name in another alphabet is shown as it is written', () => {
    expect(labels('kubectl logs <имя-пода>')).toEqual(['имя-пода']);
  });

  it('a date says how it has to be written', () => {
    expect(labels('cp till-YYYY-MM-DD.sql .')).toEqual(['date as YYYY-MM-DD']);
  });
});
