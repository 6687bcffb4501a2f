-- A creator's place. Streams in it are public to see; who may join is another question.
create table space (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references person (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null default now()
);
create index space_owner on space (owner_id);
alter table space enable row level security;
alter table space force row level security;
create policy space_read on space for select using (true);
create policy space_write on space for insert with check (owner_id = (select app_person()) or (select app_actor()) = 'system');
create policy space_remove on space for delete
  using (owner_id = (select app_person()) or (select app_actor()) = 'system');

create table stream (
  id uuid primary key default gen_random_uuid(),
  space_id uuid not null references space (id) on delete cascade,
  title text not null check (length(title) between 1 and 120),
  -- Whole cents, never a float.
  price_minor bigint not null check (price_minor between 100 and 100000),
  playback_id text not null check (length(playback_id) between 1 and 120),
  is_probe boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index stream_space on stream (space_id);
create index stream_shown on stream (created_at desc) where ended_at is null and not is_probe;
alter table stream enable row level security;
alter table stream force row level security;
create policy stream_read on stream for select using (true);
create policy stream_write on stream for insert with check (
  exists (select 1 from space s where s.id = space_id and s.owner_id = (select app_person())));
create policy stream_change on stream for update using (
  exists (select 1 from space s where s.id = space_id and s.owner_id = (select app_person())));
create policy stream_remove on stream for delete using (
  exists (select 1 from space s where s.id = space_id and s.owner_id = (select app_person())));

-- Bought once: the payment's own id is the key.
create table access_pass (
  id uuid primary key default gen_random_uuid(),
  stream_id uuid not null references stream (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  checkout text not null unique,
  price_minor bigint not null check (price_minor > 0),
  created_at timestamptz not null default now()
);
create index access_pass_stream on access_pass (stream_id, person_id);
create index access_pass_person on access_pass (person_id);
alter table access_pass enable row level security;
alter table access_pass force row level security;
create policy access_pass_read on access_pass for select
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'));
create policy access_pass_write on access_pass for insert with check ((select app_actor()) = 'system');
create policy access_pass_remove on access_pass for delete using ((select app_actor()) = 'system');

-- Nobody's rows: every delivery of Stripe's, once.
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
