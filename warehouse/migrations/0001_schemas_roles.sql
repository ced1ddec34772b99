-- The rooms of the warehouse and who may enter them (design: Schemas, Roles). Logins and passwords are made by the server set-up.
create schema if not exists ops;
create schema if not exists staging_load;
create schema if not exists raw;
create schema if not exists staging;
create schema if not exists kandidat;
create schema if not exists mart;
create schema if not exists mart_instansi;
create schema if not exists quality;

do $$
declare r text;
begin
  foreach r in array array['loader', 'transformer', 'portal', 'bi_reader', 'bi_instansi', 'steward'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin', r);
    end if;
  end loop;
end $$;

revoke all on schema public from public;
grant usage, create on schema staging_load, raw, ops to loader;
grant usage on schema ops, raw to transformer;
grant usage, create on schema staging, kandidat to transformer;
grant usage on schema mart to bi_reader, bi_instansi, portal;
grant usage on schema mart_instansi to bi_instansi;
grant usage on schema quality, ops, mart to steward;
grant usage on schema quality to portal;
alter default privileges in schema mart grant select on tables to bi_reader, bi_instansi, portal;
alter default privileges in schema mart_instansi grant select on tables to bi_instansi;
alter role bi_reader set default_transaction_read_only = on;
alter role bi_reader set statement_timeout = '60s';
alter role bi_reader set search_path = mart;
alter role bi_instansi set default_transaction_read_only = on;
alter role bi_instansi set statement_timeout = '60s';
