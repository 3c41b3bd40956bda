#!/usr/bin/env bash
# Lists what wants attention this week: old replica sets, secrets that are due, images without a fixed version.
set -euo pipefail

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [ENVIRONMENT]" >&2
  exit 64
fi
environment=${1:-prod}

echo '== Replica sets that could go (no pods)'
kubectl get replicasets -n "$environment" -o jsonpath='{range .items[?(@.spec.replicas==0)]}{.metadata.name}{"\n"}{end}'
echo '== Secrets and their age'
kubectl get secrets -n "$environment" --no-headers | awk '{ print $1, $NF }'
echo '== Images without a fixed version'
kubectl get pods -n "$environment" -o jsonpath='{range .items[*]}{.spec.containers[0].image}{"\n"}{end}' | sort -u | grep ':latest$' || echo none
