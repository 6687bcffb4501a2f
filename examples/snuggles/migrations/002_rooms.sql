create table rooms (
  id uuid primary key default gen_random_uuid(),
  code text not null unique check (code ~ '^[A-HJ-NP-Z2-9]{6}$'),
  name text not null check (length(name) between 1 and 60),
  host_id uuid not null references person (id),
  max_participants int not null check (max_participants between 2 and 50),
  is_active boolean not null default true,
  is_probe boolean not null default false,
  last_active_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index rooms_host on rooms (host_id);
create index rooms_idle on rooms (last_active_at) where is_active;

create table room_participants (
  room_id uuid not null references rooms (id) on delete cascade,
  person_id uuid not null references person (id),
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  primary key (room_id, person_id)
);
create index room_participants_person on room_participants (person_id);

create table room_messages (
  id bigint generated always as identity primary key,
  room_id uuid not null references rooms (id) on delete cascade,
  person_id uuid not null references person (id),
  body text not null check (length(body) between 1 and 1000),
  created_at timestamptz not null default now()
);
create index room_messages_room on room_messages (room_id, id);
create index room_messages_person on room_messages (person_id);

alter table rooms enable row level security;
alter table rooms force row level security;
alter table room_participants enable row level security;
alter table room_participants force row level security;
alter table room_messages enable row level security;
alter table room_messages force row level security;

create policy room_participants_read on room_participants for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy room_participants_write on room_participants for insert with check ((select app_actor()) = 'system');
create policy room_participants_change on room_participants for update
  using (person_id = (select app_person()) or (select app_actor()) = 'system')
  with check (person_id = (select app_person()) or (select app_actor()) = 'system');
create policy room_participants_remove on room_participants for delete using ((select app_actor()) = 'system');

-- Whoever is in a room sees it; its own row in room_participants says so.
create policy rooms_read on rooms for select
  using (host_id = (select app_person()) or (select app_reads())
    or exists (select 1 from room_participants p where p.room_id = rooms.id and p.person_id = (select app_person())));
create policy rooms_write on rooms for insert
  with check (host_id = (select app_person()) or (select app_actor()) = 'system');
create policy rooms_change on rooms for update
  using (host_id = (select app_person()) or (select app_actor()) = 'system')
  with check (host_id = (select app_person()) or (select app_actor()) = 'system');
create policy rooms_remove on rooms for delete using ((select app_actor()) = 'system');

create policy room_messages_read on room_messages for select
  using ((select app_reads())
    or exists (select 1 from room_participants p
               where p.room_id = room_messages.room_id and p.person_id = (select app_person())));
create policy room_messages_write on room_messages for insert
  with check ((select app_actor()) = 'system' or (person_id = (select app_person())
    and exists (select 1 from room_participants p where p.room_id = room_messages.room_id
                and p.person_id = (select app_person()) and p.left_at is null)));
create policy room_messages_remove on room_messages for delete using ((select app_actor()) = 'system');
