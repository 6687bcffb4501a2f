-- Who asks, for row-level security: set per transaction by the application, empty otherwise.
create function app_person() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
create function app_actor() returns text language sql stable
  as $$ select coalesce(current_setting('app.actor', true), '') $$;
create function touch_updated_at() returns trigger language plpgsql set search_path = pg_catalog
  as $$ begin new.updated_at := now(); return new; end $$;

create table person (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (length(email) between 3 and 254) check (email = lower(email)),
  display_name text not null check (length(display_name) between 1 and 80),
  -- "scrypt:<salt>:<hash>"; empty for whoever only signs in through a provider.
  password_hash text check (password_hash like 'scrypt:%'),
  verified_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger person_touch before update on person for each row execute function touch_updated_at();
alter table person enable row level security;
alter table person force row level security;
create policy person_read on person for select
  using (id = (select app_person()) or (select app_actor()) in ('system', 'auditor'));
create policy person_create on person for insert with check ((select app_actor()) = 'system');
create policy person_change on person for update
  using (id = (select app_person()) or (select app_actor()) = 'system')
  with check (id = (select app_person()) or (select app_actor()) = 'system');
create policy person_remove on person for delete
  using (id = (select app_person()) or (select app_actor()) = 'system');

-- Only a hash of what the cookie holds: a copy of this table signs nobody in.
create table browser_session (
  id_hash text primary key,
  person_id uuid not null references person (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index browser_session_person on browser_session (person_id);
alter table browser_session enable row level security;
alter table browser_session force row level security;
create policy browser_session_all on browser_session
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'))
  with check ((select app_actor()) = 'system');
