#!/bin/sh
# Whether one service does its work, asked of itself; called through entrypoint.sh.
set -eu
answers() { python -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=10).read()' "$1"; }
case $1 in
    warehouse) python -c 'from warehouse.connect import connect; connect().close()' ;;
    api-server) answers "http://127.0.0.1:${AIRFLOW__API__PORT:-8080}/api/v2/monitor/health" ;;
    scheduler) answers "http://127.0.0.1:${AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT:-8974}/health" ;;
    dag-processor) airflow jobs check --local --job-type DagProcessorJob ;;
    triggerer) airflow jobs check --local --job-type TriggererJob ;;
    *) echo "layanan tidak dikenal: $1" >&2; exit 2 ;;
esac
