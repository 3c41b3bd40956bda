#!/usr/bin/env bash
# Moves the traffic back to the other colour, after its pods are ready.
set -euo pipefail

if [[ $# -ne 0 ]]; then
  echo "usage: $0" >&2
  exit 64
fi
namespace=${NAMESPACE:-streamgate}

active=$(kubectl get service streamgate-active -n "$namespace" -o jsonpath='{.spec.selector.version}')
case $active in
  blue) previous=green ;;
  green) previous=blue ;;
  *)
    echo "service/streamgate-active selects version '$active'; expected blue or green" >&2
    exit 1
    ;;
esac

wanted=$(kubectl get deployment "streamgate-$active" -n "$namespace" -o jsonpath='{.spec.replicas}')
there=$(kubectl get deployment "streamgate-$previous" -n "$namespace" -o jsonpath='{.spec.replicas}')
if [ "$there" -lt "$wanted" ]; then
  echo "$previous has $there pods; scaling it to $wanted first"
  kubectl scale "deployment/streamgate-$previous" --replicas="$wanted" -n "$namespace"
fi
kubectl rollout status "deployment/streamgate-$previous" -n "$namespace" --timeout=180s

kubectl patch service streamgate-active -n "$namespace" -p "{\"spec\":{\"selector\":{\"app\":\"streamgate\",\"version\":\"$previous\"}}}"
kubectl patch hpa streamgate-hpa-cpu -n "$namespace" -p "{\"spec\":{\"scaleTargetRef\":{\"name\":\"streamgate-$previous\"}}}"
kubectl scale "deployment/streamgate-$active" --replicas=0 -n "$namespace"
echo "$previous serves again; $active is down"
