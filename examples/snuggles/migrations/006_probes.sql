-- Accounts that exist for checks only: nobody's, in no figure. One may do everything, one has used up what is free.
select set_config('app.actor', 'system', true);
insert into person (id, display_name, is_probe) values
  ('00000000-0000-4000-8000-0000000000a1', 'Probe one', true),
  ('00000000-0000-4000-8000-0000000000a2', 'Probe two', true),
  ('00000000-0000-4000-8000-0000000000a3', 'Probe of limits', true),
  ('00000000-0000-4000-8000-0000000000aa', 'Probe of the webhook', true);
insert into subscriptions (person_id, tier, status, changed_at) values
  ('00000000-0000-4000-8000-0000000000a1', 'pro', 'active', 'epoch'),
  ('00000000-0000-4000-8000-0000000000a2', 'pro', 'active', 'epoch');
select set_config('app.actor', '', true);

-- What only an auditor sees, for whoever asks as the application.
create function audit_count(what text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  found := case what
    when 'failed payments' then (select count(*) from payment_history
      where status = 'failed' and created_at > now() - interval '24 hours')
    else (select count(*) from payment_history where position(what in stripe_event) > 0) end;
  perform set_config('app.actor', before, true);
  return found;
end $$;

-- The state that Stripe's events led to, for one subscription.
create function audit_subscription(subscription text) returns text
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found text;
begin
  perform set_config('app.actor', 'auditor', true);
  found := (select status from subscriptions where stripe_subscription = subscription);
  perform set_config('app.actor', before, true);
  return found;
end $$;
