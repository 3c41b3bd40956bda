#!/usr/bin/env bash
# The check of the morning: nodes, workloads, restarts, errors. Changes nothing. Ends with 1 if something is wrong.
set -euo pipefail

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [ENVIRONMENT]" >&2
  exit 64
fi
environment=${1:-prod}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
problems=0

echo '== Nodes'
if kubectl get nodes --no-headers | awk '$2 != "Ready" { print "not ready: " $1; bad = 1 } END { exit bad }'; then
  echo 'all nodes are ready'
else
  problems=$((problems + 1))
fi

echo "== Workloads in $environment"
while read -r workload wanted ready; do
  printf '%-28s %s/%s\n' "$workload" "${ready:-0}" "$wanted"
  [[ ${ready:-0} == "$wanted" ]] || problems=$((problems + 1))
done < <(kubectl get deployments,statefulsets -n "$environment" -o jsonpath='{range .items[*]}{.metadata.name} {.spec.replicas} {.status.readyReplicas}{"\n"}{end}')

echo '== Restarts'
kubectl get pods -n "$environment" -o jsonpath='{range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{"\n"}{end}' |
  awk '$2 > 3 { print; found = 1 } END { if (!found) print "no pod restarted more than three times" }'

echo '== Errors'
"$here/check-error-rate.sh" "$environment" 1h || problems=$((problems + 1))

echo
if [[ $problems -gt 0 ]]; then
  echo "$problems problems found"
  exit 1
fi
echo 'Daily check passed'
