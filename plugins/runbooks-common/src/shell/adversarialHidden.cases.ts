/**
 * Options, quotes and short forms that turn a look into something else; written as in `adversarial.cases.ts`.
 */
export const HIDDEN_WRITES = String.raw`
# Commands that a reader of stores starts, or hides
=unknown | echo "${'$'}{X/$(rm -rf /data)/}"
=read | echo "${'$'}{X:-$(kubectl get pods)}"
=unknown | etcdctl watch shop -- rm -rf /data
=read | etcdctl watch shop
!  | consul watch -type=key -key=shop ./restart.sh
=change | vault read database/creds/shop
=change | vault unwrap s.abc
=read | vault read secret/shop

# Queries that hide a statement
=destructive | psql -c "select E'\\''; delete from carts; --'"
=destructive | mysql -e 'select "a", '"'"'\'"'"''"'"'; drop table carts; -- '"'"
!  | psql -c 'select "tidy_carts"()'
!  | psql -c 'select "shop"."tidy_carts"()'
=destructive | mysql -e "reset master"
=destructive | mysql -e "reset slave all"
=destructive | mysql -e "reset binary logs and gtids"
=destructive | mysqldump --delete-master-logs shop
=change | mysqldump --flush-logs shop
!  | mysql --pager="sh" -e "select 1"
=destructive | sqlite3 -cmd "delete from carts" shop.db "select 1"
!  | redis-cli acl log reset
# Short forms of options and verbs
!  | curl --req POST http://shop.example/orders
!  | curl --reque DELETE http://shop.example/orders/1
!  | sed --in s/a/b/ /etc/shop.conf
!  | sed -n '/a/w/etc/shop.conf' notes
!  | sort --outp /etc/shop.list names
!  | ip l s eth0 down
!  | ip link s eth0 mtu 1400
=destructive | iptables -nvLZ
=destructive | iptables -t nat -vF
!  | nft "list ruleset; flush ruleset"
!  | nmcli g logging level DEBUG
# Files that an option or an operand names
=destructive | rsync -a --delete empty/ uploads/
!  | split -b 1M dump /etc/part
!  | split --filter='sh' commands.txt
!  | csplit -f /etc/part dump 10
!  | patch /etc/shop.conf < fix.patch
!  | patch -d /opt/shop -p1 < fix.patch
!  | cd /opt/shop && patch -p1 < /tmp/fix.patch
!  | ssh-keygen -t ed25519 -f /etc/ssh/host_key
!  | git log --output=/etc/shop.log
!  | git archive --remote=x --exec='rm -rf /data' HEAD
!  | git difftool -x 'rm -rf'
# Readers that start programs or pass words on
!  | less +'!rm -rf /data' notes
!  | man -H'rm' ls
!  | vim +':!rm -rf /data' notes
!  | emacs --batch --eval '(delete-file "/data")'
!  | openssl s_client -connect shop:443 <<< 'DELETE /orders HTTP/1.1'
!  | echo "show stat; disable server web/a" | socat - /run/haproxy.sock
# Machines
!  | ionice -c3 -p 812
!  | taskset -p 1 812
!  | taskset -cp 0 812
!  | sfdisk /dev/sda < parts
!  | resolvectl dns eth0 1.1.1.1
!  | ceph health mute OSD_DOWN
!  | yum history undo 12
`;

/** Their harmless neighbours. */
export const HARMLESS_NEIGHBOURS = String.raw`
=read | ip l s
=read | ip a s eth0
=read | iptables -nvL INPUT
=read | nft list ruleset
=read | sfdisk -l /dev/sda
=read | echo Q | openssl s_client -connect shop:443
=read | openssl s_client -connect shop:443 </dev/null
=read | mysqldump --single-transaction shop > shop.sql
=read | psql -c "select count(*) from carts where name = 'it''s'"
=read | sqlite3 -cmd ".timeout 1000" shop.db "select 1"
=read | yum history
=read | resolvectl dns eth0
=read | ceph health detail
=read | redis-cli acl log
=local | split -b 10M big.log part-
=local | git diff --output-indicator-new=+
=local | patch -p1 < fix.patch
=read | ionice -c3 ls /backups
=read | nice ionice -c 3 du -sh /var/log
=read | curl --max-time 5 --retry 3 -s http://shop.example/health
`;
