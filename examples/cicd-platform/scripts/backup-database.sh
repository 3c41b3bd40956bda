#!/usr/bin/env bash
# Writes a dump of the database of an environment into backups/ and checks that it is complete.
set -euo pipefail

if [[ $# -gt 1 || ${1:-} == -* ]]; then
  echo "usage: $0 [ENVIRONMENT]" >&2
  exit 64
fi
environment=${1:-prod}

mkdir -p backups
file="backups/myapp_${environment}_$(date -u +%Y%m%dT%H%M%SZ).sql"
kubectl exec statefulset/myapp-database -n "$environment" -- pg_dump -U myapp myapp >"$file"
if ! tail -1 "$file" | grep -q 'dump complete'; then
  echo "$file is not complete" >&2
  exit 1
fi
echo "Wrote $file ($(wc -c <"$file") bytes)"
