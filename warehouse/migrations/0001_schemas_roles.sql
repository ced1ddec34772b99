-- The rooms of the warehouse and who may enter them (design: Schemas, Roles). Logins and passwords are made by the server set-up.
-- Tables of later migrations and those made while loading and publishing get their grants from the default privileges below.
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
  -- By default everybody may open a database and make temporary tables in it.
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to loader, transformer, portal, bi_reader, bi_instansi, steward', current_database());
  execute format('grant temporary on database %I to loader, transformer', current_database());
  -- The owner reads and repairs what these two make.
  execute format('grant loader, transformer to %I', current_user);
end $$;

revoke all on schema public from public;
grant usage on schema ops, raw, staging_load to loader, transformer, steward;
grant create on schema staging_load, raw to loader;
grant usage, create on schema staging, kandidat, mart, mart_instansi to transformer;
grant usage on schema mart to bi_reader, bi_instansi, portal, steward;
grant usage on schema mart_instansi to bi_instansi, steward;
grant usage on schema quality to portal, steward, transformer;

-- What the owner makes (migrations).
grant select on all tables in schema ops to loader, transformer, steward;
alter default privileges in schema ops grant select, insert, update, delete on tables to loader, transformer;
alter default privileges in schema ops grant select, insert, update on tables to steward;
alter default privileges in schema ops grant usage, select on sequences to loader, transformer, steward;
alter default privileges in schema raw grant select, insert, update, delete on tables to loader;
alter default privileges in schema raw grant select on tables to transformer, steward;
alter default privileges in schema mart, mart_instansi grant select, insert, update, delete on tables to transformer;
alter default privileges in schema mart grant select on tables to bi_reader, bi_instansi, portal, steward;
alter default privileges in schema mart_instansi grant select on tables to bi_instansi, steward;
alter default privileges in schema quality grant select on tables to portal, steward, transformer;

-- What loader makes (raw tables of new datasets) and what transformer makes (published tables).
alter default privileges for role loader in schema raw grant select on tables to transformer, steward;
alter default privileges for role transformer in schema mart grant select on tables to bi_reader, bi_instansi, portal, steward;
alter default privileges for role transformer in schema mart_instansi grant select on tables to bi_instansi, steward;

-- Readers cannot write and cannot hold the server up.
do $$
declare r text;
begin
  foreach r in array array['bi_reader', 'bi_instansi'] loop
    execute format('alter role %I set default_transaction_read_only = on', r);
    execute format('alter role %I set statement_timeout = %L', r, '60s');
  end loop;
  alter role bi_reader set search_path = mart;
  alter role bi_instansi set search_path = mart, mart_instansi;
end $$;
