-- Run after every migration, as the owner: what the application's own role may do, and nothing more.
-- The runner puts the role's name into migrate.app_role.
do $$
declare app text := quote_ident(current_setting('migrate.app_role'));
begin
  execute format('grant usage on schema public to %s', app);
  execute format('revoke create on schema public from public');
  execute format('grant select on schema_migrations to %s', app);
  execute format('grant select, insert, update, delete on person, browser_session, space, stream, access_pass to %s', app);
  -- An event is written once and only goes when it is old.
  execute format('grant select, insert, delete on stripe_event to %s', app);
  execute format('grant execute on all functions in schema public to %s', app);
end $$;
