create table tier_features (
  tier text primary key check (tier in ('free', 'premium', 'pro')),
  display_name text not null,
  price_minor bigint not null check (price_minor >= 0),
  -- How often a month, by feature; -1: as often as they like.
  quotas jsonb not null,
  created_at timestamptz not null default now()
);

create table subscriptions (
  person_id uuid primary key references person (id),
  stripe_customer text,
  stripe_subscription text unique,
  tier text not null references tier_features (tier),
  status text not null check (status in ('trialing', 'active', 'past_due', 'canceled')),
  -- Stripe's clock of the last event that changed it: an older one that comes late changes nothing.
  changed_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index subscriptions_tier on subscriptions (tier);

create table payment_history (
  id bigint generated always as identity primary key,
  person_id uuid not null references person (id),
  stripe_event text not null unique,
  status text not null check (status in ('succeeded', 'failed')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency char(3) not null,
  created_at timestamptz not null default now()
);
create index payment_history_person on payment_history (person_id);

create table usage_quotas (
  person_id uuid not null references person (id),
  feature text not null,
  month date not null,
  used int not null default 0 check (used >= 0),
  created_at timestamptz not null default now(),
  primary key (person_id, feature, month)
);

create table stripe_event (
  id text primary key,
  type text not null,
  outcome text not null,
  created_at timestamptz not null default now()
);

alter table tier_features enable row level security;
alter table tier_features force row level security;
alter table subscriptions enable row level security;
alter table subscriptions force row level security;
alter table payment_history enable row level security;
alter table payment_history force row level security;
alter table usage_quotas enable row level security;
alter table usage_quotas force row level security;
alter table stripe_event enable row level security;
alter table stripe_event force row level security;

create policy tier_features_read on tier_features for select using (true);
create policy tier_features_write on tier_features for insert with check ((select app_actor()) = 'system');
create policy tier_features_change on tier_features for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
create policy subscriptions_read on subscriptions for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy subscriptions_write on subscriptions for insert with check ((select app_actor()) = 'system');
create policy subscriptions_change on subscriptions for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
create policy subscriptions_remove on subscriptions for delete using ((select app_actor()) = 'system');
create policy payment_history_remove on payment_history for delete using ((select app_actor()) = 'system');
create policy payment_history_read on payment_history for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy payment_history_write on payment_history for insert with check ((select app_actor()) = 'system');
create policy usage_quotas_read on usage_quotas for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy usage_quotas_write on usage_quotas for insert with check ((select app_actor()) = 'system');
create policy usage_quotas_change on usage_quotas for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
create policy usage_quotas_remove on usage_quotas for delete using ((select app_actor()) = 'system');
create policy stripe_event_read on stripe_event for select using ((select app_reads()));
create policy stripe_event_write on stripe_event for insert with check ((select app_actor()) = 'system');

select set_config('app.actor', 'system', true);
insert into tier_features (tier, display_name, price_minor, quotas) values
  ('free', 'Free', 0, '{"rooms": 3, "clips": 5}'),
  ('premium', 'Premium', 999, '{"rooms": 100, "clips": 50}'),
  ('pro', 'Pro', 1999, '{"rooms": -1, "clips": 100}')
on conflict (tier) do update set
  display_name = excluded.display_name, price_minor = excluded.price_minor, quotas = excluded.quotas;
select set_config('app.actor', '', true);
