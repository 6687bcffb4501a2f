-- Questions an auditor asks over everybody's rows. Row-level security would hide those rows from a plain query,
-- and an audit that sees nothing finds nothing: each function becomes the auditor, who may only read, and then
-- whoever was asking again.

create function audit_wallets_off_ledger() returns table (wallet_id uuid, balance_minor bigint, entries_minor numeric)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select w.id, w.balance_minor, coalesce(sum(e.amount_minor), 0)
    from wallet w left join ledger_entry e on e.wallet_id = w.id
    group by w.id having w.balance_minor <> coalesce(sum(e.amount_minor), 0);
  perform set_config('app.actor', before, true);
end $$;

create function audit_negative_balances() returns table (wallet_id uuid, balance_minor bigint)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select id, wallet.balance_minor from wallet where wallet.balance_minor < 0;
  perform set_config('app.actor', before, true);
end $$;

create function audit_orphan_sessions() returns table (session_id uuid)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select s.id from reading_session s
    where not exists (select 1 from person p where p.id = s.client_id)
      or not exists (select 1 from reader r where r.person_id = s.reader_id)
      or not exists (select 1 from wallet w where w.person_id = s.client_id);
  perform set_config('app.actor', before, true);
end $$;

create function audit_minutes_off_ledger() returns table (session_id uuid, minutes_billed integer, entries bigint)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select s.id, s.minutes_billed, count(e.id)
    from reading_session s left join ledger_entry e on e.session_id = s.id and e.kind = 'reading'
    group by s.id having s.minutes_billed <> count(e.id);
  perform set_config('app.actor', before, true);
end $$;

create function audit_missed_ticks() returns table (session_id uuid, due_since timestamptz)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select id, next_tick_at from reading_session
    where state = 'active' and not is_probe and next_tick_at < now() - interval '3 minutes';
  perform set_config('app.actor', before, true);
end $$;

create function audit_stuck_sessions() returns table (session_id uuid, state text)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select s.id, s.state from reading_session s where not s.is_probe and (
      (s.state = 'grace' and s.grace_until < now() - interval '3 minutes')
      or (s.state = 'ended' and s.ended_at < now() - interval '10 minutes'));
  perform set_config('app.actor', before, true);
end $$;

create function audit_stripe_credits(checkout text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  found := (select count(*) from ledger_entry where idempotency_key = 'stripe:' || checkout);
  perform set_config('app.actor', before, true);
  return found;
end $$;
