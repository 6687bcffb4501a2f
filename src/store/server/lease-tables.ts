/** Who asks what. A worker that is buried lets go of all it held: the reference sees to that. */
export const LEASE_TABLES: readonly string[] = [
  `create table worker (
    name text primary key,
    environment text not null,
    who text not null,
    pid integer not null,
    since bigint not null,
    alive_until bigint not null
  )`,
  `create table lease (
    environment text not null,
    task text not null,
    holder text references worker (name) on delete set null,
    primary key (environment, task)
  )`,
  "create index lease_by_holder on lease (holder)",
  "create index lease_free on lease (environment) where holder is null",
];
