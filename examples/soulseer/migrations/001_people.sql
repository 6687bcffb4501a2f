-- Who asks, for row-level security: set per transaction by the application, empty otherwise.
create function app_person() returns uuid language sql stable
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
create function app_actor() returns text language sql stable
  as $$ select coalesce(current_setting('app.actor', true), '') $$;

create function touch_updated_at() returns trigger language plpgsql set search_path = pg_catalog
  as $$ begin new.updated_at := now(); return new; end $$;

create table person (
  id uuid primary key default gen_random_uuid(),
  issuer text not null,
  subject text not null,
  display_name text not null check (length(display_name) between 1 and 80),
  email text check (length(email) <= 254),
  role text not null default 'client' check (role in ('client', 'reader', 'admin')),
  is_probe boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (issuer, subject)
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
create policy person_remove on person for delete using ((select app_actor()) = 'system');

-- What everybody may see of a reader: no row-level security on purpose.
create table reader (
  person_id uuid primary key references person (id),
  display_name text not null check (length(display_name) between 1 and 80),
  headline text not null default '' check (length(headline) <= 200),
  rate_minor bigint not null check (rate_minor between 1 and 100000),
  currency char(3) not null default 'usd',
  available boolean not null default true,
  is_probe boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index reader_available on reader (display_name) where available and not is_probe;
create trigger reader_touch before update on reader for each row execute function touch_updated_at();
