#!/bin/sh
# Brings both databases to this version and makes the first account; run before every start, and harmless when repeated.
set -eu
satudata db migrate
airflow db migrate
airflow users list --output plain | awk '{print $2}' | grep -qx "$ADMIN_USER" ||
    airflow users create --role Admin --username "$ADMIN_USER" --password "$ADMIN_PASSWORD" --email "$ADMIN_EMAIL" --firstname Wali --lastname Data
