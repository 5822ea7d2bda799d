--liquibase formatted sql
--changeset bank:0002-account
create table account (
  id bigint generated always as identity constraint pk_account primary key,
  owner_id bigint not null constraint fk_account_owner references owner,
  balance numeric(19, 6) not null constraint ck_account_balance check (balance >= 0),
  version bigint not null
);
create index ix_account_owner on account (owner_id);
comment on table account is 'Accounts and their balances';
comment on column account.balance is 'What capture records and what the domain events sum up to';
comment on column account.version is 'Optimistic lock of JPA';
