/**
 * Code blocks as they stand in runbooks, and what a person who reads them would say that they are.
 *
 * Each begins with a line `=== what | label of the fence | what is special about it`, where `what` is `shell`,
 * `interactive` (shell, and it waits for a person or never ends) or `other` (nothing that a shell runs).
 */
export const SHELL_BLOCKS = String.raw`
=== shell | bash | one command
kubectl get pods -n payments
=== shell | powershell | plain calls that every shell understands
# What runs
kubectl get pods -n shop
argocd app get shop
=== shell | | one known command without a label
lsblk
=== shell | | a tool that nobody knows, with options
ledgerctl drain --region north --yes
=== shell | | subcommands of a tool that nobody knows
hive app-scale ledger-web -i 1
hive app-scale ledger-web -i 3
=== shell | | a subcommand with a hyphen
hive delete-service ledger-web-postgres
=== shell | | a placeholder in a command of an unknown tool
hive create-service postgres small ledger-<ENVIRONMENT>-db --wait
=== interactive | | a login that asks for the password
hive login -a api.hive.example.org -u USERNAME
=== shell | | a tool in a folder
/opt/ledger/bin/ledger-admin verify
=== shell | | a script of the project
./tools/reindex orders
=== shell | text | commands under the label text
docker ps
docker logs ledger --tail 50
=== shell | | a path and options after an unknown tool
relay-dump --out /var/tmp/relay.dump
=== shell | | a pipe of unknown tools
relay-top | relay-fmt --wide
=== shell | | the same unknown tool line after line
fenctl nodes list
fenctl nodes cordon n4
fenctl nodes drain n4
=== shell | | comments name the steps of an unknown tool
# stop taking work
fenctl nodes cordon n4

# let running work end
fenctl nodes drain n4 --timeout 10m
=== shell | | variables first
REGION=north
fenctl promote --region "$REGION"
=== shell | | a variable in front of a command
RELAY_MODE=safe relayd --check
=== shell | | an unknown tool in a quiet line beside a known one
fenctl status
kubectl get nodes
=== shell | | make targets
make stop
make migrate
make start
=== shell | makefile | targets called by name under the label makefile
make -C deploy rollout
=== shell | | a package script
npm run db:check
=== shell | | just the name of a script
./check.sh
=== shell | sh | comment and a command
# how full is the disk
df -h
=== shell | console | a console block without prompts
kubectl get pods
kubectl describe pod ledger-0
=== shell | console | a console block without prompts and with a table
kubectl get pods
NAME       READY   STATUS    RESTARTS   AGE
ledger-0   1/1     Running   0          3d
=== shell | terminal | an unknown tool in a terminal
fenctl members list
=== shell | console | indented commands
    kubectl get pods
    kubectl get svc
=== shell | | a dollar prompt and its output
$ df -h /data
Filesystem      Size  Used Avail Use% Mounted on
/dev/sdb1       200G  180G   20G  90% /data
=== shell | shell | a dollar prompt under a shell label
$ fenctl members list
n1 alive
n2 dead
=== shell | | a dollar stuck to its command
$kubectl get pods
=== shell | | user and host
ops@bastion-2:~$ systemctl status relay
Active: active (running)
=== shell | | host alone with its folder
bastion-2.example.org:~$ traceroute db.example.org
traceroute to db.example.org (10.0.0.9), 30 hops max
=== shell | | root in brackets
[root@ledger-db1 ~]# pvs
  PV         VG   Fmt  Attr PSize
=== shell | | the shell of a container
sh-5.1# cat /etc/resolv.conf
nameserver 10.0.0.2
=== shell | | the folder as a prompt
/app # ls -la
=== shell | | root prompts
# yum install relay -y
# systemctl enable relay
=== interactive | | root prompts, the second opens an editor and shows the file
# yum install relay -y
# vim /etc/relay/relay.conf
listen {
  port 7700
  script "/usr/bin/relay-check 127.0.0.1"
}
limits {
  clients 500
}
=== shell | bash | root prompts under a bash label
# systemctl restart relay
# systemctl status relay
=== shell | bash | one root prompt and its output
# ceph health detail
HEALTH_WARN 1 osds down
=== shell | | a root prompt that shows a script in another language
# cat probe.pl
#!/usr/bin/perl
use strict;
my $host = $ARGV[0];
print "$host\n";
=== shell | | an angle prompt
> kubectl get pods
=== shell | bash | a prompt with a git branch
ops@mac ledger (main) % terraform plan
=== shell | zsh | an arrow prompt
➜  ledger git:(main) ✗ make check
=== shell | console | two prompts, output between
$ kubectl get deploy ledger
NAME     READY   UP-TO-DATE   AVAILABLE   AGE
ledger   2/3     3            2           9d
$ kubectl describe deploy ledger
=== shell | console | a virtual environment in the prompt
(venv) ops@box:~/relay$ python manage.py check
=== shell | bash | a heredoc with SQL inside
psql ledger <<'SQL'
SELECT count(*) FROM entries;
SQL
=== shell | bash | a heredoc with YAML inside
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: ConfigMap
metadata:
  name: relay
EOF
=== shell | bash | a loop
for n in n1 n2 n3; do
  ssh "$n" uptime
done
=== shell | bash | a condition
if [ -f /var/run/relay.pid ]; then
  kill -TERM "$(cat /var/run/relay.pid)"
fi
=== shell | bash | commands in a shell of their own
(
  cd /srv/relay
  rm -rf spool
)
=== shell | bash | commands of an unknown tool in a shell of their own
(
  fenctl drain n4
)
=== shell | bash | a function and its call
check() {
  curl -fsS "https://$1/healthz"
}
check ledger.example.org
=== shell | bash | JSON in an argument
curl -X POST https://relay.example.org/drain -H 'Content-Type: application/json' -d '{
  "node": "n4"
}'
=== shell | bash | commands and a file shown between them
cat plan.json
{
  "nodes": ["n4"]
}
fenctl apply plan.json
=== shell | yaml | commands under a wrong label
kubectl apply -f ledger.yaml
kubectl rollout status deploy/ledger
=== shell | sql | a client started from the shell
psql -h db.example.org -U ops -c 'SELECT 1'
=== shell | 8sh | a broken label
systemctl status relay
=== shell | {.bash} | a label in braces
systemctl status relay
=== shell | bash title="check" | a label with a title
systemctl status relay
=== shell | | a shebang
#!/bin/bash
set -euo pipefail
fenctl verify
=== shell | | assignments and an echo
TOKEN=$(vault read -field=token secret/relay)
echo "$TOKEN" | wc -c
=== shell | bash | commands and a note in prose
Run this on the leader only.
fenctl leader step-down
=== shell | | continuation lines of an unknown tool
relay-admin \
  --endpoint https://relay.example.org \
  reload
=== shell | bash | an unknown tool and nothing else
fenctl
=== shell | bash | two words of an unknown tool
relay reload
=== shell | | the wait for a rollout
kubectl -n ledger rollout status deploy/web --timeout=5m
=== shell | | a usage text below the command
relay-admin --help

Usage: relay-admin [options] command
Options:
  --endpoint URL   where to connect
  --wide           more columns
=== shell | | date and time
date -u +%FT%TZ
=== interactive | bash | a shell in a pod
kubectl exec -it ledger-0 -- bash
=== interactive | bash | logs that are followed
kubectl logs -f deploy/ledger
=== interactive | bash | logs followed by the long option
docker logs --follow ledger
=== interactive | bash | a watch
watch -n 5 kubectl get pods
=== interactive | bash | get with watch
kubectl get pods -w
=== interactive | bash | a forwarded port
kubectl port-forward svc/ledger 8080:80
=== interactive | bash | a resource in an editor
kubectl edit deploy ledger
=== interactive | bash | an editor
sudo vi /etc/relay/relay.conf
=== interactive | bash | ssh without a command
ssh ops@bastion-2.example.org
=== interactive | | ssh by the cloud
gcloud compute ssh bastion-2 --zone north-a
=== interactive | bash | a database console
psql -h db.example.org -U ops ledger
=== interactive | bash | mysql that asks for the password
mysql -u root -p
=== interactive | bash | redis console
redis-cli -h cache.example.org
=== interactive | bash | ping without a count
ping db.example.org
=== interactive | bash | top
top
=== interactive | bash | a journal that is followed
journalctl -u relay -f
=== interactive | bash | tail that never ends
tail -f /var/log/relay.log
=== interactive | bash | a pod for the moment
kubectl run probe --rm -it --image=busybox -- sh
=== interactive | bash | a new password
sudo passwd deploy
=== interactive | bash | any tool that follows logs
fenctl logs --follow
=== interactive | bash | logs of a stack
docker compose logs -f api
=== interactive | bash | a node in debug
oc debug node/worker-3
=== interactive | bash | a pager
less /var/log/relay.log
=== interactive | bash | mongosh without a script
mongosh "mongodb://db.example.org/ledger"
=== interactive | bash | a Kafka consumer that never ends
kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic orders
=== shell | bash | redis with a command
redis-cli -h cache.example.org INFO memory
=== shell | bash | ssh with a command
ssh ops@bastion-2 uptime
=== shell | bash | ping with a count
ping -c 3 db.example.org
=== shell | bash | exec with a command
kubectl exec ledger-0 -- nodetool status
=== shell | bash | tail of a few lines
tail -n 100 /var/log/relay.log
=== shell | bash | top once
top -b -n 1 | head -20
`;
