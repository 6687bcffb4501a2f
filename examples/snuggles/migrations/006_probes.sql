-- Accounts that exist for checks only: nobody's, in no figure. One may do everything, one has used up what is free.
select set_config('app.actor', 'system', true);
insert into person (id, display_name, is_probe) values
  ('00000000-0000-4000-8000-0000000000a1', 'Probe one', true),
  ('00000000-0000-4000-8000-0000000000a2', 'Probe two', true),
  ('00000000-0000-4000-8000-0000000000a3', 'Probe of limits', true),
  ('00000000-0000-4000-8000-0000000000aa', 'Probe of the webhook', true),
  ('00000000-0000-4000-8000-0000000000ab', 'Probe of its events', true);
insert into subscriptions (person_id, tier, status, changed_at) values
  ('00000000-0000-4000-8000-0000000000a1', 'pro', 'active', 'epoch'),
  ('00000000-0000-4000-8000-0000000000a2', 'pro', 'active', 'epoch');
select set_config('app.actor', '', true);

-- How often a feature was used and how often it failed by our fault, by day.
create table daily_outcome (
  day date not null,
  feature text not null,
  succeeded int not null default 0,
  failed int not null default 0,
  primary key (day, feature)
);
alter table daily_outcome enable row level security;
alter table daily_outcome force row level security;
create policy daily_outcome_all on daily_outcome for all
  using ((select app_actor()) = 'system' or (select app_reads())) with check ((select app_actor()) = 'system');

create function percent(good bigint, bad bigint) returns numeric language sql immutable
  as $$ select case when good + bad = 0 then 100 else round(100.0 * good / (good + bad), 2) end $$;

-- What only an auditor sees, for whoever asks as the application. Probe accounts are in no figure.
create function audit_figure(what text) returns numeric
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found numeric;
begin
  perform set_config('app.actor', 'auditor', true);
  found := case what
    when 'active rooms' then (select count(*) from rooms where is_active and not is_probe)
    when 'paying people' then (select count(*) from subscriptions s join person p on p.id = s.person_id
      where s.status in ('trialing', 'active') and s.tier <> 'free' and not p.is_probe)
    when 'clips today' then (select count(*) from clips where created_at >= date_trunc('day', now()))
    when 'polls this week' then (select count(*) from polls where created_at >= date_trunc('week', now()))
    when 'failed payments' then (select count(*) from payment_history h join person p on p.id = h.person_id
      where h.status = 'failed' and h.created_at > now() - interval '24 hours' and not p.is_probe)
    when 'room success' then (select percent(coalesce(sum(succeeded), 0)::bigint, coalesce(sum(failed), 0)::bigint)
      from daily_outcome where feature = 'rooms' and day > current_date - 7)
    when 'payment success' then (select percent(count(*) filter (where status = 'succeeded'),
      count(*) filter (where status = 'failed')) from payment_history h join person p on p.id = h.person_id
      where h.created_at > now() - interval '7 days' and not p.is_probe)
    when 'clip success' then (select percent(count(*) filter (where status = 'ready'),
      count(*) filter (where status = 'failed')) from clips c join person p on p.id = c.owner_id
      where c.created_at > now() - interval '7 days' and not p.is_probe)
  end;
  perform set_config('app.actor', before, true);
  return found;
end $$;

-- How often one of Stripe's events had its effect.
create function audit_effects(event text) returns bigint
  language plpgsql set search_path = public, pg_temp as $$
declare before text := app_actor(); found bigint;
begin
  perform set_config('app.actor', 'auditor', true);
  found := (select count(*) from payment_history where position(event in stripe_event) > 0);
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
