/**
 * Commands of machines, databases, clouds and backups with the effect that they should be given, one a line:
 * `effect | text`. `⏎` stands for a line break.
 */
export const MACHINE_CASES = String.raw`
change | /etc/init.d/apache2 restart
read | supervisorctl status
change | supervisorctl restart all
destructive | supervisorctl stop worker:*
change | sudo supervisorctl reread && sudo supervisorctl update
read | supervisorctl tail -f web
read | pm2 list
change | pm2 restart all
change | pm2 reload ecosystem.config.js
read | pm2 logs api --lines 100 --nostream
read | pm2 logs
destructive | pm2 delete api
change | pm2 save
read | ip addr show
read | ip a
read | ip route
read | ip -s link show eth0
change | sudo ip link set eth0 up
destructive | sudo ip link set dev eth0 down
change | sudo ip route add 10.0.0.0/8 via 10.1.1.1
destructive | ip route del default
change | ip addr add 10.0.0.5/24 dev eth0
read | ssh -L 5432:db.internal:5432 bastion -N
read | rsync -avn --delete ./dist/ user@host:/var/www/
change | sftp user@host <<< 'put file.txt'
change | ssh-copy-id user@host
change | (crontab -l; echo "0 3 * * * /opt/backup.sh") | crontab -
read | dd if=/dev/sda of=/dev/null bs=1M count=100
read | lsblk -f
read | sudo blkid
read | fsck -n /dev/sdb1
read | smartctl -a /dev/sda
read | cat /proc/mdstat
change | sudo dmesg -c
read | nmap -p 443 example.com
destructive | > /var/log/app.log
destructive | cat /dev/null > /var/log/syslog
change | sudo ln -sfn /opt/app/releases/42 /opt/app/current
read | cat /etc/nginx/nginx.conf
change | sudo vim /etc/hosts
change | nano /etc/nginx/sites-available/default
local | vim README.md
change | sudo logrotate -f /etc/logrotate.d/nginx
read | sudo logrotate -d /etc/logrotate.conf
read | echo "show stat" | socat stdio /var/run/haproxy.sock
change | echo "disable server backend/web1" | socat stdio /var/run/haproxy.sock
change | sudo keepalived -f /etc/keepalived/keepalived.conf
change | sudo fail2ban-client set sshd unbanip 203.0.113.7
read | sudo fail2ban-client status sshd
read | wg show
change | sudo wg-quick up wg0
destructive | sudo wg-quick down wg0
read | strace -c -p 1234
read | virsh list --all
change | virsh start vm1
destructive | virsh destroy vm1
read | curl -X POST http://localhost:8080/graphql -H 'Content-Type: application/json' -d '{"query":"{ users { id } }"}'
change | pgbench -i -s 10 app
change | pg_ctlcluster 14 main promote
read | pg_lsclusters
change | pgbackrest --stanza=main backup
read | pgbackrest info
read | wal-g backup-list
change | wal-g backup-push /var/lib/postgresql/data
change | mysqladmin flush-hosts
change | mysqlcheck --auto-repair --all-databases
read | mongosh --quiet --eval 'rs.status().members.map(m => m.stateStr)'
read | mongostat
read | sqlite3 /var/lib/app/app.db ".backup '/tmp/app.bak'"
change | clickhouse-client -q "SYSTEM RESTART REPLICA events"
read | etcdctl snapshot save /tmp/snap.db
read | kafka-consumer-groups.sh --bootstrap-server localhost:9092 --group g --topic x --reset-offsets --to-earliest --dry-run
destructive | kafka-server-stop.sh
read | vault operator raft snapshot save backup.snap
read | consul snapshot save backup.snap
read | nomad status
read | nomad job status web
read | nomad alloc logs -stderr 1234
change | nomad job run web.nomad
read | nomad job plan web.nomad
destructive | nomad job stop -purge web
change | nomad node drain -enable -yes 1234
change | nomad alloc restart 1234
change | aws s3 mv s3://a/x s3://b/x
change | aws cloudwatch disable-alarm-actions --alarm-names a
change | aws sqs receive-message --queue-url $Q
local | aws configure
unknown | gcloud sql connect db --user=postgres
read | az deployment group what-if -g g --template-file main.bicep
change | az containerapp revision activate -n a -g g --revision r
change | az storage blob upload -c c -f x -n x
read | az storage blob download -c c -f x -n x
read | doctl apps logs app --type run
local | doctl kubernetes cluster kubeconfig save c
local | ibmcloud ks cluster config --cluster c
destructive | oci compute instance action --instance-id i --action STOP
read | heroku logs -a app -n 200
read | heroku logs --tail -a app
change | heroku ps:restart -a app
destructive | heroku ps:scale web=0 -a app
change | heroku ps:scale web=2 -a app
change | heroku rollback v42 -a app
change | heroku config:set A=b -a app
destructive | heroku pg:reset DATABASE_URL -a app --confirm app
change | heroku pg:backups:capture -a app
destructive | heroku pg:backups:restore b001 -a app
change | heroku maintenance:on -a app
read | heroku releases -a app
read | flyctl status -a app
read | fly logs -a app
change | fly deploy
destructive | fly scale count 0 -a app
change | fly scale count 2 -a app
change | fly secrets set A=b
change | fly apps restart app
change | vercel --prod
change | vercel rollback
read | vercel ls
change | wrangler deploy
read | wrangler tail
change | wrangler rollback
change | wrangler secret put API_KEY
change | railway up
read | railway logs
change | netlify deploy --prod
change | hcloud server reboot web1
change | linode-cli linodes reboot 123
read | rclone ls remote:bucket
change | rclone copy /data remote:bucket
destructive | rclone sync /data remote:bucket
destructive | rclone delete remote:bucket/old
read | rclone check /data remote:bucket
change | rclone copy ./x remote:y --progress
read | restic snapshots
change | restic -r s3:s3.amazonaws.com/b backup /data
read | restic -r /srv/repo restore latest --target /tmp/restore
destructive | restic restore latest --target /
destructive | restic forget --keep-daily 7 --prune
read | restic check
read | borg list /backup/repo
change | borg create /backup/repo::now /data
destructive | borg prune --keep-daily 7 /backup/repo
change | mc cp file minio/bucket/
read | mc ls minio/bucket
destructive | mc rm --recursive --force minio/bucket/old
read | mc admin info minio
change | s3cmd put x s3://b/
destructive | s3cmd del s3://b/x
local | uuidgen
read | openssl x509 -in /etc/letsencrypt/live/example.com/fullchain.pem -noout -dates
change | curl -fsSL https://deb.example.com/key.gpg | sudo gpg --dearmor -o /usr/share/keyrings/x.gpg
change | sudo fallocate -l 4G /swapfile
change | sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo swapon /swapfile
change | sudo e2label /dev/sdb1 data
read | sudo dmsetup ls
read | sudo multipath -ll
read | iscsiadm -m session
read | bridge link
change | sudo systemd-resolve --flush-caches
change | psql -c "SELECT pg_stat_statements_reset()"
read | psql -c "\copy (SELECT * FROM orders) TO 'orders.csv' CSV HEADER"
read | psql -c "COPY (SELECT 1) TO STDOUT"
read | psql -d app -f /dev/stdin <<'EOF2'⏎select 1;⏎EOF2
read | mariadb-dump --all-databases > all.sql
read | mysqlshow app
read | mysqlbinlog --start-datetime="2024-01-01 00:00:00" binlog.000012 | head
destructive | redis-cli eval "return redis.call('del', unpack(redis.call('keys', 'x:*')))" 0
read | clickhouse client -q "SELECT 1"
read | kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list localhost:9092 --topic x
change | kafka-preferred-replica-election.sh --zookeeper zk:2181
read | kcat -b localhost:9092 -L
read | kcat -b localhost:9092 -t x -C
change | echo msg | kcat -b localhost:9092 -t x -P
read | rpk cluster health
read | rpk topic list
change | rpk topic create x
destructive | rpk topic delete x
read | zkCli.sh -server zk:2181 ls /
destructive | zkCli.sh -server zk:2181 deleteall /x
read | nats stream ls
read | nats server check connection
destructive | nats stream purge ORDERS -f
destructive | nats consumer rm ORDERS c -f
change | nats pub subject msg
read | nats sub '>'
read | aws rds download-db-log-file-portion --db-instance-identifier d --log-file-name l
change | aws autoscaling enter-standby --instance-ids i --auto-scaling-group-name g --should-decrement-desired-capacity
read | aws sts decode-authorization-message --encoded-message m
change | aws s3 cp ./dir s3://b/prefix --recursive --exclude '*' --include '*.html'
change | aws elasticache test-failover --replication-group-id r --node-group-id 0001
change | aws stepfunctions start-execution --state-machine-arn a
change | aws events disable-rule --name r
change | aws apprunner pause-service --service-arn s
change | gcloud compute instances reset vm --zone z
change | gcloud compute disks snapshot d --snapshot-names s
change | gcloud logging write l "msg"
change | gcloud scheduler jobs run j
change | gcloud scheduler jobs pause j
read | bq query --use_legacy_sql=false 'SELECT 1'
read | gcloud storage ls gs://b
destructive | az redis force-reboot -g g -n r --reboot-type AllNodes
destructive | az redis flush -g g -n r
change | az ad sp credential reset --id i
change | az acr build -r r -t i:1 .
change | az pipelines run --name p
change | mv /var/lib/postgresql/15/main /var/lib/postgresql/15/main.bad
change | sudo -u postgres /usr/lib/postgresql/15/bin/pg_ctl -D /data start
read | pssh -h hosts.txt -i uptime
local | gpg --decrypt backup.sql.gpg > backup.sql
local | gpg -c backup.sql
local | htpasswd -nb user pass
change | sudo htpasswd -b /etc/nginx/.htpasswd user pass
read | rbd snap ls --pool images disk1
read | rbd children --pool images disk1
change | rbd snap create images/disk1@before
change | systemctl disable backup.timer
unknown | source ~/.bashrc
unknown | source .venv/bin/activate
local | source /etc/os-release
change | /opt/patroni/bin/patronictl -c /etc/patroni.yml switchover lab --force
change | aws acm resend-validation-email --certificate-arn a --domain d
read | bash -c 'psql -d shop' <<< 'select 1'
destructive | bash -c 'psql -d shop' <<< 'drop table carts'
change | for host in $(cat hosts.txt); do ssh $host 'sudo systemctl restart shop'; done
read | sudo sshd -t
change | hwclock --systohc
read | timeout 3 telnet db 5432 </dev/null
change | az vm run-command invoke -g g -n v --command-id RunShellScript --scripts 'systemctl restart shop'
`;
