-- A payment that was credited twice stands under two keys: count every credit whose key speaks of it, by whatever
-- name, and not only the one that is expected.
create or replace function audit_stripe_credits(checkout text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  found := (select count(*) from ledger_entry where position(checkout in idempotency_key) > 0);
  perform set_config('app.actor', before, true);
  return found;
end $$;
