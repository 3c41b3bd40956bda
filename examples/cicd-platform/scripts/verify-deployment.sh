#!/usr/bin/env bash
# Says whether every pod of myapp-backend runs the version that is wanted and is ready. Ends with 1 if not.
set -euo pipefail

if [[ $# -ne 2 || $1 == -* ]]; then
  echo "usage: $0 ENVIRONMENT VERSION     for example: $0 prod v1.2.3" >&2
  exit 64
fi
environment=$1
version=$2

pods=$(kubectl get pods -n "$environment" -l app=myapp-backend \
  -o jsonpath='{range .items[*]}{.metadata.name} {.spec.containers[0].image} {.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}')
if [[ -z $pods ]]; then
  echo "No pod of myapp-backend in $environment" >&2
  exit 1
fi

wrong=0
while read -r pod image ready; do
  if [[ $image == *":$version" && $ready == True ]]; then
    echo "ok     $pod $image"
  else
    echo "WRONG  $pod $image ready=$ready"
    wrong=$((wrong + 1))
  fi
done <<<"$pods"

if [[ $wrong -gt 0 ]]; then
  echo "$wrong pods are not ready with $version"
  exit 1
fi
echo "Every pod in $environment runs $version and is ready"
