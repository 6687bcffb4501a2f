create table reading_session (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null references person (id),
  reader_id uuid not null references reader (person_id),
  state text not null default 'requested'
    check (state in ('requested', 'active', 'grace', 'ended', 'finalized')),
  -- The price as it stood when the reading was asked for.
  rate_minor bigint not null check (rate_minor > 0),
  minutes_billed integer not null default 0 check (minutes_billed >= 0),
  requested_at timestamptz not null default now(),
  activated_at timestamptz,
  next_tick_at timestamptz,
  grace_until timestamptz,
  ended_at timestamptz,
  end_reason text,
  finalized_at timestamptz,
  is_probe boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (client_id <> reader_id),
  check (state <> 'active' or (activated_at is not null and next_tick_at is not null)),
  check (state <> 'grace' or grace_until is not null),
  check (state not in ('ended', 'finalized') or ended_at is not null),
  check ((state = 'finalized') = (finalized_at is not null))
);
create index reading_session_client on reading_session (client_id, requested_at desc);
create index reading_session_reader on reading_session (reader_id, requested_at desc);
create index reading_session_due on reading_session (next_tick_at) where state = 'active';
create index reading_session_grace on reading_session (grace_until) where state = 'grace';
create index reading_session_waiting on reading_session (requested_at) where state = 'requested';
create index reading_session_unfinished on reading_session (ended_at) where state = 'ended';
create unique index reading_session_one_live on reading_session (client_id)
  where state in ('active', 'grace') and not is_probe;
create trigger reading_session_touch before update on reading_session
  for each row execute function touch_updated_at();

-- The last line of defence of the state machine in src/sessions/state.ts.
create function refuse_illegal_transition() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.state = new.state
    or (old.state, new.state) in (
      ('requested', 'active'), ('requested', 'ended'),
      ('active', 'grace'), ('active', 'ended'),
      ('grace', 'active'), ('grace', 'ended'),
      ('ended', 'finalized'))
  then return new; end if;
  raise exception 'a reading session cannot go from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger reading_session_transition before update of state on reading_session
  for each row execute function refuse_illegal_transition();

alter table ledger_entry add constraint ledger_entry_session_id_fkey
  foreign key (session_id) references reading_session (id);
create index ledger_entry_session on ledger_entry (session_id) where session_id is not null;

alter table reading_session enable row level security;
alter table reading_session force row level security;
create policy reading_session_read on reading_session for select
  using (
    client_id = (select app_person()) or reader_id = (select app_person())
    or (select app_actor()) in ('system', 'auditor')
  );
create policy reading_session_request on reading_session for insert
  with check ((client_id = (select app_person()) and state = 'requested') or (select app_actor()) = 'system');
create policy reading_session_change on reading_session for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');
