#!/usr/bin/env bash
# Says whether production is fit for a deployment: capacity, a disruption budget, limits, no roll-out under way.
set -euo pipefail

if [[ $# -ne 0 ]]; then
  echo "usage: $0" >&2
  exit 64
fi
environment=prod
missing=0

check() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then
    echo "yes  $what"
  else
    echo "NO   $what"
    missing=$((missing + 1))
  fi
}
at_least_two_nodes() {
  [[ $(kubectl get nodes --no-headers | awk '$2 == "Ready"' | wc -l) -ge 2 ]]
}
has_limits() {
  [[ -n $(kubectl get deployment myapp-backend -n $environment -o jsonpath='{.spec.template.spec.containers[0].resources.limits.memory}') ]]
}
all_ready() {
  [[ $(kubectl get deployment myapp-backend -n $environment -o jsonpath='{.status.readyReplicas}') == \
    $(kubectl get deployment myapp-backend -n $environment -o jsonpath='{.spec.replicas}') ]]
}

check 'two nodes or more are ready' at_least_two_nodes
check 'myapp-backend has a disruption budget' kubectl get pdb myapp-backend -n $environment
check 'myapp-backend has a memory limit' has_limits
check 'every pod of myapp-backend is ready' all_ready
check 'no roll-out is under way' kubectl rollout status deployment/myapp-backend -n $environment --timeout=5s
check 'the database answers' kubectl exec statefulset/myapp-database -n $environment -- pg_isready

echo
if [[ $missing -gt 0 ]]; then
  echo "Not ready: $missing checks failed"
  exit 1
fi
echo 'Ready for production'
