#!/usr/bin/env bash
# Asks myapp-backend the questions that must always have an answer, from inside one of its own pods.
set -euo pipefail

if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: $0 ENVIRONMENT" >&2
  exit 64
fi
environment=$1

passed=0
failed=0
probe() {
  local name=$1 path=$2 wanted=$3 answer
  answer=$(kubectl exec deployment/myapp-backend -n "$environment" -- curl -s "http://localhost:8080$path" 2>&1) || true
  if [[ $answer == *"$wanted"* ]]; then
    printf 'pass  %-22s %s\n' "$name" "$path"
    passed=$((passed + 1))
  else
    printf 'FAIL  %-22s %s answered: %s\n' "$name" "$path" "${answer:0:120}"
    failed=$((failed + 1))
  fi
}

probe 'health' /health '"status":"ok"'
probe 'ready' /ready '"database":"ok"'
probe 'list of projects' '/api/v1/projects?limit=1' '"items"'
probe 'version' /version '"version":"v'

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
