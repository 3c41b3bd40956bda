import { readShell } from './readShell';

const runs = (text: string, language?: string) => {
  const reading = readShell(text, { language });
  return reading.shell
    ? reading.runnable
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '')
    : reading.otherwise;
};

describe('what of a block runs', () => {
  it.each<[string, string, string, string[]]>([
    [
      'prompts',
      'bash',
      '$ kubectl get pods\nNAME READY\nweb 1/1\n$ kubectl get svc',
      ['kubectl get pods', 'kubectl get svc'],
    ],
    [
      'continuation lines with their own prompt',
      'console',
      '$ kubectl get pods \\\n> -n prod\nNAME   READY',
      ['kubectl get pods \\', '-n prod'],
    ],
    [
      'a heredoc behind a prompt',
      'console',
      '$ cat <<EOF\nx\nEOF\nx',
      ['cat <<EOF', 'x', 'EOF'],
    ],
    ['user@host', '', 'user@host:~$ ls -la\ntotal 0', ['ls -la']],
    [
      'root@host in brackets',
      'bash',
      '[root@db1 ~]# systemctl status x\nActive: active',
      ['systemctl status x'],
    ],
    [
      'sh-4.4#',
      '',
      'sh-4.4# cat /etc/hosts\n127.0.0.1 localhost',
      ['cat /etc/hosts'],
    ],
    [
      'a root prompt in a console',
      'console',
      '# kubectl get pods\n# kubectl get svc',
      ['kubectl get pods', 'kubectl get svc'],
    ],
    [
      'a command whose prompt was forgotten',
      'bash',
      '$ kubectl get pods\nkubectl delete pod web-0\npod "web-0" deleted',
      ['kubectl get pods', 'kubectl delete pod web-0'],
    ],
    [
      'prompts, and no commands of a script that is shown',
      'console',
      '$ cat clean.sh\nkubectl delete pod web-0\n$ ls',
      ['cat clean.sh', 'ls'],
    ],
    [
      'root prompts, and nothing of the file in the editor',
      '',
      '# vi /etc/relay.conf\n# who may come in\nallow 10.0.0.0/8\n# systemctl restart relay',
      ['vi /etc/relay.conf', 'systemctl restart relay'],
    ],
    [
      'a test in brackets',
      'bash',
      '[ "$STAGE" = "prod" ] && echo yes',
      ['[ "$STAGE" = "prod" ] && echo yes'],
    ],
    [
      'a target with a comment behind it',
      '',
      'make check      # names every file that differs',
      ['make check      # names every file that differs'],
    ],
    ['> in a console', 'console', '> kubectl get pods', ['kubectl get pods']],
    [
      'an arrow prompt',
      '',
      '➜  app git:(main) ✗ kubectl get pods',
      ['kubectl get pods'],
    ],
    [
      'the name of a machine as prompt',
      '',
      '$mac kubectl get pods',
      ['kubectl get pods'],
    ],
    [
      'a command and its table',
      '',
      'kubectl get pods\nNAME    READY   STATUS\nweb-0   1/1     Running',
      ['kubectl get pods'],
    ],
    [
      'SQL after a comment',
      'bash',
      '# On the server:\nSELECT count(*)\nFROM x;\nkubectl get pods',
      ['# On the server:', 'kubectl get pods'],
    ],
    [
      'prose after commands',
      'bash',
      'kubectl get pods\n\nThen check the logs of the failing pod',
      ['kubectl get pods'],
    ],
    [
      'SQL in a heredoc',
      'bash',
      'cat > x.sql <<EOF\nDROP TABLE x;\nEOF',
      ['cat > x.sql <<EOF', 'DROP TABLE x;', 'EOF'],
    ],
    [
      'a commented-out command',
      'bash',
      '# kubectl delete pod x\nkubectl get pods',
      ['# kubectl delete pod x', 'kubectl get pods'],
    ],
    [
      'a shebang',
      'bash',
      '#!/bin/bash\nset -e\nls',
      ['#!/bin/bash', 'set -e', 'ls'],
    ],
    [
      'an unknown tool in a shell block',
      'bash',
      'mytool do something',
      ['mytool do something'],
    ],
    ['8sh', '8sh', 'kubectl get pods', ['kubectl get pods']],
    ['shel', 'shel', 'kubectl get pods', ['kubectl get pods']],
    ['!bash', '!bash', 'kubectl get pods', ['kubectl get pods']],
    [
      'attributes of Runme',
      'sh {"name":"x"}',
      'kubectl get pods',
      ['kubectl get pods'],
    ],
    ['no label', '', 'kubectl get pods', ['kubectl get pods']],
    [
      'commands labelled yaml',
      'yaml',
      'kubectl get pods -n prod',
      ['kubectl get pods -n prod'],
    ],
  ])('%s', (_title, language, text, lines) => {
    expect(runs(text, language)).toEqual(lines);
  });

  it.each<[string, string, string]>([
    ['output', 'bash', 'NAME    READY\nweb-0   1/1'],
    ['output', 'bash', 'Error from server (NotFound): pods "x" not found'],
    ['output', 'text', 'deployment.apps/web scaled'],
    [
      'output',
      '',
      '2024-01-01T00:00:00Z ERROR something failed\n2024-01-01T00:00:01Z INFO ok',
    ],
    ['yaml', 'bash', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x'],
    ['yaml', '', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: x'],
    ['json', 'bash', '{\n  "a": 1\n}'],
    ['json', '', '{"level":"error"}'],
    ['sql', 'sh', 'SELECT * FROM x\nWHERE a = 1;'],
    ['sql', '', 'mysql> SELECT 1;\n+---+\n| 1 |'],
    ['sql', 'bash', 'pgbouncer=# SHOW POOLS;'],
    ['redis', '', '127.0.0.1:6379> FLUSHALL\nOK'],
    ['powershell', '', 'PS C:\\> Get-Process'],
    [
      'promql',
      '',
      'sum(rate(http_requests_total{status=~"5.."}[5m])) by (service)',
    ],
    ['promql', '', 'up{job="x"} == 0'],
    ['hcl', '', 'resource "aws_instance" "x" {\n  ami = "x"\n}'],
    ['code', '', 'const x = 1;\nconsole.log(x);'],
    ['code', '', 'def foo():\n    return 1'],
    ['python', '', '#!/usr/bin/env python3\nprint(1)'],
    ['prose', '', 'Check that the pods are running and then continue.'],
    ['configuration', 'bash', 'max_connections = 100\nshared_buffers = 1GB'],
    ['diagram', '', 'graph TD\n A-->B'],
    ['comment', 'bash', '# only\n# comments'],
    ['empty', 'bash', '\n'],
    ['ruby', 'ruby', 'puts "x"\nFeature.enable(:x)'],
    ['promql', 'promql', 'up == 0'],
  ])('is not shell but %s (labelled "%s")', (otherwise, language, text) => {
    expect(runs(text, language)).toBe(otherwise);
  });

  it('a text that is not shell is local and not run', () => {
    expect(readShell('{"a":1}', { language: 'json' })).toMatchObject({
      shell: false,
      effect: 'local',
      because: 'is JSON, not run',
      commands: [],
      runnable: '       ',
    });
  });
});

describe('where a text may be divided', () => {
  it('whole statements, and the comments between them', () => {
    const text =
      '# 1. Look\nkubectl get pods # all\n\nfor i in 1 2; do\n  # inside\n  echo $i\ndone\ncat <<EOF\n# not a comment\nEOF\n# 2. End';
    const { statements, comments } = readShell(text, { language: 'bash' });
    expect(statements.map(({ start, end }) => text.slice(start, end))).toEqual([
      'kubectl get pods',
      'for i in 1 2; do\n  # inside\n  echo $i\ndone',
      'cat <<EOF\n# not a comment\nEOF',
    ]);
    expect(comments.map(one => one.text)).toEqual(['1. Look', 'all', '2. End']);
  });
});
