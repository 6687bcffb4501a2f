-- Run after every migration, as the owner: what the application's own role may do, and nothing more.
do $$
declare app text := quote_ident(current_setting('migrate.app_role'));
begin
  execute format('grant usage on schema public to %s', app);
  execute format('revoke create on schema public from public');
  execute format('grant select on schema_migrations, business to %s', app);
  execute format('grant select, insert on person, feedback, reward to %s', app);
  execute format('grant select, insert, update on rate_window to %s', app);
  execute format('grant execute on all functions in schema public to %s', app);
end $$;
