-- Questions of checks over everybody's rows: each function becomes the auditor, who may only read, and then
-- whoever was asking again.
create function audit_strange_shares() returns table (dream_id uuid, person_id uuid)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query select s.dream_id, s.person_id from dream_share s join dream d on d.id = s.dream_id
    where d.person_id = s.person_id;
  perform set_config('app.actor', before, true);
end $$;

create function audit_accounts_without_a_way_in() returns table (person_id uuid)
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor();
begin
  perform set_config('app.actor', 'auditor', true);
  return query select p.id from person p where p.password_hash is null
    and not exists (select 1 from outside_account o where o.person_id = p.id) and p.email not like '%@probe.invalid';
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
    select 'stripe_event', count(*) from stripe_event where created_at < now() - interval '400 days' having count(*) > 0
    union all
    select 'unconfirmed accounts', count(*) from person
      where verified_at is null and created_at < now() - interval '31 days' having count(*) > 0;
  perform set_config('app.actor', before, true);
end $$;

/* How often an event of Stripe's took effect: its own row, once. */
create function audit_stripe_effects(reference text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from stripe_event where id = 'evt_' || reference and outcome like 'tier %';
  perform set_config('app.actor', before, true);
  return found;
end $$;

/* How many subscriptions of this reference still run. */
create function audit_subscriptions(reference text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from subscription where id = 'sub_' || reference and not is_over;
  perform set_config('app.actor', before, true);
  return found;
end $$;

/* Rows that still speak of whoever had this address; checks ask it after an account was deleted. */
create function audit_traces_of(person uuid) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select (select count(*) from person p where p.id = person)
    + (select count(*) from dream d where d.person_id = person)
    + (select count(*) from dream_share s where s.person_id = person)
    + (select count(*) from reflection r where r.person_id = person)
    + (select count(*) from consent c where c.person_id = person)
    + (select count(*) from subscription s where s.person_id = person)
    + (select count(*) from browser_session b where b.person_id = person) into found;
  perform set_config('app.actor', before, true);
  return found;
end $$;

create function audit_dreams_of_a_day() returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from dream where created_at > now() - interval '1 day';
  perform set_config('app.actor', before, true);
  return found;
end $$;

create function audit_running_subscriptions() returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  select count(*) into found from subscription where not is_over;
  perform set_config('app.actor', before, true);
  return found;
end $$;
