#!/bin/sh
# Runs once, when the PostgreSQL volume is empty: the two databases and their owners (the other users are made by the migrations).
set -eu
secret() { cat "${SECRETS_DIR:-/run/secrets}/$1"; }
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set warehouse="$(secret warehouse_password)" --set airflow="$(secret airflow_password)" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role satudata login createrole password :'warehouse';
create role airflow login password :'airflow';
create database satudata owner satudata;
create database airflow owner airflow;
revoke all on database satudata, airflow, postgres from public;
SQL
