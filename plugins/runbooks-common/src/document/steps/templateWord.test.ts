import { stepsOf } from '../procedureFrom.testing';

function stepOf(command: string) {
  const [step] = stepsOf(`
# Look at the pods

\`\`\`bash
${command}
\`\`\`
`);
  return step;
}

describe('a command whose argument only shows how it is written', () => {
  it.each([
    [
      'kubectl -n shop get pods -l key=value,otherkey=othervalue -o wide',
      'key=value,otherkey=othervalue',
    ],
    ['kubectl get pods --selector=key=value', 'key=value'],
    [
      "kubectl get pods -l 'key1=value1,key2=value2'",
      'key1=value1,key2=value2',
    ],
    ['kubectl set env deployment/till NAME=VALUE', 'NAME=VALUE'],
    ['kubectl label node worker-1 KEY=VALUE', 'KEY=VALUE'],
    ['helm upgrade till ./chart --set my_key=my_value', 'my_key=my_value'],
  ])('is done by hand, and says what to put in: %s', (command, pairs) => {
    expect(stepOf(command)).toMatchObject({
      type: 'manual',
      manualBecause: `${pairs} only shows how it is written: put in what you mean, and run it yourself`,
    });
  });

  it.each([
    'kubectl get pods -l app=value',
    'kubectl get pods -l key=till',
    'kubectl set env deployment/till NAME=till',
    'kubectl logs deployment/till | grep key=value',
    'echo "key=value"',
    'KEY=value make check',
    'kubectl annotate pod till note="uses key=value pairs" --overwrite',
    "kubectl annotate pod till note='see key=value or name=value'",
    'git commit -m "Explain key=value"',
    'curl -d name=value http://till.shop/',
  ])('is not meant where the words mean what they say: %s', command => {
    expect(stepOf(command).manualBecause).toBeUndefined();
    expect(stepOf(command).type).toBe('command');
  });
});
