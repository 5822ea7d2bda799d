-- The database "bank" and its two roles, as EmbeddedDatabase makes them. Runs once, on an empty volume.
\set ON_ERROR_STOP on
\getenv app_password DB_PASSWORD
\getenv owner_password DB_OWNER_PASSWORD

create role bank_app login password :'app_password';
create role bank_owner login password :'owner_password';
create database bank owner bank_owner;
revoke all on database bank from public;
grant connect, temporary on database bank to bank_app;

\connect bank
alter schema public owner to bank_app;
