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
# Options with which a shell runs what it seems not to, or reads files first
!  | bash -n +n migrate.sh
!  | bash +n -n migrate.sh
!  | bash -n -c +n 'rm -rf /data'
!  | bash - migrate.sh <<< 'echo hello'
!  | bash -i -c :
!  | bash -lc 'kubectl get pods'
!  | bash --login -c :
!  | bash -O expand_aliases -c :
!  | bash -kc :
!  | source <(kubectl completion bash > /dev/null; cat notes)
!  | source env/bin/activate
!  | . ~/.profile
# Programs of awk and sed that start others or write files
=unknown | awk '/"/{system("./evil.sh")}' f
=unknown | awk '/"/{system("./evil.sh"); x="a"}' f
=unknown | awk 'BEGIN{system\⏎("./evil.sh")}'
=unknown | awk 'BEGIN { system ("./evil.sh") }'
=unknown | gawk 'BEGIN{f="system"; @f("./evil.sh")}'
=unknown | awk '/"/{print "x" | "sh"}' f
=unknown | awk '/"/{"./evil.sh" | getline x}' f
=unknown | awk '/[/]/{print "x"} #"/{system("./evil.sh")}' f
=unknown | awk '{ x = length / 2 } # "/ { system("./evil.sh") }' f
=unknown | awk '{ x /="/{system("./evil.sh")}"/ }' f
=unknown | awk '/"/{print > "x.sh" "y"}' f
=unknown | awk -v f=x.sh '{print} /exit/ {print (1>0)} /exit/ {print > f}' f
=unknown | awk -v f=x.sh '{print (1>0); # if (⏎print > f⏎# )⏎}' f
=unknown | awk '{print $1,⏎⏎$2 > $3}' f
=unknown | gawk -p -e '{print}' f
=unknown | gawk -o/etc/x '{print}' f
=unknown | mawk -W exec f
=unknown | awk "/$(cat f)/ {print}" f
=unknown | sed '1~2e ./evil.sh' f
=unknown | sed '\,x,e ./evil.sh' f
=unknown | sed '1,+3e ./evil.sh' f
=unknown | sed '/x/I e ./evil.sh' f
=unknown | sed '/x/,~4 e ./evil.sh' f
=unknown | sed '{e ./evil.sh⏎}' f
=unknown | sed 's/[/]/x/e' f
=unknown | sed 's,[,],x,e;s,a,b,' f
=unknown | sed 'y/a/b/;s,[,],x,e' f
=unknown | sed 's/x/./evil.sh/e' f
=unknown | sed 's/x/y/ e' f
=unknown | sed 's/x/y/;;e' f
=unknown | sed ':a;i\⏎1e ./evil.sh' f
=unknown | sed 'i\\⏎1e ./evil.sh' f
=unknown | sed -il '1e ./evil.sh' 's/a/b/'
=unknown | sed -n -e p -e e f
=unknown | sed "s/x/$(cat f)/" f
=change | sed '1!w /etc/x' f
=change | sed '1,2w /etc/x' f
=change | sed '\,x,w /etc/x' f
=change | sed 's/a/b/;s/x/y/w /etc/x' f
=change | awk '/"/{print > "/etc/x"}' f
# Variables that programs take as settings
=unknown | OPENSSL_CONF=./x.cnf openssl version
=unknown | OPENSSL_CONF=./x.cnf curl -s http://web
=unknown | export OPENSSL_CONF=./x.cnf⏎openssl version
=unknown | OPENSSL_CONF=./x.cnf⏎export OPENSSL_CONF⏎openssl version
=unknown | set -a⏎RANDFILE=x⏎openssl version
=unknown | shopt -so allexport⏎RANDFILE=x⏎openssl version
=unknown | declare -gx RANDFILE=x; openssl version
=unknown | RANDFILE=x timeout 5 openssl version
=unknown | env RANDFILE=x openssl version
=unknown | timeout 5 env -u A RANDFILE=x openssl version
=unknown | f() { openssl version; }; RANDFILE=x f
=unknown | export RANDFILE=x; xargs openssl version
=unknown | GCONV_PATH=. cat f
=unknown | GCONV_PATH=. iconv f
=unknown | LC_ALL=ja_JP.SJIS sed s/a/b/ f
=unknown | LC_ALL="$(cat f)" sed s/a/b/ f
=unknown | PGSYSCONFDIR=. psql -c 'select 1'
=unknown | PSQLRC=./x psql -c 'select 1'
=unknown | PGSSLKEY=x psql -c 'select 1'
=unknown | AWS_CONFIG_FILE=./x aws ec2 describe-instances
=unknown | CURL_CA_BUNDLE=x curl -s http://web
=unknown | https_proxy=http://x curl -s http://web
=unknown | JQ_COLORS=x jq . f
=unknown | HELM_DRIVER=sql helm list
=unknown | SOMETHING=x ansible --version
# Ways past what stands in front of kubectl and helm
=unknown | /usr/bin/kubectl get pods
=unknown | /opt/runbooks/bin/kubectl get pods $(cat opts)
=unknown | timeout 5 /usr/local/bin/helm list
=unknown | env -i kubectl get pods
=unknown | env - kubectl get pods
=unknown | env -u PATH kubectl get pods
=unknown | env --unset=KUBECONFIG kubectl get pods
=unknown | env -C sub kubectl get pods
=unknown | command -p kubectl get pods
=unknown | command time -f %e -o x.sh ls
# Programs that start others, or load what lies beside them
=unknown | jobs -x ./evil.sh
=unknown | builtin jobs -x ./evil.sh
=unknown | jobs -lx ./evil.sh
=unknown | curl --engine ./e.so http://web
=unknown | curl --eng ./e.so http://web
=unknown | curl --key-type ENG --key x https://web
=unknown | curl --cert 'pkcs11:token=x?module-path=./e.so' https://web
=unknown | make -n
=unknown | python3 -c 'import json'
=unknown | python3 -m json.tool x
=unknown | kubectl exec web-0 -- python3 -c "import sys; sys.modules['o'+'s'].unlink('x')"
=unknown | kubectl exec web-0 -- python3 -c "modules = 1; print(sys.modules)"
=unknown | kubectl exec web-0 -- python3 -c "print(().__class__)"
=unknown | kubectl exec web-0 -- python3 -c "import urllib.request; urllib.request.urlopen('http://x', b'a')"
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
=read | env -u DEPLOYMENT kubectl get pods
=read | command kubectl get pods
=read | time -p kubectl get pods
=read | kubectl exec web-0 -- env -i /usr/bin/kubectl get pods
=local | command -v kubectl
=local | jobs -l
=read | curl -fsSL --compressed -H 'Accept: a' http://web
=read | curl --cacert ca.pem --cert me.pem --key me.key https://web
=read | kubectl exec web-0 -- python3 -c "import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=5).read().decode())"
=read | ip l s
=local | RANDFILE=x⏎echo "$NAMESPACE"
=read | export NAMESPACE=shop APP=web⏎kubectl get pods -n "$NAMESPACE" -l app="$APP" | grep -c Running
=read | LC_ALL=C kubectl get pods
=read | LANG=en_US.UTF-8 TZ=Europe/Berlin date; kubectl get pods
=read | PGPASSWORD=x psql -h db -c 'select 1'
=read | export AWS_REGION=eu-west-1⏎aws ec2 describe-instances
=read | DEPLOYMENT=web timeout 5 kubectl get pods
=local | VERSION=1 envsubst < f
=local | awk '/"/ { print "a > b" }' f
=local | awk -F: '$3 > 1000 { n++ } END { if (n > 2) print n; else print (n > 1) }' f
=local | awk 'BEGIN { FS = ":" } # a comment | with marks⏎{ sum[$1] += $2 / 2 } END { for (k in sum) printf "%s %d\n", k, sum[k] }' f
=local | awk '{ print $1 > "/dev/stderr" }' f
=local | awk 'function max(a, b) { return a > b ? a : b } { print max($1, $2) }' f
=local | sed -n '/a/,/b/{s/x/y/gp;}' f
=local | sed -E 's/^[0-9]+ //; /^$/d; $!N' f
=local | sed -e ':a' -e '$!{N;ba' -e '}' f
=local | sed '2i added text; e' f
=local | sed 's|/usr/bin|/bin|g;y/abc/ABC/' f
=local | sed -n '$=' f
=local | sed -i.bak -e 's/a/b/' f
=local | bash -n migrate.sh
=read | bash -euo pipefail -c 'kubectl get pods'
=read | bash -x -c 'kubectl get pods'
=read | sh -ec 'kubectl get pods'
=local | source <(helm completion bash)
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
