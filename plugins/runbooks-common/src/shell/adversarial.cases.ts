/**
 * Commands that are easy to misjudge, one a line: `kind | text`.
 *
 * `=effect` asks for exactly that effect. `!` says that the command changes or destroys something and must never be
 * read as `read` or `local`; what else it is called does not matter. `⏎` stands for a line break.
 */
export const ADVERSARIAL_CASES = String.raw`
# Deleting, plainly and hidden
=destructive | kubectl delete pod web-0
=destructive | kubectl -n prod delete deploy/web
=destructive | kubectl --namespace=prod --context prod delete ns prod
=destructive | kubectl delete pods --all
=destructive | kubectl delete -f manifest.yaml
=destructive | kubectl delete --raw /api/v1/namespaces/prod
=destructive | k"ubectl" del\ete pod x
=destructive | 'kubectl' 'delete' pod x
=destructive | \kubectl delete ns x
=destructive | /usr/local/bin/kubectl delete ns x
=destructive | kube$'\x63'tl delete ns x
=destructive | kubectl $'delete' ns x
=destructive | kubectl \⏎  delete \⏎  ns x
=destructive | kubectl get pods; kubectl delete pod x
=destructive | kubectl get pods && kubectl delete pod x
=destructive | kubectl get pods || kubectl delete pod x
=destructive | kubectl get pods & kubectl delete pod x
=destructive | kubectl get pods -o name | xargs kubectl delete
=destructive | kubectl get pods -o name | xargs -I{} kubectl delete {}
=destructive | kubectl get pods -o name | xargs -n1 -P4 -r kubectl delete --wait=false
=destructive | kubectl get pods | awk '{print $1}' | xargs kubectl delete pod
=destructive | for p in $(kubectl get pods -o name); do kubectl delete $p; done
=destructive | while read p; do kubectl delete pod $p; done < pods.txt
=destructive | if true; then kubectl delete pod x; fi
=destructive | case $x in a) kubectl delete pod x;; esac
=destructive | { kubectl delete pod x; }
=destructive | (kubectl delete pod x)
=destructive | ! kubectl delete pod x
=destructive | time kubectl delete pod x
=destructive | echo $(kubectl delete pod x)
=destructive | echo "now: $(kubectl delete pod x)"
=destructive | echo ${'`'}kubectl delete pod x${'`'}
=destructive | X=$(kubectl delete pod x)
=destructive | export X=$(kubectl delete pod x)
=destructive | cat <(kubectl delete pod x)
=destructive | cat <<EOF⏎$(kubectl delete pod x)⏎EOF
=destructive | [[ $(kubectl delete pod x) == y ]]
=destructive | echo ${'${X:-$(kubectl delete pod x)}'}
=destructive | echo $(( $(kubectl delete pod x | wc -l) + 1 ))
=destructive | f() { kubectl delete pod x; }; f
=destructive | kubectl() { command kubectl delete ns prod; }; kubectl get pods
=destructive | ls() { rm -rf /data; }; ls
=destructive | alias k8s='kubectl delete'; k8s ns x
=destructive | sudo kubectl delete pod x
=destructive | sudo -u root -E kubectl delete pod x
=destructive | env FOO=1 kubectl delete pod x
=destructive | nohup kubectl delete pod x &
=destructive | timeout 10 kubectl delete pod x
=destructive | timeout -s KILL 10s kubectl delete pod x
=destructive | nice -n 5 kubectl delete pod x
=destructive | command kubectl delete pod x
=destructive | exec kubectl delete pod x
=destructive | watch kubectl delete pod x
=destructive | watch -n 5 'kubectl delete pod x'
=destructive | bash -c 'kubectl delete pod x'
=destructive | bash -c "kubectl delete pod x"
=destructive | sh -ec 'kubectl delete pod x'
=destructive | bash -lc 'kubectl delete pod x'
=destructive | bash --norc -c 'kubectl delete pod x'
=destructive | bash <<'EOF'⏎kubectl delete pod x⏎EOF
=destructive | bash <<< 'kubectl delete pod x'
=destructive | echo 'kubectl delete pod x' | sh
=destructive | printf 'kubectl delete pod x' | bash
=destructive | eval "kubectl delete pod x"
=destructive | eval kubectl delete pod x
=destructive | trap 'kubectl delete pod x' EXIT
=destructive | ssh host 'kubectl delete pod x'
=destructive | ssh -i key -p 22 user@host kubectl delete pod x
=destructive | ssh host <<'EOF'⏎kubectl delete pod x⏎EOF
=destructive | su - postgres -c 'dropdb prod'
=destructive | kubectl exec web-0 -- kubectl delete pod x
=destructive | kubectl exec web-0 -- sh -c 'rm -rf /data/*'
=destructive | kubectl exec -it web-0 -c app -- rm -rf /data
=destructive | kubectl exec db-0 -- psql -c 'DROP TABLE users'
=destructive | kubectl exec db-0 -- bash -c "psql -U postgres -c 'TRUNCATE audit'"
=destructive | kubectl exec redis-0 -- redis-cli FLUSHALL
=destructive | kubectl exec redis-0 -- redis-cli -h localhost -p 6379 flushdb
=destructive | kubectl exec -i db-0 -- psql <<EOF⏎DROP DATABASE app;⏎EOF
=destructive | kubectl exec web-0 -- kill 1
=destructive | kubectl exec web-0 -- curl -X DELETE http://localhost/items/1
=destructive | docker exec db psql -c 'DELETE FROM users'
=destructive | docker run --rm -v /:/host alpine rm -rf /host/data
=destructive | find /data -name '*.log' -delete
=destructive | find / -type f -exec rm {} \;
=destructive | find /var/lib -exec rm -rf {} +
=destructive | rm -rf /
=destructive | rm -rf /var/lib/data
=destructive | rm -fr "$DIR"/*
=destructive | rm -rf ~
=destructive | rm -rf $HOME
=destructive | cd /var/lib/app && rm -rf *
=destructive | cd /etc; rm hosts
=destructive | pushd /data; rm -r old
=destructive | dd if=/dev/zero of=/dev/sda bs=1M
=destructive | mkfs.ext4 /dev/sdb1
=destructive | echo x > /dev/sda
=destructive | cat image > /dev/nvme0n1
=destructive | truncate -s 0 /var/log/app.log
=destructive | shred -u /etc/key
=destructive | reboot
=destructive | sudo shutdown -h now
=destructive | systemctl stop nginx
=destructive | sudo service postgresql stop
=destructive | journalctl --vacuum-time=2d
=destructive | journalctl --vacuum-s=1G
=destructive | crontab -r
=destructive | echo '* * * * * x' | crontab -
=destructive | iptables -F
=destructive | kill -9 1234
=destructive | pkill -f app
=destructive | killall java
=change | kill -HUP 1234
=change | kill -TTIN 1234
=change | kubectl exec web-0 -- kill -QUIT 1
# Builtins that run what they are given
=destructive | compgen -C 'kubectl delete pod web'
=destructive | compgen -dC 'kubectl delete pod web'
=destructive | complete -C 'kubectl delete pod web' x
=destructive | mapfile -C 'kubectl delete pod web' -c 1 lines < f
=destructive | readarray -tC 'kubectl delete pod web' lines < f
=destructive | builtin compgen -C 'kubectl delete pod web'
=destructive | trap 'kubectl delete pod web' EXIT
=destructive | trap -- 'kubectl delete pod web' EXIT
=destructive | coproc kubectl delete pod web
=destructive | coproc X { kubectl delete pod web; }
=destructive | time kubectl delete pod web
=destructive | time -p kubectl delete pod web
=destructive | find . -exec kubectl delete pod web \;
=destructive | echo web | xargs kubectl delete pod
=destructive | command_not_found_handle() { kubectl delete pod web; }; nothing
! | env -S 'kubectl delete pod web'
! | env -iS 'kubectl delete pod web'
! | env --split-string='kubectl delete pod web'
! | enable -f ./x.so x
! | compgen -W '$(kubectl delete pod web)'
! | compgen -F unknown_function
! | PROMPT_COMMAND='kubectl delete pod web'
! | PS4='$(kubectl delete pod web)'
=local | compgen -G 'web*'
=local | compgen -A function
=local | mapfile -t lines < f
=local | trap - EXIT
# Scaling and stopping
=destructive | kubectl scale deploy web --replicas=0
=destructive | kubectl scale deploy web --replicas 0
=destructive | kubectl scale --replicas=0 deploy/web deploy/api
=destructive | kubectl scale deployment --all --replicas=0 -n prod
=destructive | kubectl scale deploy web --replicas=00
=destructive | REPLICAS=0; kubectl scale deploy web --replicas=$REPLICAS
=destructive | kubectl patch deploy web -p '{"spec":{"replicas":0}}'
=destructive | kubectl patch deploy web --type=json -p='[{"op":"replace","path":"/spec/replicas","value":0}]'
=destructive | kubectl patch ns stuck -p '{"metadata":{"finalizers":null}}'
=destructive | kubectl patch configmap web -p '{"data":null}'
=destructive | kubectl patch cm web --type merge -p '{"data":{"a":null}}'
=destructive | kubectl patch cm web --type merge -p '{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":""}},"data":{"a":null}}'
=destructive | kubectl patch cm web --type merge -p '{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}},"data":{"a":null}}'
=destructive | kubectl patch secret web -p 'data: null'
=destructive | kubectl patch cm web --type json -p '[{"op":"remove","path":"/data/a"}]'
=destructive | kubectl patch cm web --type json -p '[{"op":"test","path":"/data/a","value":"b"},{"op":"replace","path":"/data","value":{}}]'
=destructive | kubectl patch cm web -p '{"immutable":true}'
=destructive | kubectl patch cm web -p '{"metadata":{"ownerReferences":[{"uid":"x"}]}}'
=destructive | kubectl patch cm web --patch-file p.yaml
=destructive | kubectl patch deploy web -p '{"spec":{"revisionHistoryLimit":0}}'
=destructive | kubectl patch job web -p '{"spec":{"ttlSecondsAfterFinished":1}}'
=destructive | kubectl patch job web -p '{"spec":{"activeDeadlineSeconds":1}}'
=destructive | kubectl patch job web -p '{"spec":{"suspend":true}}'
=destructive | kubectl label pods -l app=web app-
=destructive | kubectl label pods --all app=none --overwrite
=destructive | kubectl label rs -l app=web app-
=change | kubectl patch cm web -p '{"data":{"a":"b"}}'
=destructive | kubectl patch deploy web -p '{"spec":{"revisionHistoryLimit":3}}'
=change | kubectl patch cronjob web -p '{"spec":{"suspend":true}}'
=destructive | kubectl label pod web-1 app-
=destructive | kubectl label pod/web-1 app=debug --overwrite
=destructive | kubectl label pod web-1 debug=yes
=destructive | kubectl label node worker-1 tier-
=destructive | kubectl patch svc web -p '{"spec":{"selector":null}}'
=change | kubectl patch svc web -p '{"spec":{"selector":{"version":"green"}}}'
=destructive | kubectl patch ingress web --type=json -p '[{"op":"remove","path":"/spec/rules/0"}]'
=destructive | kubectl patch netpol web -p '{"spec":{"ingress":[]}}'
=destructive | kubectl patch deploy web --type=json -p '[{"op":"move","from":"/spec/template/spec/containers/0/image","path":"/spec/template/spec/containers/1/image"}]'
=destructive | kubectl patch deploy web --type=json -p '[{"op":"copy","from":"/spec/paused","path":"/spec/template/spec/hostNetwork"}]'
=destructive | kubectl patch things.example.com web --type=json -p '[{"op":"replace","path":"/spec/template","value":{"a":"b"}}]'
=destructive | kubectl set selector svc web version=green
=destructive | kubectl patch svc web --type json -p '[{"op":"replace","path":"/spec/selector","value":{"app":"other"}}]'
=destructive | kubectl patch pod web-1 -p '{"metadata":{"labels":{"app":"debug"}}}'
=destructive | kubectl patch pod web-1 --type json -p '[{"op":"replace","path":"/metadata/labels/app","value":"debug"}]'
=destructive | kubectl patch pvc data --type json -p '[{"op":"replace","path":"/metadata/finalizers/0","value":"foregroundDeletion"}]'
=change | kubectl patch pvc data --type json -p '[{"op":"add","path":"/metadata/finalizers/-","value":"example.com/hold"}]'
=destructive | kubectl label secret sh.helm.release.v1.web.v1 owner-
=destructive | kubectl label servicemonitor web release-
=change | kubectl label deploy web tier-
=change | kubectl annotate pod web-1 note-
=destructive | kubectl patch cronjob x --type merge -p '{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"b"}]}}}}}}'
=change | kubectl patch cronjob x -p '{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"a","image":"b"}]}}}}}}'
=destructive | kubectl patch svc web --type merge -p '{"spec":{"ports":[{"port":1}]}}'
=change | kubectl patch svc web -p '{"spec":{"ports":[{"port":80,"nodePort":30080}]}}'
=change | kubectl patch serviceaccount default -p '{"imagePullSecrets":[{"name":"x"}]}'
=destructive | kubectl patch serviceaccount default --type merge -p '{"imagePullSecrets":[{"name":"x"}]}'
=destructive | kubectl patch netpol web -p '{"spec":{"policyTypes":["Egress"]}}'
=change | kubectl patch hpa web -p '{"spec":{"metrics":[{"type":"Resource"}]}}'
=destructive | kubectl patch cm web -p '{"data":{"a":null},"data":{"a":null}}'
=destructive | kubectl patch cm web -p 'data: {a: x'
=destructive | kubectl patch cm web -p 'immutable: yes'
=destructive | kubectl patch cronjob web --type merge -p 'spec: {failedJobsHistoryLimit: 010}'
=destructive | kubectl patch svc web -p "{\"spec\":{\"selector\":null,\"type\":\"$TYPE\"}}"
=change | kubectl patch svc web -p "{\"spec\":{\"selector\":{\"version\":\"$COLOUR\"}}}"
=change | kubectl set env deployment/web log.level-
=destructive | kubectl annotate cm web kubectl.kubernetes.io/last-applied-configuration='{}' --overwrite
=destructive | kubectl apply set-last-applied -f web.yaml
=destructive | kubectl annotate sa web eks.amazonaws.com/role-arn=arn:aws:iam::1:role/admin
=destructive | kubectl patch serviceaccount web -p '{"metadata":{"annotations":{"iam.gke.io/gcp-service-account":"a@b"}}}'
=destructive | kubectl patch serviceaccount web --type=json -p '[{"op":"add","path":"/metadata/annotations/a","value":"b"}]'
=destructive | kubectl patch svc web -p '{"spec":{"externalIPs":["1.2.3.4"]}}'
=destructive | kubectl patch svc web -p '{"spec":{"type":"ExternalName","externalName":"x.example"}}'
=destructive | kubectl patch cm web --type=merge -p '{"metadata":{"managedFields":[{"manager":"kubectl"}]}}'
=destructive | kubectl patch cm web --type=merge -p '{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}}}'
=destructive | kubectl patch job web -p '{"spec":{"completions":1,"parallelism":1}}'
=change | kubectl set env deploy/web LOG_LEVEL-
=destructive | kubectl set env cronjob/nightly LOG_LEVEL-
=destructive | kubectl set env deploy/web cronjob/nightly LOG_LEVEL-
=change | kubectl set env cronjob/nightly LOG_LEVEL=info
=change | kubectl label deploy -l app=web tier-
=destructive | kubectl patch crd x --type=merge -p '{"metadata":{"finalizers":[]}}'
=destructive | kubectl patch pvc x --type json -p '[{"op":"remove","path":"/metadata/finalizers"}]'
=destructive | aws autoscaling update-auto-scaling-group --auto-scaling-group-name x --desired-capacity 0
=change | kubectl scale deploy web --replicas=3
=change | kubectl scale deploy web --replicas=<count>
=change | kubectl scale deploy web --replicas=$N
# Dry runs that are none
=destructive | kubectl delete pod x --dry-run=none
=destructive | kubectl delete pod x --dry-run=client --dry-run=none
=destructive | kubectl delete pod x –dry-run=client
=destructive | kubectl delete pod x -- --dry-run=client
=destructive | kubectl delete pod x --dry-run=$MODE
=destructive | kubectl delete pod x # --dry-run=client
=destructive | DRY=--dry-run=client kubectl delete pod x
=change | kubectl create ns x --dry-run=none
=change | kubectl create -f x.yaml --dry-run=none
=change | kubectl apply -f x.yaml --dry-run=none
=read | kubectl delete pod x --dry-run=client
=read | kubectl delete pod x --dry-run=server
=read | kubectl create ns x --dry-run=client -o yaml
=change | kubectl create secret generic x --from-literal=a=b --dry-run=client -o yaml | kubectl apply -f -
=change | helm upgrade x ./chart --dry-run=none
=destructive | helm upgrade x ./chart --force-conflicts
=destructive | helm upgrade x ./chart --take-ownership
=destructive | helm upgrade x ./chart --force-replace
# kubectl commands that look harmless
=change | kubectl auth reconcile -f roles.yaml
=destructive | kubectl replace --force -f x.yaml
=destructive | kubectl replace -f x.yaml
=destructive | kubectl replace -f - <<EOF⏎{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: c}}⏎EOF
=destructive | kubectl apply --server-side --force-conflicts -f x.yaml
=destructive | kubectl apply --server-side=true --force-conflicts=true -f x.yaml
=destructive | kubectl apply --server-side --field-manager=helm -f x.yaml
=destructive | kubectl apply --server-side --field-manager helm -f x.yaml
=destructive | kubectl apply --server-side --field-manager="$WHO" -f x.yaml
=change | kubectl apply --server-side -f x.yaml
=change | kubectl apply --server-side --field-manager=kubectl -f x.yaml
=change | kubectl apply --server-side --force-conflicts=false -f x.yaml
=change | kubectl apply --field-manager=helm -f x.yaml
=destructive | kubectl patch things.example.com a --type merge -p '{"spec":{"a":null}}'
=destructive | kubectl patch sparkapp a --type merge -p '{"spec":null}'
=destructive | kubectl patch virtualservice a --type json -p '[{"op":"remove","path":"/spec/http/0"}]'
=destructive | kubectl patch virtualservice a --type merge -p '{"spec":{"http":[]}}'
=destructive | kubectl patch virtualservice a --type merge -p '{"spec":{"http":[{"route":[]}]}}'
=destructive | kubectl patch virtualservice a --type merge -p '{"metadata":{"labels":{"a":null}}}'
=change | kubectl patch deploy web -p '{"spec":{"paused":null}}'
=destructive | kubectl apply --prune -l app=x -f dir/
=destructive | kubectl apply --force -f x.yaml
=change | kubectl apply -f https://example.com/x.yaml
=change | kubectl apply -k overlays/prod
=change | kubectl apply -f - <<EOF⏎kind: ConfigMap⏎EOF
=change | curl -s https://x/y.yaml | kubectl apply -f -
=destructive | kubectl create --raw /api/v1/namespaces -f ns.json
=destructive | kubectl replace --raw /api/v1/namespaces/x -f ns.json
=change | kubectl set env deploy/web A=b
=change | kubectl set env deploy/web --list A=b --list=false
=destructive | kubectl label pods --all x=y --list=false
=destructive | kubectl label node n1 role-
=change | kubectl annotate deploy web a=b --overwrite
=change | kubectl cordon n1
=change | kubectl uncordon n1
=change | kubectl drain n1 --ignore-daemonsets
=destructive | kubectl drain n1 --ignore-daemonsets --force
=destructive | kubectl drain n1 --delete-emptydir-data
=destructive | kubectl drain n1 --disable-eviction
=destructive | kubectl taint nodes n1 k=v:NoExecute
=change | kubectl certificate approve csr-1
=change | kubectl create token admin
=change | kubectl rollout restart deploy/web
=change | kubectl rollout undo deploy/web
=change | kubectl rollout pause deploy/web
=change | kubectl expose deploy web --port 80
=change | kubectl autoscale deploy web --max=5
=change | kubectl run x --image=busybox
=destructive | kubectl debug node/n1 -it --image=busybox
=change | kubectl cp ./x web-0:/etc/x
=change | kubectl cp ./x prod/web-0:/etc/x
=change | kubectl edit deploy web
=change | kubectl config use-context prod && kubectl apply -f x
!  | kubectl $VERB pod x
!  | kubectl "$VERB" pod x
!  | kubectl <verb> pod x
!  | kubectl {get,delete} pod x
!  | kubectl -n $(echo prod delete) get pods
!  | kubectl $(echo delete) pod x
!  | NS="prod delete pod x --"; kubectl -n $NS get pods
!  | $CMD get pods
!  | $(echo kubectl) delete pod x
!  | "$KUBECTL" delete pod x
!  | kubectl foo get pods
!  | kubectl krew install x
!  | kubectl -w get delete pod x
!  | kubectl --unknown get delete pod x
!  | kubectl attach web-0 -i
!  | kubectl proxy --port=8001
!  | kubectl exec web-0 -- ./migrate.sh
!  | kubectl exec web-0 -- python manage.py migrate
!  | kubectl exec web-0 -- $CMD
!  | kubectl exec web-0 -- sh
!  | kubectl exec web-0 -- sh -c "$CMD"
!  | kubectl exec web-0 -- sh -c 'echo x > /etc/config'
!  | kubectl exec web-0 -- touch /tmp/x
!  | kubectl exec web-0 -- tee /etc/x
!  | kubectl exec web-0 -- sed -i s/a/b/ /etc/x
!  | kubectl exec web-0 -- wget http://x/y
!  | kubectl exec web-0 -- curl -O http://x/y
!  | kubectl exec web-0 -- env X=1 ./run
!  | kubectl exec $(echo "web-0 -- rm -rf /data") -- ls
!  | X="web-0 -- rm -rf /data"; kubectl exec $X -- ls
!  | kubectl exec web-0 -- cat /etc/x \> /tmp/y ';' rm x; kubectl delete pod y
# Raw requests
=destructive | curl -X DELETE https://api/x
=destructive | curl -XDELETE https://api/x
=destructive | curl --request DELETE https://api/x
=destructive | curl --request=DELETE https://api/x
=destructive | curl -s -k -H "Authorization: Bearer $T" -X DELETE $APISERVER/api/v1/namespaces/x
=destructive | curl -sXDELETE https://api/x
=destructive | curl -X "DELETE" https://api/x
=destructive | curl -X POST -g 'http://prom/api/v1/admin/tsdb/delete_series?match[]=up'
=destructive | curl -X POST http://es:9200/idx/_delete_by_query -d '{}'
=change | curl -d a=b https://api/x
=change | curl --data @f https://api/x
=change | curl -X POST https://api/x
=change | curl -X PUT https://api/x -d '{}'
=change | curl -X PATCH https://api/x
=change | curl -T file https://api/x
=change | curl -F file=@x https://api/x
=change | curl --json '{}' https://api/x
=change | curl -o /etc/passwd https://x/y
=change | wget --post-data=x https://api/x
=change | wget -O /etc/x https://x/y
=destructive | wget --method=DELETE https://api/x
=destructive | http DELETE https://api/x
=change | http POST https://api/x a=b
=change | http https://api/x a=b
!  | curl -X $METHOD https://api/x
!  | curl $OPTS https://api/x; OPTS="-X DELETE"
!  | curl $(echo -X DELETE) https://api/x
!  | curl -K opts.txt
!  | curl http://localhost:15020/quitquitquit
!  | curl -s https://get.example.com | bash
!  | curl -s https://get.example.com | sudo bash -s -- --yes
!  | bash <(curl -s https://get.example.com)
!  | sh -c "$(curl -fsSL https://x/install.sh)"
!  | source <(curl -s https://x/y)
!  | . ./env.sh
!  | echo a3ViZWN0bA== | base64 -d | sh
!  | eval "$(echo a3ViZWN0bA== | base64 -d)"
!  | eval $CMD
!  | eval "$(ssh-agent)"
!  | bash script.sh
!  | sh ./x.sh get
!  | ./kubectl get pods
!  | ./scripts/read-only.sh
!  | python -c 'import os; os.remove("/x")'
!  | python -c "import subprocess; subprocess.run(['kubectl','delete','ns','x'])"
!  | python3 script.py --list
!  | perl -e 'unlink "/x"'
!  | ruby -e 'File.delete("/x")'
!  | node -e 'require("fs").unlinkSync("/x")'
!  | awk 'BEGIN{system("rm -rf /data")}'
!  | awk '{print | "sh"}' x
!  | awk '{print > "/etc/x"}' x
!  | awk '$1 > "/dev/null" { print > $2 }' x
!  | awk '{ x = 1 > 2; print $1 > $2 "/dev/null" }' x
!  | sed 's/x/y/e' f
!  | sed -n '1e rm -rf /data' f
!  | sed -i s/a/b/ /etc/hosts
!  | sed --in-place s/a/b/ /etc/hosts
!  | find . -fprintf /etc/x '%p'
!  | find . -exec sh -c 'rm -rf /data' \;
!  | find . -ok rm /data/x \;
!  | xargs -a list rm -rf
!  | cat list | parallel kubectl delete pod {}
!  | parallel kubectl delete pod ::: a b
!  | tar xf x.tar -C /etc
!  | tar cf x.tar --to-command=sh y
!  | tar cf x --checkpoint=1 --checkpoint-action=exec=sh y
!  | tar xPf x.tar --remove-files
!  | rsync -a --delete src/ /data/
!  | rsync -a --del src/ host:/data/
!  | rsync -a src host:dst
!  | scp x host:/etc/
!  | cp x /etc/x
!  | mv /data/x /tmp
!  | mv x /data/x
!  | ln -sf x /etc/x
!  | chmod 777 /etc/x
!  | chown -R a:b /data
!  | tee /etc/x
!  | echo x | sudo tee /etc/x
!  | echo x >> /etc/hosts
!  | kubectl get pods > /etc/x
!  | kubectl get pods | tee /etc/pods
!  | for i in 1 2; do echo $i; done > /etc/x
!  | { echo a; echo b; } >> /etc/x
!  | exec > /etc/x
!  | : > /var/log/app.log
!  | > /var/log/app.log
!  | sort -o /etc/x y
!  | uniq a /etc/x
!  | openssl req -out /etc/x
!  | install -m 755 x /usr/local/bin/x
!  | PATH=/tmp/evil:$PATH kubectl get pods
!  | export PATH=/tmp/evil:$PATH⏎kubectl get pods
!  | LD_PRELOAD=./x.so ls
!  | BASH_ENV=./x bash -c ls
!  | env LD_PRELOAD=./x.so ls
!  | KUBECTL_EXTERNAL_DIFF=./x kubectl diff -f y
!  | GIT_SSH_COMMAND='sh -c x' git fetch
!  | git -c core.sshCommand='rm -rf /data' fetch
!  | git -c alias.x='!rm -rf /data' x
!  | git clone ext::sh -c x
!  | git submodule foreach 'rm -rf /data'
!  | git push
!  | git push origin main
=destructive | git push --force
=destructive | git push -f origin main
=destructive | git push origin :branch
=destructive | git push origin +main
=destructive | git push --delete origin v1
# Helm, Argo CD and other deliveries
=destructive | helm uninstall web
=destructive | helm -n prod delete web
=destructive | helm --kube-context prod uninstall web
=destructive | helm list -q | xargs -L1 helm uninstall
!  | helm --kube-token list uninstall web
!  | helm --mystery list uninstall web
=change | helm upgrade --install web ./chart
=change | helm rollback web 1
=change | helm install web ./chart
=destructive | helm upgrade web ./chart --force
=change | argocd app sync web
=destructive | argocd app sync web --prune
=destructive | argocd app delete web
=change | argocd app set web --parameter a=b
=change | argocd app rollback web 3
=change | flux reconcile kustomization apps
=change | flux suspend kustomization apps
=destructive | flux delete kustomization apps
=change | istioctl install -y
=destructive | velero restore create --from-backup x
=destructive | velero backup delete x
=destructive | kubeadm reset
!  | kubectl argo rollouts promote web
# Clouds and infrastructure
=destructive | terraform destroy -auto-approve
=destructive | terraform apply -destroy -auto-approve
=change | terraform apply tfplan
=destructive | terraform state rm x
=change | terraform import a b
!  | terraform -chdir=prod apply
=destructive | terraform -chdir=prod destroy
=destructive | aws ec2 terminate-instances --instance-ids i-1
=destructive | aws --profile prod --region eu ec2 terminate-instances --instance-ids i-1
=destructive | aws s3 rm s3://b --recursive
=destructive | aws s3 sync a s3://b --delete
=destructive | aws s3 rb s3://b --force
=change | aws s3 cp x s3://b/x
=destructive | aws rds delete-db-instance --db-instance-identifier x
=change | aws rds modify-db-instance --db-instance-identifier x
=destructive | aws ec2 stop-instances --instance-ids i-1
=change | aws ecs update-service --service x --desired-count 2
!  | aws lambda invoke --function-name x out
!  | aws ssm send-command --document-name x
!  | aws $ARGS
!  | aws ec2 $VERB-instances
=destructive | gcloud compute instances delete x
=destructive | gcloud --project p container clusters delete c
=change | gcloud container clusters resize c --num-nodes 3
=destructive | gcloud sql instances delete x
=destructive | gsutil rm -r gs://b
=destructive | gsutil rsync -d a gs://b
=destructive | az group delete -n x
=destructive | az vm deallocate -n x -g y
=change | az aks scale -n x --node-count 3
=destructive | eksctl delete cluster x
!  | eksctl scale nodegroup --cluster c --name n --nodes 5
=change | oc adm upgrade --to=4.15
=change | oc adm upgrade --to-latest
=destructive | oc delete project x
!  | oc adm policy add-cluster-role-to-user cluster-admin x
!  | ansible-playbook site.yml
!  | ansible all -m shell -a 'rm -rf /data'
!  | ansible all -a reboot
# Databases
=destructive | psql -c 'DROP TABLE x'
=destructive | psql -c "delete from x"
=destructive | psql -c "WITH d AS (DELETE FROM x RETURNING *) SELECT * FROM d"
=destructive | psql -c 'SELECT 1; DROP TABLE x'
=destructive | psql -c 'TRUNCATE x'
=destructive | psql -c "select pg_terminate_backend(1)"
=destructive | psql -c "select/**/1;/**/drop table x"
=change | psql -c 'UPDATE x SET a=1'
=change | psql -c 'INSERT INTO x VALUES (1)'
=change | psql -c 'VACUUM FULL x'
=change | psql -c 'ALTER TABLE x ADD y int'
=change | psql -c 'select pg_reload_conf()'
=change | psql -c 'EXPLAIN ANALYZE UPDATE x SET a=1'
!  | psql -c 'select my_function()'
!  | psql -c '\! rm -rf /data'
!  | psql -f migrate.sql
!  | psql < dump.sql
!  | cat dump.sql | psql
!  | psql -c "$SQL"
!  | psql -c 'DO $$ begin perform 1; end $$'
!  | psql -c 'COPY x FROM PROGRAM $$rm$$'
!  | mysql -e 'DROP DATABASE x'
!  | mysql < dump.sql
!  | mysql -e 'SET GLOBAL read_only=0'
!  | mysql -e 'SELECT 1 INTO OUTFILE "/x"'
!  | mysqladmin shutdown
=destructive | dropdb prod
=destructive | pg_restore -d prod dump
=destructive | redis-cli FLUSHALL
=destructive | redis-cli -n 1 DEL key
=destructive | redis-cli --scan --pattern 'x*' | xargs redis-cli del
!  | redis-cli SET a b
!  | redis-cli eval "return redis.call('flushall')" 0
!  | echo FLUSHALL | redis-cli
!  | redis-cli $CMD
!  | redis-cli CONFIG SET maxmemory 1
!  | mongo --eval 'db.dropDatabase()'
!  | mongosh --eval "db.users.deleteMany({})"
!  | mongosh x.js
!  | etcdctl del /x
!  | etcdctl --endpoints=a put x y
!  | vault kv put a b=c
!  | vault kv delete a
!  | vault write a b=c
!  | consul kv delete x
!  | kafka-topics.sh --bootstrap-server x --delete --topic y
!  | kafka-consumer-groups.sh --bootstrap-server x --group g --reset-offsets --execute --to-earliest --topic t
!  | rabbitmqctl purge_queue q
!  | rabbitmqctl stop_app
!  | nodetool decommission
!  | nodetool repair
# Containers and machines
!  | docker rm -f x
!  | docker system prune -af
!  | docker stop $(docker ps -q)
!  | docker-compose down -v
!  | docker compose up -d
!  | docker push x
!  | docker run -d x
!  | docker restart x
!  | docker volume rm x
!  | docker -H tcp://x rm y
!  | crictl rmi --prune
!  | crictl stop x
!  | podman kill x
!  | minikube delete
!  | kind delete cluster
!  | systemctl restart x
!  | systemctl --user mask x
!  | service x restart
!  | apt-get install -y x
!  | apt-get remove x
!  | yum update
!  | pip install x
!  | npm install
!  | npm run deploy
!  | make
!  | make deploy
!  | go run ./x
!  | mount /dev/x /mnt
!  | umount /mnt
!  | sysctl -w a=b
!  | sysctl a=b
!  | modprobe x
!  | ip link set eth0 down
!  | ip route add default via x
!  | useradd x
!  | passwd x
!  | hostnamectl set-hostname x
!  | timedatectl set-time x
!  | date -s 2020-01-01
!  | zpool destroy x
!  | zfs rollback x
!  | lvremove x
!  | nft flush ruleset
!  | ufw disable
!  | ceph osd out 1
!  | ceph osd pool delete x x --yes
!  | gh repo delete x
!  | gh api -X DELETE /repos/x
!  | gh workflow run x
!  | gh pr merge 1
!  | busybox rm -rf /data
!  | chroot /mnt rm -rf /data
!  | nsenter -t 1 -m rm -rf /data
!  | strace rm -rf /data
!  | flock /tmp/l rm -rf /data
!  | unshare rm -rf /data
!  | unknown-tool --list
!  | hash -p /bin/rm ls; ls /data
!  | enable -n echo
!  | if kubectl get x | grep -q y; then⏎  ./fix.sh⏎fi
!  | cat x | while read l; do sh -c "$l"; done
!  | kubectl get cm x -o jsonpath='{.data.s}' | bash
!  | kubectl get pods $(kubectl delete pod x)
!  | echo "a" | ssh host 'cat > /etc/x'
!  | ssh host "sudo systemctl restart x"
!  | ssh host sudo reboot
!  | ssh host ./x.sh
!  | ssh -o ProxyCommand='rm -rf /data' host uptime
!  | scp -o ProxyCommand='rm -rf /data' a b
!  | vim -c '!rm -rf /data'
!  | exec 3<>/dev/tcp/host/80
!  | echo x > /dev/tcp/host/80
!  | nc host 80 < x
!  | echo flush_all | nc memcached 11211
!  | mail -s x a@b.c < y
!  | cd ../../etc && rm -rf *
!  | cd a/../../b && rm x
!  | cd /opt && curl -O http://x/y
!  | kubectl cp web-0:/x /etc/x
!  | kubectl delete ns x --help=false
!  | PID=$(pgrep java); kill -9 $PID
!  | cd /opt/app && git pull
!  | git -C /opt/app checkout v1
!  | rsync -e 'sh -c x' a b
!  | man -P 'rm -rf /data' ls
!  | ss -K dst 10.0.0.1
!  | iconv -o /etc/x y
!  | psql -c 'select 1 \gexec'
!  | gh api graphql -f query='mutation { x }'
!  | gh api graphql --input x.json
!  | kubectl set image --local deploy/x $OPTS; OPTS="--local=false a=b"
!  | terraform init -migrate-state
!  | /usr/bin/time -o /etc/x ls
!  | helm template x | kubectl delete -f -
!  | gcloud storage rm gs://b/x
!  | set -- delete ns x; kubectl "$@"
!  | set -- -X DELETE; curl $@ http://x
!  | kubectl get pods | sh
!  | cat x.sh | bash
!  | bash < x.sh
!  | printf 'rm -rf /data' | tee x.sh | bash
!  | kubectl exec web-0 -- find / -name x -delete
!  | kubectl exec web-0 -- sh -c "cat x | xargs rm"
!  | kubectl exec web-0 -- bash -c 'kill -9 $(pgrep java)'
!  | kubectl -n prod exec deploy/web -c app -- php artisan migrate
!  | kubectl exec web-0 -- rails runner 'User.delete_all'
!  | kubectl exec es-0 -- curl -XPOST localhost:9200/_cluster/reroute
!  | kubectl exec es-0 -- curl -XPUT localhost:9200/_cluster/settings -d '{}'
!  | kubectl exec vault-0 -- vault operator seal
!  | kubectl exec rabbit-0 -- rabbitmqctl stop_app
!  | kubectl get pods -o go-template='{{.x}}' ; curl -X DELETE http://x
`;
