--liquibase formatted sql
--changeset palimpsest:0039-control-grants runOnChange:true
grant select on palimpsest.content_type_name to "${writer}";
grant execute on function palimpsest.rename_content_type(text, text, text) to "${writer}";
grant execute on function palimpsest.fingerprint(text) to "${writer}";
