#!/usr/bin/env bash
# Lists the warnings of a namespace with the oldest first: what failed first is often why the others failed.
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: $0 NAMESPACE" >&2
  exit 64
fi
namespace=$1

warnings=$(kubectl get events -n "$namespace" --field-selector type=Warning --sort-by=.metadata.creationTimestamp \
  -o jsonpath='{range .items[*]}{.metadata.creationTimestamp}  {.involvedObject.kind}/{.involvedObject.name}  {.reason}{"\n"}{end}')

if [[ -z $warnings ]]; then
  echo "No warning in $namespace in the last hour"
  exit 0
fi
echo 'Oldest first:'
head -20 <<<"$warnings"
