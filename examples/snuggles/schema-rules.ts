/** What must hold in the data, as SQL that returns what breaks it. Asked by somebody who sees every row. */
const ours = "c.relkind = 'r' and c.relnamespace = 'public'::regnamespace";

export const rules = {
  "no clip has been in the making for half an hour":
    "select id from clips where status = 'processing' and started_at < now() - interval '30 minutes'",
  "no room is fuller than it may be": `
    select r.id from rooms r join room_participants p on p.room_id = r.id and p.left_at is null
    group by r.id having count(*) > r.max_participants`,
  "idle rooms are closed":
    "select id from rooms where is_active and last_active_at < now() - interval '31 hours'",
  "old polls are archived":
    "select id from polls where archived_at is null and created_at < now() - interval '98 days'",
  "every vote is for an option there is": `
    select v.poll_id from poll_votes v join polls p on p.id = v.poll_id where v.choice >= cardinality(p.options)`,
  "tiers cost what we say": `
    select 1 where (select array_agg((tier, price_minor)::text order by tier) from tier_features)
      is distinct from array['(free,0)', '(premium,999)', '(pro,1999)']`,
  "nobody is above the quota of their tier": `
    select u.person_id from usage_quotas u
    left join subscriptions s on s.person_id = u.person_id and s.status in ('trialing', 'active')
    join tier_features t on t.tier = coalesce(s.tier, 'free')
    where u.month = date_trunc('month', now() at time zone 'utc')
      and (t.quotas ->> u.feature)::int >= 0 and u.used > (t.quotas ->> u.feature)::int
      and s.person_id is null`,
  "every table of ours is there": `
    select name from unnest(array['rooms', 'room_participants', 'room_messages', 'polls', 'poll_votes', 'clips',
      'clip_shares', 'subscriptions', 'payment_history', 'usage_quotas', 'tier_features']) name
    where to_regclass('public.' || name) is null`,
  "every row knows when it was made": `
    select c.relname from pg_class c where ${ours} and not exists (
      select 1 from pg_attribute a
      where a.attrelid = c.oid and a.atttypid in ('timestamptz'::regtype, 'date'::regtype) and a.attnotnull)`,
} as const;
