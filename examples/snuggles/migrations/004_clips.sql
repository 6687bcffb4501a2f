create table clips (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references person (id),
  room_id uuid references rooms (id) on delete set null,
  title text not null check (length(title) between 1 and 80),
  status text not null default 'queued' check (status in ('queued', 'processing', 'ready', 'failed')),
  object_key text,
  attempts int not null default 0,
  failure text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((status = 'ready') = (object_key is not null))
);
create index clips_owner on clips (owner_id);
create index clips_room on clips (room_id);
create index clips_open on clips (created_at) where status in ('queued', 'processing');

create table clip_shares (
  clip_id uuid not null references clips (id) on delete cascade,
  person_id uuid not null references person (id),
  created_at timestamptz not null default now(),
  primary key (clip_id, person_id)
);
create index clip_shares_person on clip_shares (person_id);

alter table clips enable row level security;
alter table clips force row level security;
alter table clip_shares enable row level security;
alter table clip_shares force row level security;

create policy clip_shares_read on clip_shares for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy clip_shares_write on clip_shares for insert with check ((select app_actor()) = 'system');
create policy clip_shares_remove on clip_shares for delete using ((select app_actor()) = 'system');

create policy clips_read on clips for select
  using (owner_id = (select app_person()) or (select app_reads()) or exists (select 1 from clip_shares s
    where s.clip_id = clips.id and s.person_id = (select app_person())));
create policy clips_write on clips for insert
  with check (owner_id = (select app_person()) or (select app_actor()) = 'system');
create policy clips_change on clips for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
create policy clips_remove on clips for delete
  using (owner_id = (select app_person()) or (select app_actor()) = 'system');
