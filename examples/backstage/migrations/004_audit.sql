-- Questions of checks over everybody's rows: each function becomes the auditor, who may only read, and then
-- whoever was asking again.
create function audit_passes_below_price() returns table (pass_id uuid)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query select a.id from access_pass a join stream s on s.id = a.stream_id where a.price_minor < s.price_minor;
  perform set_config('app.actor', before, true);
end $$;

create function audit_kept_too_long() returns table (what text, rows bigint)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query
    select 'browser_session', count(*) from browser_session where expires_at < now() - interval '2 days' having count(*) > 0
    union all
    select 'stripe_event', count(*) from stripe_event where created_at < now() - interval '400 days' having count(*) > 0;
  perform set_config('app.actor', before, true);
end $$;

create function audit_passes_of(checkout_id text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from access_pass where checkout = checkout_id;
  perform set_config('app.actor', before, true); return found;
end $$;

create function audit_passes_sold() returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from access_pass where created_at > now() - interval '1 day';
  perform set_config('app.actor', before, true); return found;
end $$;

create function audit_traces_of(person uuid) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select (select count(*) from person p where p.id = person) + (select count(*) from space s where s.owner_id = person)
    + (select count(*) from access_pass a where a.person_id = person)
    + (select count(*) from browser_session b where b.person_id = person) into found;
  perform set_config('app.actor', before, true); return found;
end $$;
