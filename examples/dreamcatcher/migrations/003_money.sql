-- Nobody's rows: every delivery of Stripe's, once; only the system writes and reads them.
create table stripe_event (
  id text primary key,
  type text not null,
  outcome text not null,
  created_at timestamptz not null default now()
);
alter table stripe_event enable row level security;
alter table stripe_event force row level security;
create policy stripe_event_all on stripe_event
  using ((select app_actor()) in ('system', 'auditor')) with check ((select app_actor()) = 'system');

-- One row for each subscription of Stripe's; one that is over never comes back.
create table subscription (
  id text primary key,
  person_id uuid not null references person (id) on delete cascade,
  tier text not null check (tier in ('plus', 'circle')),
  is_over boolean not null default false,
  created_at timestamptz not null default now()
);
create index subscription_person on subscription (person_id);
alter table subscription enable row level security;
alter table subscription force row level security;
create policy subscription_all on subscription
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'))
  with check ((select app_actor()) = 'system');
