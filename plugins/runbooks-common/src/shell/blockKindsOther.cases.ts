/** Blocks that hold nothing to run; written like those of `blockKinds.cases.ts`. */
export const OTHER_BLOCKS = String.raw`
=== other | | a table of pods
NAME       READY   STATUS    RESTARTS   AGE
ledger-0   1/1     Running   0          3d
=== other | bash | a table of pods under a bash label
NAME       READY   STATUS             RESTARTS   AGE
ledger-0   0/1     CrashLoopBackOff   12         40m
=== other | | a table of a database
 id |  state  | age
----+---------+-----
  1 | running | 00:10
(1 row)
=== other | | a result in columns that MySQL prints
+----------------+----------+
| File           | Position |
+----------------+----------+
| binlog.000007  |      154 |
+----------------+----------+
1 row in set (0.00 sec)
=== other | | log lines
2031-04-02 10:11:12 ERROR relay: connection refused
2031-04-02 10:11:13 INFO relay: retrying
=== other | shell | one log line under a shell label
E0402 10:11:12.000001       1 controller.go:114] failed to sync
=== other | bash | an error message
Error from server (NotFound): pods "ledger-0" not found
=== other | | an error of a program
panic: runtime error: invalid memory address or nil pointer dereference
=== other | | an error with colons
relayd: cannot bind to port 7700: address already in use
=== other | | what a restart prints
deployment.apps/ledger restarted
=== other | bash | what scaling prints, under a bash label
deployment.apps/ledger scaled
=== other | | states of a service
● relay.service - Message relay
     Loaded: loaded (/etc/systemd/system/relay.service; enabled)
     Active: active (running) since Mon 2031-04-02
=== other | | health of a cluster
  cluster:
    id:     0d5ac0de
    health: HEALTH_OK
=== other | | numbers
12
15
=== other | | one word that is a state
Running
=== other | | names of hosts
ledger-db1.example.org
ledger-db2.example.org
=== other | | roles of hosts
node01: primary
node02: standby
=== other | | a bare address
https://status.example.org/incidents
=== other | | a path
/var/lib/relay/spool
=== other | | files in a tree
relay/
├── bin/
│   └── relayd
└── etc/
    └── relay.conf
=== other | | files in a tree of plain signs
relay/
|-- bin/
|   +-- relayd
\-- etc/
=== other | | a drawing
[client] --> [edge] --> [ledger]
                |
                v
             [relay]
=== other | | a drawing of boxes
+--------+      +--------+
| edge   | ---> | ledger |
+--------+      +--------+
=== other | | a decision tree
Pod not ready?
├── Pending → kubectl describe pod
└── CrashLoop → kubectl logs --previous
=== other | | steps with arrows
Detect → Triage → Mitigate → Review
=== other | mermaid | a graph
graph TD
  A[edge] --> B[ledger]
=== other | | a graph without a label
flowchart LR
  A --> B
=== other | yaml | YAML
apiVersion: v1
kind: Service
=== other | | YAML without a label
replicas: 3
image:
  tag: v1.2.3
=== other | bash | YAML under a bash label
resources:
  limits:
    memory: 2Gi
=== other | | an alert rule
- alert: RelayBacklog
  expr: relay_queue_length > 1000
  for: 10m
=== other | json | JSON
{ "state": "open", "since": 12 }
=== other | | JSON without a label
{
  "state": "open",
  "nodes": ["n1", "n2"]
}
=== other | json | a request with its body
POST /relay/_drain
{"node": "n4"}
=== other | | a request without a label
GET /_cluster/health?pretty
=== other | | requests of a search console
GET _cat/indices?v
PUT ledger-2031/_settings
{
  "index.number_of_replicas": 1
}
=== other | bash | a request under a bash label
GET /_cluster/health?pretty
=== other | http | a request with headers
DELETE /queues/orders HTTP/1.1
Host: relay.example.org
=== other | | an answer
HTTP/1.1 503 Service Unavailable
Retry-After: 30
=== other | sql | SQL
SELECT pid, state FROM pg_stat_activity;
=== other | | SQL without a label
SELECT pid, state
FROM pg_stat_activity
WHERE state <> 'idle';
=== other | bash | SQL under a bash label
ALTER TABLE entries ADD COLUMN note text;
=== other | | SQL in small letters
show databases;
=== other | | SQL in small letters over several lines
select relname, n_dead_tup
from pg_stat_user_tables
order by n_dead_tup desc;
=== other | | SQL with a comment
-- who blocks whom
SELECT * FROM pg_locks WHERE NOT granted;
=== other | | a statement that a database runs as a procedure
exec sp_who2;
=== other | | statements of MySQL
show slave status\G
stop slave;
start slave;
=== other | | a session with a database
ledger=# SELECT 1;
 ?column?
----------
        1
(1 row)
=== other | console | a session with MySQL
mysql> show processlist;
+----+------+
| Id | User |
+----+------+
=== other | bash | a session with MariaDB under a bash label
MariaDB [(none)]> STOP SLAVE;
Query OK, 0 rows affected (0.01 sec)
=== other | | a session with Redis
127.0.0.1:6379> INFO replication
role:master
=== other | shell | Redis behind a bare angle
> slowlog get 2
1) 1) (integer) 14
   2) (integer) 1309448221
=== other | | Redis statements
CONFIG SET maxmemory 2gb
INFO memory
=== other | | a session with MongoDB
rs0:PRIMARY> rs.status()
{ "ok" : 1 }
=== other | javascript | MongoDB
db.currentOp({ "secs_running": { "$gt": 10 } })
=== other | | MongoDB without a label
db.orders.getIndexes()
=== other | bash | MongoDB under a bash label
rs.stepDown(60)
=== other | | a script for MongoDB
use ledger
db.entries.find({ state: "stuck" }).limit(5)
=== other | promql | PromQL
rate(relay_errors_total[5m]) > 0.1
=== other | | PromQL without a label
sum by (queue) (relay_queue_length)
=== other | bash | PromQL under a bash label, with comments
# how fast it grows
deriv(relay_queue_length[15m]) > 0
=== other | bash | PromQL in brackets under a bash label
# what is left
(
  sum_over_time(relay:error_ratio:5m[30d])
  / count_over_time(relay:error_ratio:5m[30d])
) / 0.001
=== other | | a metric with labels
relay_queue_length{queue="orders"}
=== other | | PromQL that divides
relay_memory_used_bytes / relay_memory_limit_bytes > 0.9
=== other | logql | LogQL
{app="ledger"} |= "timeout"
=== other | | LogQL without a label
{app="ledger", env="prod"} |= "timeout" | json
=== other | bash | LogQL under a bash label
{namespace="ledger"} |~ "5.."
=== other | | a search in logs
index=relay sourcetype=access status>=500 | stats count by host
=== other | kql | a query of Azure
requests
| where success == false
| summarize count() by name
=== other | | a query of Azure without a label
requests
| where timestamp > ago(1h)
| summarize count() by resultCode
=== other | powershell | PowerShell
Restart-Service Relay -Force
=== other | powershell | a call that only PowerShell understands
kubectl get pods -n shop | Select-String relay
=== other | powershell | calls of tools between settings of PowerShell
$env:NAMESPACE = "shop"
kubectl get pods -n $env:NAMESPACE
=== other | | PowerShell without a label
Get-Service Relay | Restart-Service
=== other | | PowerShell behind its prompt
PS C:\Relay> Get-Process relay
=== other | bash | PowerShell under a bash label
Get-EventLog -LogName Application -Newest 20
=== other | | PowerShell with a variable
$svc = Get-Service -Name Relay
$svc.Status
=== other | | a Windows prompt
C:\Relay> net stop relay
=== other | python | Python
from ledger import repair
repair.run(dry=True)
=== other | | Python without a label
from ledger import repair

repair.run(dry=True)
=== other | | Python at its prompt
>>> import ledger
>>> ledger.version
=== other | bash | Python under a bash label
import requests
requests.get("https://ledger.example.org/healthz")
=== other | javascript | JavaScript
const client = require('./client');
await client.flush();
=== other | | JavaScript without a label
const queue = await relay.queue('orders');
console.log(queue.length);
=== other | ruby | Ruby
Ledger::Entry.where(state: 'stuck').count
=== other | | Ruby without a label
Ledger::Entry.where(state: 'stuck').find_each do |entry|
  entry.retry!
end
=== other | go | Go
func main() {
	relay.Run()
}
=== other | hcl | Terraform
resource "relay_queue" "orders" {
  limit = 1000
}
=== other | | Terraform without a label
variable "region" {
  default = "north"
}
=== other | nginx | nginx
server {
  listen 80;
}
=== other | | nginx without a label
upstream ledger {
  server 10.0.0.5:8080;
}
=== other | | configuration with sections
[relay]
port = 7700
workers = 8
=== other | | properties
relay.port=7700
relay.workers=8
=== other | bash | settings under a bash label
max_connections = 500
shared_buffers = 4GB
=== other | | a rotation of logs, with its path as comment
# /etc/logrotate.d/relay
/var/log/relay/*.log {
    daily
    rotate 14
    compress
    missingok
}
=== other | | a rotation of one file
/var/log/relay/audit.jsonl {
    weekly
    compress
}
=== other | | a timer in crontab
*/5 * * * * /opt/relay/bin/sweep
=== other | | a unit of systemd
[Unit]
Description=Relay
[Service]
ExecStart=/opt/relay/bin/relayd
=== other | dockerfile | a Dockerfile
FROM alpine:3
RUN apk add curl
=== other | | a Dockerfile without a label
FROM alpine:3
RUN apk add curl
CMD ["sh"]
=== other | makefile | rules of make
check:
	./check.sh
=== other | xml | XML
<queue name="orders"/>
=== other | | XML without a label
<queue name="orders">
  <limit>1000</limit>
</queue>
=== other | diff | a patch
- replicas: 2
+ replicas: 3
=== other | | a patch without a label
--- a/relay.yaml
+++ b/relay.yaml
@@ -1,2 +1,2 @@
-replicas: 2
+replicas: 3
=== other | markdown | a template
# Incident: <title>
## Timeline
=== other | | a message to send
Subject: Ledger is degraded

We are investigating slow payments. Next update in 30 minutes.
=== other | | a message with marks
[INVESTIGATING] Payments are slow
Impact: some customers wait longer
Next update: 14:30 UTC
=== other | | a checklist
- [ ] Tell the team
- [ ] Open a ticket
=== other | | prose in a box
If the queue keeps growing, call the second line.
=== other | bash | prose under a bash label
Go to the console and press Retry.
=== other | | a formula
error budget = (1 - SLO) * total requests
=== other | | keys and values in columns
Host:        ledger-db1
Port:        5432
Database:    ledger
=== other | | a timeline
10:02  alert fires
10:05  on-call acknowledges
10:20  fix is out
=== other | bash | comments only
# 1. Open the dashboard
# 2. Look at the error rate
=== other | bash | nothing

=== other | | a thread dump
"main" #1 prio=5 os_prio=0 tid=0x00007f nid=0x1 runnable
   java.lang.Thread.State: RUNNABLE
	at com.example.Relay.run(Relay.java:42)
=== other | | a connection string
postgresql://ops@db.example.org:5432/ledger
`;
