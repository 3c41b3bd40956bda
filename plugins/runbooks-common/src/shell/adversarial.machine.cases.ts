/**
 * Commands of machines, databases and clouds that are easy to misjudge; written as in `adversarial.cases.ts`.
 */
export const MACHINE_TRAPS = String.raw`
=change | sudo certbot --nginx -d example.com -d www.example.com
=destructive | sudo fdisk /dev/sdb
=change | kubectl exec db-0 -- mongodump --out=/tmp/backup
=change | kubectl exec db-0 -- pg_dump -f /tmp/x.sql shop
=read | kubectl exec db-0 -- pg_dump shop > x.sql
=change | docker exec db mysqldump shop --result-file=/tmp/x.sql
=change | ssh web1 'curl -o /tmp/page http://localhost/'
=read | ssh web1 'curl -s -o /dev/null http://localhost/'
=change | ssh web1 'wget http://localhost/page'
=destructive | find /tmp/uploads -type f -mtime +7 -exec rm {} \;
=destructive | cat <<'EOF' | ssh db1 bash⏎rm -rf /srv/data⏎EOF
=destructive | ssh db1 'bash -s' <<'EOF'⏎systemctl stop postgresql⏎rm -rf /var/lib/postgresql/14/main⏎EOF
=read | timeout 5 bash -c '</dev/tcp/db/5432' && echo open
=destructive | env -i PATH=/bin rm -rf /srv/x
=read | watch -n 5 df -h
=destructive | : > /var/log/app.log
=read | echo stats | nc localhost 11211
=destructive | echo flush_all | nc localhost 11211
=destructive | printf 'FLUSHALL\r\n' | nc redis 6379
=destructive | psql <<EOF⏎\c app⏎DROP SCHEMA public CASCADE;⏎EOF
=destructive | echo "rm -rf /srv/x" | at midnight
=destructive | parallel rm -rf ::: /srv/a /srv/b
=destructive | rm -rf ./data
=destructive | rm backups/monday.sql.gz
=local | rm -rf node_modules && rm -f ./tmp/x
=destructive | rm -rf /tmp/*
=destructive | find . -name "*.bak" -delete
=destructive | find /tmp -mtime +3 -delete
=destructive | certbot delete --cert-name a.example
!  | vercel --prod
!  | certbot --nginx -d a.example
=destructive | env PATH=/opt/x/bin rm -rf /data
=destructive | sudo LD_PRELOAD=/x.so rm -rf /data
=destructive | ssh db1 -p 2222 rm -rf /data
=destructive | echo "rm -rf /data" | ssh db1 sh
=destructive | psql app <<EOF⏎\c other⏎\timing⏎DROP TABLE carts;⏎EOF
=read | psql app <<EOF⏎\c other⏎SELECT 1;⏎EOF
=destructive | gcloud --project p sql instances delete db
=read | gcloud sql instances list --filter delete
=destructive | az vm delete --ids list
=destructive | echo "FLUSHALL" | nc cache 6379
!  | echo "disable server web/a" | socat stdio unix-connect:/run/haproxy.sock
=read | echo ruok | nc zk 2181
=destructive | true > /var/log/app.log
=destructive | echo -n > /srv/app/state.json
=change | echo "x=1" > /srv/app/conf
=destructive | supervisorctl stop all
!  | curl -d '{"query":"mutation { pay(id: 1) }"}' https://shop.example/graphql
!  | curl -d @query.json https://shop.example/graphql
=destructive | echo "rm -rf /data" | at now
=destructive | restic restore latest --target /
=destructive | rclone sync empty: remote:bucket
=destructive | heroku ps:scale web=0 worker=0
!  | dmesg -C
!  | date -s 2020-01-01
!  | hostname other
!  | ip link set eth0 down
!  | fdisk /dev/sda
!  | aws s3 cp app.tgz s3://bucket/ --acl public-read
!  | aws s3 cp ./site s3://bucket/ --recursive --storage-class STANDARD_IA
!  | aws s3 sync s3://bucket/site /var/www/html
!  | aws s3 cp --unheard-of value app.tgz s3://bucket/
=read | aws s3 cp s3://bucket/app.tgz ./app.tgz --only-show-errors
!  | psql -c "COPY carts TO PROGRAM 'sh -c x'"
!  | psql -c "COPY carts TO '/srv/x.csv'"
=destructive | psql -c "COPY (DELETE FROM carts RETURNING id) TO STDOUT"
!  | psql -c "\copy carts from 'x.csv'"
=destructive | /opt/broker/bin/kafka-topics.sh --bootstrap-server b:9092 --delete --topic t
=destructive | $BROKER_HOME/bin/kafka-topics.sh --bootstrap-server b:9092 --delete --topic t
!  | gpg --delete-secret-keys ops@shop.example
=destructive | pssh -h hosts.txt -i "rm -rf /data"
!  | clush -a $CMD
=destructive | nats stream purge ORDERS
!  | echo x | kcat -b b:9092 -t orders -P
!  | az snapshot create -g g -n s
=read | az snapshot list -g g
=read | doctl compute snapshot list
=destructive | bq query "DELETE FROM shop.carts WHERE true"
!  | smartctl -t long /dev/sda
!  | socat - EXEC:"rm -rf /data"
!  | nmap --script exploit db
=destructive | rbd snap rm images/disk1@before
=destructive | rbd rm images/disk1
=destructive | systemctl disable --now backup.timer
!  | source /tmp/env.sh
!  | source ~/.bashrc.d/x
=destructive | /opt/vault/bin/vault operator seal
=destructive | sh -c "mysql shop" <<< "drop table carts"
=destructive | sudo ufw reset
=destructive | ufw delete allow 22
=unknown | for host in $(cat hosts.txt); do ssh $host uptime; done
=destructive | for host in $(cat hosts.txt); do ssh $host 'rm -rf /data'; done
!  | az vm run-command invoke -g g -n v --command-id RunShellScript --scripts @fix.sh
`;
