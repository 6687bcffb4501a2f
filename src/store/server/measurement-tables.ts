const SUM_COLUMNS = `monitor integer not null,
  at bigint not null,
  up integer not null,
  down integer not null,
  unknown integer not null,
  valued integer not null,
  total double precision,
  least double precision,
  most double precision,
  release text,
  primary key (monitor, at)`;

/** Readings of all environments of a launch; see `SERVER_TABLES`. */
export const MEASUREMENT_TABLES: readonly string[] = [
  `create table monitor (
    number integer generated always as identity primary key,
    environment text not null,
    id text not null,
    at bigint,
    state smallint,
    took_ms integer,
    value double precision,
    release text,
    detail text,
    unique (environment, id)
  )`,
  `create table reading (
    monitor integer not null,
    at bigint not null,
    state smallint not null,
    took_ms integer not null,
    value double precision,
    release text,
    detail text
  ) partition by range (at)`,
  "create index reading_by_monitor on reading (monitor, at)",
  `create table sum_minute (${SUM_COLUMNS}) partition by range (at)`,
  `create table sum_hour (${SUM_COLUMNS}) partition by range (at)`,
  `create table sum_day (${SUM_COLUMNS}) partition by range (at)`,
  "create table progress (id integer primary key, summed_until bigint not null)",
  `create table handed (
    number bigint generated always as identity primary key,
    environment text not null,
    at bigint not null,
    readings_json text not null
  )`,
];
