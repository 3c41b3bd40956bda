#!/usr/bin/env bash
# Looks at every workload of a namespace and says which ones are not as wanted. Changes nothing.
# Ends with 1 if one is not healthy.
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: $0 NAMESPACE" >&2
  exit 64
fi
namespace=$1

workloads=$(kubectl get deployments,statefulsets -n "$namespace" -o jsonpath='{range .items[*]}{.kind}/{.metadata.name} {.spec.replicas} {.status.readyReplicas}{"\n"}{end}')
if [[ -z $workloads ]]; then
  echo "There is no workload in namespace '$namespace'" >&2
  exit 1
fi

total=0
unhealthy=0
while read -r workload wanted ready; do
  total=$((total + 1))
  if [[ ${ready:-0} == "$wanted" ]]; then
    printf 'ok       %-36s %s/%s\n' "$workload" "${ready:-0}" "$wanted"
  else
    unhealthy=$((unhealthy + 1))
    printf 'PROBLEM  %-36s %s/%s\n' "$workload" "${ready:-0}" "$wanted"
  fi
done <<<"$workloads"

restarts=$(kubectl get pods -n "$namespace" -o jsonpath='{range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{"\n"}{end}' | awk '$2 > 3')
if [[ -n $restarts ]]; then
  echo
  echo 'Pods that restarted more than three times:'
  echo "$restarts"
fi

echo
if [[ $unhealthy -gt 0 ]]; then
  echo "$unhealthy of $total workloads are not healthy"
  exit 1
fi
echo "All $total workloads are healthy"
