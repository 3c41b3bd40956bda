import { ShellSession } from './earlierTexts';
import { readShell } from './readShell';

/** The last of several texts that run one after the other in one shell. */
const lastOf = (...texts: string[]) => {
  const session = new ShellSession();
  const readings = texts.map(text => {
    const reading = readShell(text, { language: 'bash', earlier: session });
    session.after(reading.leaves);
    return reading;
  });
  return readings[readings.length - 1];
};

interface Case {
  says: string;
  texts: string[];
  effect: string;
}

describe('a text after others', () => {
  it.each<Case>([
    {
      says: 'knows that what the cluster names is one word',
      texts: [
        `POD=$(kubectl get pods -l app=till -o jsonpath='{.items[0].metadata.name}')`,
        'kubectl exec $POD -- ls',
      ],
      effect: 'read',
    },
    {
      says: 'knows the command that a variable names',
      texts: ['kctl="kubectl"', '$kctl get pods'],
      effect: 'read',
    },
    {
      says: 'knows the words that a variable holds',
      texts: ["what='delete pods'", 'kubectl $what --all'],
      effect: 'destructive',
    },
    {
      says: 'knows the command that a variable names with another variable in it',
      texts: ['FILE=till.yaml', 'DC="docker compose -f $FILE"', '$DC down -v'],
      effect: 'destructive',
    },
    {
      says: 'does not trust a command whose options may be anything',
      texts: [
        'OPTS=$(cat opts)',
        'CALL="curl $OPTS"',
        '$CALL https://till.example.com',
      ],
      effect: 'unknown',
    },
    {
      says: 'does not trust what a script is called with',
      texts: ['CALL="curl $1"', '$CALL https://till.example.com'],
      effect: 'unknown',
    },
    {
      says: 'does not guess between two commands',
      texts: [
        'CALL="kubectl get -n $NS"',
        'CALL="kubectl delete -n $NS"',
        '$CALL pods',
      ],
      effect: 'unknown',
    },
    {
      says: 'does not know a command whose name is in another variable',
      texts: ['TOOL=kubectl', 'CALL="$TOOL get"', '$CALL pods'],
      effect: 'unknown',
    },
    {
      says: 'knows options that make a request a change',
      texts: [`OPTS='-X DELETE'`, 'curl $OPTS https://till.example.com/cart/1'],
      effect: 'unknown',
    },
    {
      says: 'does not trust what a file holds',
      texts: ['OPTS=$(cat opts.txt)', 'curl $OPTS https://till.example.com/'],
      effect: 'unknown',
    },
    {
      says: 'does not trust in SQL what somebody types',
      texts: [
        'read -p "Which cart? " CART',
        'psql -c "select * from carts where id = $CART"',
      ],
      effect: 'unknown',
    },
    {
      says: 'knows what a function of an earlier text does',
      texts: [
        'restart_till() { kubectl rollout restart deploy/till; }',
        'restart_till',
      ],
      effect: 'change',
    },
    {
      says: 'knows an alias of an earlier text',
      texts: ["alias kd='kubectl delete'", 'kd pod till-0'],
      effect: 'destructive',
    },
    {
      says: 'does not believe that a function hides a known tool',
      texts: ['helm() { echo helm; }', 'helm uninstall till'],
      effect: 'destructive',
    },
    {
      says: 'is in the folder that an earlier text went to',
      texts: ['cd /etc/till', 'rm -rf conf.d'],
      effect: 'destructive',
    },
    {
      says: 'counts both values where two texts may have been run',
      texts: [
        "what='get'",
        "if ask; then what='delete'; fi",
        'kubectl $what pods',
      ],
      effect: 'unknown',
    },
    {
      says: 'forgets a doubt when the variable surely gets another value',
      texts: [
        'POD=$(./find-pod)',
        'POD=$(kubectl get pods -o name | head -1)',
        'kubectl exec $POD -- ls',
      ],
      effect: 'read',
    },
    {
      says: 'does not keep what was set for one command only',
      texts: ['what=delete ./till', 'kubectl $what pods'],
      effect: 'unknown',
    },
  ])('$says', ({ texts, effect }) => {
    expect(lastOf(...texts).effect).toBe(effect);
  });

  it('a setting for one command leaves its variable without a value', () => {
    expect(
      lastOf('MODE=slow ./till', 'echo "$MODE"').placeholders.map(
        ({ parameter }) => parameter,
      ),
    ).toEqual(['MODE']);
  });

  it('a setting that a person may choose stays a parameter of later texts', () => {
    expect(
      lastOf('export NS=till', 'kubectl -n $NS get pods').placeholders.map(
        ({ parameter }) => parameter,
      ),
    ).toEqual(['NS']);
  });
});
