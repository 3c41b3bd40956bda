#!/usr/bin/env bash
# Watches a deployment for some time and prints a line every ten seconds. Ends with 1 as soon as pods are lost or
# errors rise above 1 %.
set -euo pipefail

if [[ $# -ne 2 || $1 == -* || ! $2 =~ ^[0-9]+$ ]]; then
  echo "usage: $0 ENVIRONMENT SECONDS     for example: $0 prod 300" >&2
  exit 64
fi
environment=$1
seconds=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

end=$((SECONDS + seconds))
while [[ $SECONDS -lt $end ]]; do
  pods=$(kubectl get deployment myapp-backend -n "$environment" -o jsonpath='{.status.readyReplicas}/{.spec.replicas}')
  if ! rate=$("$here/check-error-rate.sh" "$environment" 1m); then
    printf '%s  pods %s  %s\n' "$(date -u +%T)" "$pods" "$rate"
    exit 1
  fi
  printf '%s  pods %s  %s\n' "$(date -u +%T)" "$pods" "${rate%%$'\n'*}"
  [[ ${pods%%/*} == "${pods##*/}" ]] || { echo 'Pods are missing' >&2; exit 1; }
  sleep 10
done
echo "Nothing happened in $seconds seconds"
