--liquibase formatted sql
--changeset palimpsest:0032-mask-key
-- Nobody but the schema's owner may read it: no grants.
create table palimpsest.mask_key (
  id boolean not null default true constraint pk_mask_key primary key
    constraint ck_mask_key_single check (id),
  inner_pad bytea not null constraint ck_mask_key_inner_pad check (octet_length(inner_pad) = 64),
  outer_pad bytea not null constraint ck_mask_key_outer_pad check (octet_length(outer_pad) = 64)
);
comment on table palimpsest.mask_key is
  'One row: the key of masked attributes as HMAC (RFC 2104) uses it, padded to a block and combined with its two constants';
