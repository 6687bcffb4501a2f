-- Run after every migration, as the owner: what the application's own role may do, and nothing more.
-- The runner puts the role's name into migrate.app_role.
do $$
declare app text := quote_ident(current_setting('migrate.app_role'));
begin
  execute format('grant usage on schema public to %s', app);
  execute format('revoke create on schema public from public');
  execute format('grant select on schema_migrations, tier_features to %s', app);
  execute format('grant select, insert, update, delete on person, rooms, room_participants, polls, poll_votes, subscriptions to %s', app);
  execute format('grant select, insert, update, delete on rate_window, usage_quotas, clips, clip_shares, daily_outcome to %s', app);
  execute format('grant select, insert, delete on room_messages, payment_history to %s', app);
  execute format('grant select, insert on stripe_event to %s', app);
  execute format('grant execute on all functions in schema public to %s', app);
end $$;
