-- Who asks, for row-level security: set per transaction by the application, empty otherwise.
create function app_person() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
create function app_actor() returns text language sql stable
  as $$ select coalesce(current_setting('app.actor', true), '') $$;

-- The system reads and writes everything, an auditor reads everything; both only where this is called.
create function app_reads() returns boolean language sql stable
  as $$ select app_actor() in ('system', 'auditor') $$;

create table person (
  id uuid primary key default gen_random_uuid(),
  display_name text not null check (length(display_name) between 1 and 40),
  is_probe boolean not null default false,
  created_at timestamptz not null default now()
);
alter table person enable row level security;
alter table person force row level security;
create policy person_read on person for select using (id = (select app_person()) or (select app_reads()));
create policy person_write on person for insert with check ((select app_actor()) = 'system');
create policy person_change on person for update
  using (id = (select app_person()) or (select app_actor()) = 'system')
  with check (id = (select app_person()) or (select app_actor()) = 'system');
create policy person_remove on person for delete using ((select app_actor()) = 'system');

-- How often one caller may ask: counted here, so that every instance sees the same number.
create unlogged table rate_window (
  bucket text not null,
  caller text not null,
  began_at timestamptz not null,
  asked int not null default 1,
  primary key (bucket, caller)
);
alter table rate_window enable row level security;
alter table rate_window force row level security;
create policy rate_window_all on rate_window for all
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
