-- Who asks, for row-level security: set per transaction by the application, empty otherwise.
create function app_person() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
create function app_actor() returns text language sql stable
  as $$ select coalesce(current_setting('app.actor', true), '') $$;
create function app_reads() returns boolean language sql stable
  as $$ select app_actor() in ('system', 'admin', 'auditor') $$;

create table person (
  id uuid primary key default gen_random_uuid(),
  is_probe boolean not null default false,
  created_at timestamptz not null default now()
);

create table business (
  id uuid primary key default gen_random_uuid(),
  code text not null unique check (code ~ '^[A-Z0-9]{6}$'),
  name text not null check (length(name) between 1 and 80),
  owner_id uuid not null references person (id),
  created_at timestamptz not null default now()
);
create index business_owner on business (owner_id);

create table feedback (
  id uuid primary key default gen_random_uuid(),
  business_id uuid not null references business (id),
  customer_id uuid not null references person (id),
  purchase_minor bigint not null check (purchase_minor between 100 and 1000000),
  body text not null check (length(body) between 10 and 2000),
  created_at timestamptz not null default now()
);
create index feedback_business on feedback (business_id, created_at);
create index feedback_customer on feedback (customer_id, created_at);

create table reward (
  feedback_id uuid primary key references feedback (id) on delete cascade,
  customer_id uuid not null references person (id),
  amount_minor bigint not null check (amount_minor > 0),
  created_at timestamptz not null default now()
);
create index reward_customer on reward (customer_id);

-- How often one caller may ask: counted here, so that every instance sees the same number.
create unlogged table rate_window (
  caller text primary key,
  began_at timestamptz not null,
  asked int not null default 1
);

alter table person enable row level security;
alter table person force row level security;
alter table business enable row level security;
alter table business force row level security;
alter table feedback enable row level security;
alter table feedback force row level security;
alter table reward enable row level security;
alter table reward force row level security;
alter table rate_window enable row level security;
alter table rate_window force row level security;

create policy person_read on person for select using (id = (select app_person()) or (select app_reads()));
create policy person_write on person for insert with check ((select app_actor()) = 'system');
create policy business_read on business for select
  using (owner_id = (select app_person()) or (select app_reads()));
create policy business_write on business for insert with check ((select app_actor()) = 'system');
create policy feedback_read on feedback for select using (
  customer_id = (select app_person()) or (select app_reads())
  or exists (select 1 from business b where b.id = feedback.business_id and b.owner_id = (select app_person())));
create policy feedback_write on feedback for insert
  with check (customer_id = (select app_person()) or (select app_actor()) = 'system');
create policy reward_read on reward for select using (customer_id = (select app_person()) or (select app_reads()));
create policy reward_write on reward for insert with check ((select app_actor()) = 'system');
create policy rate_window_all on rate_window for all
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');

-- Accounts and a business that exist for checks only.
select set_config('app.actor', 'system', true);
insert into person (id, is_probe) values
  ('00000000-0000-4000-8000-0000000000a1', true),
  ('00000000-0000-4000-8000-0000000000a2', true),
  ('00000000-0000-4000-8000-0000000000b1', true);
insert into business (id, code, name, owner_id) values
  ('00000000-0000-4000-8000-0000000000c1', 'PROBE1', 'Probe Bakery', '00000000-0000-4000-8000-0000000000b1');
select set_config('app.actor', '', true);
