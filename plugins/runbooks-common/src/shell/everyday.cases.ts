/**
 * Commands of ordinary runbooks with the effect that they should be given, one a line: `effect | text`.
 *
 * A needless `unknown` here costs people approvals. `⏎` stands for a line break.
 */
export const EVERYDAY_CASES = String.raw`
read | kubectl get pods
read | kubectl get pods -n prod -o wide
read | kubectl get pods -A | grep -v Running
read | kubectl get pod <pod-name> -n <namespace> -o yaml
read | kubectl -n $NAMESPACE get deploy "$NAME" -o jsonpath='{.status.readyReplicas}'
read | kubectl get events --sort-by=.lastTimestamp | tail -20
read | kubectl describe node <node-name>
read | kubectl logs -f deploy/web --tail=100
read | kubectl logs $POD -c app --previous | grep -i error | sort | uniq -c | sort -rn | head
read | kubectl top pods --containers --sort-by=memory
read | kubectl rollout status deploy/web --timeout=5m
read | kubectl rollout history deploy/web --revision=3
read | kubectl auth can-i create pods --as=system:serviceaccount:x:y
read | kubectl auth whoami
read | kubectl cluster-info
read | kubectl version --short
read | kubectl explain deployment.spec
read | kubectl api-resources --verbs=list -o name
read | kubectl get --raw /healthz?verbose
read | kubectl get --raw "/apis/metrics.k8s.io/v1beta1/nodes" | jq .
read | kubectl wait --for=condition=ready pod -l app=web --timeout=120s
read | kubectl diff -f x.yaml
read | kubectl get secrets -n prod
read | kubectl get secret x -o jsonpath='{.data.password}' | base64 -d
read | kubectl get pods --field-selector=status.phase!=Running
read | kubectl get hpa -w
read | kubectl set env deploy/web --list
read | kubectl exec web-0 -- cat /etc/config
read | kubectl exec -it web-0 -- curl -s http://localhost:8080/health | jq .
read | kubectl exec web-0 -n prod -- env | grep DB_
read | kubectl exec web-0 -- ls -la /data
read | kubectl exec web-0 -- df -h
read | kubectl exec web-0 -- nc -zv db 5432
read | kubectl exec web-0 -- nslookup kubernetes.default
read | kubectl exec db-0 -- psql -U app -d app -c "SELECT count(*) FROM pg_stat_activity;"
read | kubectl exec db-0 -- psql -U app -c "select pid, query from pg_stat_activity where state != 'idle' order by query_start"
read | kubectl exec db-0 -- sh -c 'psql -U $POSTGRES_USER -c "SELECT 1"'
read | kubectl exec db-0 -- pg_isready
read | kubectl exec redis-0 -- redis-cli INFO memory
read | kubectl exec redis-0 -- redis-cli -a "$REDIS_PASSWORD" ping
read | kubectl exec kafka-0 -- kafka-topics.sh --bootstrap-server localhost:9092 --describe --topic x
read | kubectl exec kafka-0 -- kafka-consumer-groups.sh --bootstrap-server localhost:9092 --describe --group g
read | kubectl exec etcd-0 -- etcdctl endpoint health
read | kubectl exec vault-0 -- vault status
read | kubectl exec es-0 -- curl -s localhost:9200/_cluster/health?pretty
read | kubectl exec deploy/web -- wget -qO- http://localhost:8080/health
read | kubectl exec web-0 -- sh -c "cat /proc/meminfo | head -5"
read | kubectl exec web-0 -- ps aux
read | kubectl exec web-0 -- date
read | kubectl exec mysql-0 -- mysql -uroot -p$PASS -e "SHOW PROCESSLIST"
read | kubectl exec mongo-0 -- mongosh --eval "rs.status()"
read | kubectl exec mongo-0 -- mongosh --quiet --eval 'db.serverStatus().connections'
read | kubectl exec rabbit-0 -- rabbitmqctl list_queues name messages
read | kubectl exec cass-0 -- nodetool status
read | POD=$(kubectl get pods -l app=web -o jsonpath='{.items[0].metadata.name}')⏎kubectl logs -n prod $POD --previous
read | POD=$(kubectl get pod -l app=web -o name | head -1)⏎kubectl exec $POD -- ls /tmp
read | kubectl exec -n prod $(kubectl get pod -n prod -l app=db -o jsonpath='{.items[0].metadata.name}') -- pg_isready
read | for p in $(kubectl get pods -o name); do kubectl logs $p --tail=5; done
read | for ns in prod staging; do⏎  kubectl get pods -n $ns⏎done
read | kubectl get nodes -o json | jq '.items[] | {name: .metadata.name}'
read | kubectl get pods -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName
read | kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{"\n"}}{{end}}'
read | kubectl get all -n prod > /tmp/state.txt
read | kubectl cp prod/web-0:/tmp/heap.hprof ./heap.hprof
read | kubectl port-forward svc/grafana 3000:3000
read | kubectl argo rollouts get rollout web
read | k get pods
read | oc get pods
read | oc adm upgrade
read | oc adm top nodes
read | oc whoami
read | oc status
local | kubectl config current-context
local | kubectl config get-contexts
local | kubectl config use-context prod
local | kubectl config set-context --current --namespace=prod
read | helm list -A
read | helm status web -n prod
read | helm history web --max 5
read | helm get values web
read | helm template web ./chart --values v.yaml
read | helm diff upgrade web ./chart
read | helm upgrade --install web ./chart --dry-run
local | helm repo add bitnami https://charts.bitnami.com/bitnami
local | helm repo update
read | argocd app list
read | argocd app get web
read | argocd app history web | head -5
read | argocd app diff web
read | argocd app wait web --health
read | flux get kustomizations -A
read | istioctl proxy-status
read | istioctl analyze
read | velero backup get
read | linkerd check
read | cilium status
read | curl -s https://example.com/health
read | curl -sf http://<host>:8080/health | jq .status
read | curl -I https://example.com
read | curl -v https://example.com
read | curl -s -o /dev/null -w '%{http_code}\n' https://example.com/health
read | curl -k -H "Authorization: Bearer $TOKEN" https://api/x
read | curl -s "http://prometheus:9090/api/v1/query?query=up"
read | curl -G http://prometheus:9090/api/v1/query --data-urlencode 'query=up'
read | curl -s http://alertmanager:9093/api/v2/alerts | jq '.[].labels'
read | curl -s 'http://es:9200/_search?q=x'
read | curl --max-time 5 http://localhost:8080/metrics | grep http_requests_total
read | wget -qO- http://localhost:8080/health
read | dig +short example.com
read | nslookup example.com
read | ping -c 3 example.com
read | openssl s_client -connect example.com:443 -servername example.com </dev/null | openssl x509 -noout -dates
read | echo | openssl s_client -connect example.com:443 2>/dev/null | openssl x509 -noout -enddate
local | openssl x509 -in cert.pem -noout -text
read | systemctl status nginx
read | systemctl is-active nginx
read | sudo systemctl list-units --failed
read | journalctl -u nginx --since "1 hour ago" --no-pager
read | journalctl -xe
read | df -h
read | free -m
read | ps aux | grep java
read | top -b -n 1
read | uptime
read | netstat -tlnp
read | ss -s
read | lsof -i :8080
read | dmesg | tail
read | tail -100 /var/log/syslog
read | tail -f /var/log/nginx/error.log
read | grep -r "error" /var/log/app/
read | zgrep x /var/log/app.log.1.gz
read | cat /etc/hosts
read | find /var/log -name '*.log' -mtime +7
local | find . -type f -exec grep -l x {} +
read | du -sh /var/lib/*
local | ls -la
local | awk '{print $1}' access.log | sort | uniq -c | sort -rn | head
local | awk '$9 >= 500' access.log
local | sed -n '1,10p' file
local | sed 's/a/b/g' file
local | jq '.items[] | select(.status=="x") | .name' file.json
local | echo "done"
local | date +%Y-%m-%d
local | sleep 10
local | export NAMESPACE=prod
local | NAMESPACE=prod
local | cd infrastructure/prod
local | mkdir -p backup
local | mkdir -p /tmp/backup && cd /tmp/backup
local | rm -rf ./tmp
change | rm -f /tmp/x
local | cp a.yaml b.yaml
local | tar czf backup.tar.gz data/
local | tar tzf backup.tar.gz
local | touch x
local | chmod +x deploy.sh
local | cat > values.yaml <<EOF⏎a: b⏎EOF
local | tee x.yaml <<EOF⏎a: b⏎EOF
local | git status
local | git log --oneline -5
local | git diff
local | git clone https://github.com/x/y.git
change | git pull
local | git checkout -b hotfix/x
local | git add .
local | git commit -m "x"
change | docker build -t x:y .
read | docker ps
read | docker logs -f x
read | docker inspect x
change | docker pull nginx
read | docker exec db pg_isready
read | docker compose ps
read | docker compose logs -f web
read | crictl ps
read | terraform plan -out=tfplan
read | terraform show
read | terraform state list
read | terraform output
local | terraform init
local | terraform fmt
read | aws sts get-caller-identity
read | aws eks describe-cluster --name x
read | aws eks list-clusters
local | aws eks update-kubeconfig --name x --region eu-west-1
read | aws ec2 describe-instances --filters Name=tag:x,Values=y
read | aws s3 ls s3://bucket/
read | aws s3 cp s3://bucket/x .
read | aws rds describe-db-instances --query 'DBInstances[0].Endpoint'
read | aws logs tail /aws/x --since 1h
read | aws cloudwatch get-metric-statistics --namespace x
read | aws secretsmanager get-secret-value --secret-id x
read | aws elbv2 describe-target-health --target-group-arn x
read | gcloud container clusters list
local | gcloud container clusters get-credentials c --zone z
read | gcloud compute instances list
read | gcloud compute instances describe x
read | gcloud sql instances describe x
read | gcloud logging read 'severity>=ERROR' --limit 10
local | gcloud config set project x
read | gsutil ls gs://b
read | az aks show -n x -g y
read | az vm list -o table
local | az aks get-credentials -n x -g y
read | psql -h host -U app -c 'SELECT version()'
read | psql -c '\dt'
read | psql -c "SELECT pg_size_pretty(pg_database_size('app'))"
read | psql -c "SELECT * FROM pg_stat_replication;" -x
read | psql -tAc 'select count(*) from users where deleted_at is null'
read | psql -c 'EXPLAIN SELECT * FROM x'
read | psql -c "SHOW max_connections"
read | psql -l
read | pg_dump app > backup.sql
read | pg_dump -Fc app -f backup.dump
read | mysql -e 'SHOW SLAVE STATUS\G'
read | mysql -h x -e "SELECT COUNT(*) FROM t"
read | mysqldump app > app.sql
read | redis-cli GET key
read | redis-cli -h x -p 6379 INFO
read | redis-cli --bigkeys
read | etcdctl member list
read | vault kv get secret/x
read | consul members
read | rabbitmqctl cluster_status
read | nodetool tpstats
read | promtool query instant http://x 'up'
local | promtool check config prometheus.yml
read | amtool alert query
read | minikube status
read | minikube ip
read | ssh host uptime
read | ssh user@host "df -h && free -m"
read | ssh <host> 'journalctl -u x -n 50'
read | ssh bastion kubectl get pods
local | bash -n script.sh
read | bash -c 'kubectl get pods'
read | watch kubectl get pods
read | watch -n 5 "kubectl get pods -n prod | grep web"
read | timeout 30 kubectl get pods -w
read | if kubectl get ns x >/dev/null 2>&1; then echo yes; else echo no; fi
read | until kubectl get pod x | grep -q Running; do sleep 5; done
read | while true; do kubectl get pods; sleep 5; done
read | kubectl get pods 2>&1 | tee /tmp/pods.txt
read | kubectl get pods | while read name rest; do echo $name; done
read | kubectl get pvc -A -o json | jq -r '.items[] | [.metadata.name, .status.phase] | @tsv' | column -t
read | diff <(kubectl get cm a -o yaml) <(kubectl get cm b -o yaml)
read | check() { kubectl get pods -n "$1"; }; check prod
read | gh run list
read | gh pr view 12
unknown | python3 -m json.tool < x.json
local | python3 -I -m json.tool < x.json
local | jq . < x.json
local | command -v kubectl
local | which helm
local | type kubectl
local | set -euo pipefail
local | source <(kubectl completion bash)
local | alias k=kubectl
local | read -p "Continue? " answer
local | [ -f x ] && echo yes
local | test -d /tmp/x || mkdir /tmp/x
local | echo "x" >> CHANGELOG.md
local | echo "P0: $(date)" >> /tmp/incident.log
local | open https://grafana.example.com
change | trap 'rm -f /tmp/x' EXIT
local | export PATH=$PATH:$HOME/.local/bin
`;
