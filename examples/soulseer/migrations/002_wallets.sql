-- Money is whole minor units (cents). The balance is kept beside the entries and must equal their sum.
create table wallet (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null unique references person (id),
  currency char(3) not null default 'usd',
  balance_minor bigint not null default 0 check (balance_minor >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger wallet_touch before update on wallet for each row execute function touch_updated_at();

create table ledger_entry (
  id bigint generated always as identity primary key,
  wallet_id uuid not null references wallet (id),
  amount_minor bigint not null check (amount_minor <> 0),
  kind text not null check (kind in ('top-up', 'reading', 'payout', 'refund', 'adjustment', 'probe')),
  idempotency_key text not null unique check (length(idempotency_key) between 1 and 200),
  session_id uuid,
  created_at timestamptz not null default now()
);
create index ledger_entry_wallet on ledger_entry (wallet_id, id);

create table stripe_event (
  id text primary key check (length(id) <= 255),
  type text not null,
  outcome text not null,
  received_at timestamptz not null default now()
);

alter table wallet enable row level security;
alter table wallet force row level security;
create policy wallet_read on wallet for select
  using (person_id = (select app_person()) or (select app_actor()) in ('system', 'auditor'));
create policy wallet_create on wallet for insert with check ((select app_actor()) = 'system');
create policy wallet_change on wallet for update
  using ((select app_actor()) = 'system') with check ((select app_actor()) = 'system');

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy ledger_entry_read on ledger_entry for select
  using (
    wallet_id in (select id from wallet where person_id = (select app_person()))
    or (select app_actor()) in ('system', 'auditor')
  );
create policy ledger_entry_create on ledger_entry for insert with check ((select app_actor()) = 'system');
