create table dream (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id) on delete cascade,
  title text not null check (length(title) between 1 and 200),
  body text not null default '' check (length(body) <= 20000),
  dreamt_on date not null default current_date,
  revision integer not null default 1 check (revision > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index dream_of_person on dream (person_id, dreamt_on desc, id desc);
create trigger dream_touch before update on dream for each row execute function touch_updated_at();

-- Friends who read and write along.
create table dream_share (
  dream_id uuid not null references dream (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (dream_id, person_id)
);
create index dream_share_person on dream_share (person_id);

-- Asked by a policy of dream, which a policy of dream_share must not ask back.
create function is_shared_with_me(which uuid) returns boolean language sql stable
  set search_path = public, pg_temp
  as $$ select exists (select 1 from dream_share s where s.dream_id = which and s.person_id = app_person()) $$;

alter table dream_share enable row level security;
alter table dream_share force row level security;
create policy dream_share_read on dream_share for select
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'));
create policy dream_share_write on dream_share for insert with check ((select app_actor()) = 'system');
create policy dream_share_remove on dream_share for delete
  using (person_id = (select app_person()) or (select app_actor()) = 'system');

alter table dream enable row level security;
alter table dream force row level security;
create policy dream_read on dream for select
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor') or is_shared_with_me(id));
create policy dream_create on dream for insert
  with check (person_id = (select app_person()) or (select app_actor()) = 'system');
create policy dream_change on dream for update
  using (person_id = (select app_person()) or (select app_actor()) = 'system' or is_shared_with_me(id));
create policy dream_remove on dream for delete
  using (person_id = (select app_person()) or (select app_actor()) = 'system');

-- What the assistant said, and how many tokens it took.
create table reflection (
  id uuid primary key default gen_random_uuid(),
  dream_id uuid not null references dream (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  words text not null check (length(words) <= 8000),
  tokens integer not null check (tokens >= 0),
  created_at timestamptz not null default now()
);
create index reflection_dream on reflection (dream_id, created_at);
create index reflection_person on reflection (person_id, created_at);
alter table reflection enable row level security;
alter table reflection force row level security;
create policy reflection_all on reflection
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'))
  with check (person_id = (select app_person()) or (select app_actor()) = 'system');
