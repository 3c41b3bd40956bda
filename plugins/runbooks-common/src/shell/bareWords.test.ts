import { readShell } from './readShell';

const parametersOf = (text: string) => [
  ...new Set(
    readShell(text, { language: 'bash' }).placeholders.map(
      ({ parameter }) => parameter,
    ),
  ),
];

describe('placeholders that look like ordinary words', () => {
  it.each<[string, string[]]>([
    // dates are named as they have to be written
    ['cp till-YYYYMMDD.sql till.sql', ['YYYYMMDD']],
    ['cp till_YYYY-MM-DD_HHMM.sql .', ['YYYY_MM_DD_HHMM']],
    ['psql till < till_YYYYMMDD.sql', ['YYYYMMDD']],
    ['till list --since YYYY-MM-DDT00:00:00Z', ['YYYY_MM_DD']],
    // what stands for nothing in particular is named by what it is the value of
    ['export TILL_TOKEN=xxxxx', ['TILL_TOKEN']],
    ['docker run -e API_KEY=xxx till', ['API_KEY']],
    ['till login --token XXXX', ['TOKEN']],
    ['make rollback TAG=...', ['TAG']],
    [
      'curl -H "X-Till-Key: CHANGE_ME" https://till.example.com',
      ['X_TILL_KEY'],
    ],
    [
      "kubectl create secret generic t --from-literal=pin='REPLACE_ME'",
      ['PIN'],
    ],
    ['./deploy.sh --env=<staging|production>', ['ENV']],
    // addresses and names of objects
    ['ssh root@x.x.x.x', ['IP']],
    ['ping 10.0.X.X', ['IP']],
    ['ssh user@server', ['USER', 'SERVER']],
    ['kubectl delete pod till-xxxxxx-yyyyy', ['TILL_XXXXXX_YYYYY']],
    ['kubectl logs pod-name', ['POD_NAME']],
    ['kubectl logs pod_name -c container-name', ['POD_NAME', 'CONTAINER_NAME']],
    [
      'aws ec2 reboot-instances --instance-ids i-0123456789abcdef0',
      ['INSTANCE_ID'],
    ],
    // upper case
    ['kubectl get pods -n NS', ['NS']],
    ['kubectl scale deploy/till --replicas=N', ['N']],
    ['kubectl rollout undo deploy/till --to-revision X', ['X']],
    ['nc -zv HOST PORT', ['HOST', 'PORT']],
    ['psql -h DB_HOST -U USER -d DBNAME', ['DB_HOST', 'USER', 'DBNAME']],
    ['git checkout COMMIT_HASH', ['COMMIT_HASH']],
    ['kill -9 PID', ['PID']],
    ['iptables -A INPUT -s OFFENDING_IP -j DROP', ['OFFENDING_IP']],
    ['ldapwhoami -D "cn=AFFECTED_USER,ou=till"', ['AFFECTED_USER']],
    ["grep 'UNAUTHORIZED_CLIENT' till.log", ['UNAUTHORIZED_CLIENT']],
    ["sed -i 's/OLD_TAG/NEW_TAG/' till.yaml", ['OLD_TAG', 'NEW_TAG']],
    ['kubectl logs __POD_NAME__ -n __ns-name__', ['POD_NAME', 'NS_NAME']],
    ['aws ec2 create-volume --snapshot-id snap-123456', ['SNAPSHOT_ID']],
    // words and other alphabets
    ['kubectl logs {pod name} -n shop-{tenant}', ['POD_NAME', 'TENANT']],
    ['kubectl logs ${your pod name here}', ['YOUR_POD_NAME_HERE']],
    ['curl -X PUT "till:9200/INDEX_NAME/_settings"', ['INDEX_NAME']],
    [`aws dynamodb get-item --key '{"id":{"S":"CART_ID"}}'`, ['CART_ID']],
    // brackets
    ['firebase hosting:clone [SITE]:prev [SITE]:live', ['SITE']],
    ['till route --to-revisions=[PREV_REVISION]=100', ['PREV_REVISION']],
    ['az snapshot create -g [RG] -n snap-[YYYYMMDD]', ['RG', 'YYYYMMDD']],
    ['till export > report_[YYYYMMDD].json', ['YYYYMMDD']],
  ])('%s', (text, expected) => {
    expect(parametersOf(text)).toEqual(expected);
  });

  it('words in other alphabets are parameters, each its own', () => {
    const [pod, namespace, again] = readShell(
      'kubectl logs <имя-пода> -n <命名空间>; kubectl get pod {имя-пода}',
      { language: 'bash' },
    ).placeholders.map(({ parameter }) => parameter);
    expect(pod).toMatch(/^[A-Z_][A-Z0-9_]*$/);
    expect(namespace).toMatch(/^[A-Z_][A-Z0-9_]*$/);
    expect(again).toBe(pod);
    expect(namespace).not.toBe(pod);
  });

  it.each([
    'python -c \'if __name__ == "__main__": pass\'',
    'till() { ls; }; till',
    "awk '{print}' till.log",
    `curl -d '{"CART_ID":5}' https://till.example.com`,
    'python3 -c \'print(os.environ["DB_HOST"])\'',
    "sed -i 's/<version>.*<\\/version>/<version>1<\\/version>/' pom.xml",
    'python3 -c \'print("<html>")\'',
    'gh secret set API_TOKEN < token.txt',
    'heroku config:get DATABASE_URL',
    'wrangler secret put API_TOKEN',
    'railway env get DATABASE_URL',
    'git reset --hard ORIG_HEAD',
    'kill -s TERM 1',
    'curl -X POST https://till.example.com/x',
    'docker run -e API_KEY till',
    'psql -c "select CURRENT_DATE"',
    'mysql -e "SHOW TABLES"',
    'echo "NEW_PW=" OLD_PW=x',
    "grep 'NEW_ORDER' till.log",
    'tr [A-Z] [a-z] < in.txt',
    'ls [ab]*.log',
    'names=(a); echo ${names[NEW_KEY]}',
    'if [ -f .env ]; then ls; fi',
    '[[ $HOME == /root ]] && ls',
    'ssh deploy@till.example.com uptime',
    'curl --data \'{"user_name":"ann"}\' https://till.example.com',
    'kubectl get pods -o custom-columns=NAME:.metadata.name',
    'kubectl get pods --sort-by=.metadata.name',
    'ls ... 2>/dev/null',
    'go test ./...',
    'git diff main...till',
  ])('nothing has to be supplied for %s', text => {
    expect(parametersOf(text)).toEqual([]);
  });
});
