create table polls (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms (id) on delete cascade,
  host_id uuid not null references person (id),
  question text not null check (length(question) between 1 and 200),
  options text[] not null check (cardinality(options) between 2 and 8),
  closed_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null default now()
);
create index polls_room on polls (room_id);
create index polls_host on polls (host_id);
create index polls_old on polls (created_at) where archived_at is null;

create table poll_votes (
  poll_id uuid not null references polls (id) on delete cascade,
  person_id uuid not null references person (id),
  choice int not null check (choice >= 0),
  created_at timestamptz not null default now(),
  primary key (poll_id, person_id)
);
create index poll_votes_person on poll_votes (person_id);

alter table polls enable row level security;
alter table polls force row level security;
alter table poll_votes enable row level security;
alter table poll_votes force row level security;

create policy polls_read on polls for select
  using ((select app_reads()) or exists (select 1 from room_participants p
    where p.room_id = polls.room_id and p.person_id = (select app_person())));
create policy polls_write on polls for insert
  with check (host_id = (select app_person()) or (select app_actor()) = 'system');
create policy polls_change on polls for update
  using (host_id = (select app_person()) or (select app_actor()) = 'system')
  with check (host_id = (select app_person()) or (select app_actor()) = 'system');
create policy polls_remove on polls for delete using ((select app_actor()) = 'system');

-- A vote is its voter's secret; how many there were is counted by the system.
create policy poll_votes_read on poll_votes for select
  using (person_id = (select app_person()) or (select app_reads()));
create policy poll_votes_write on poll_votes for insert
  with check (person_id = (select app_person()) or (select app_actor()) = 'system');
create policy poll_votes_change on poll_votes for update
  using (person_id = (select app_person()) or (select app_actor()) = 'system')
  with check (person_id = (select app_person()) or (select app_actor()) = 'system');
create policy poll_votes_remove on poll_votes for delete using ((select app_actor()) = 'system');
