-- The account that Gonogo's webhook check credits with one cent at a time: never a person's.
-- Inserted as the system because the owner, too, is held by row-level security.
select set_config('app.actor', 'system', true);
insert into person (id, issuer, subject, display_name, is_probe)
  values ('00000000-0000-4000-8000-0000000000aa', 'probe', 'webhook', 'Webhook probe', true);
insert into wallet (id, person_id)
  values ('00000000-0000-4000-8000-0000000000ab', '00000000-0000-4000-8000-0000000000aa');
select set_config('app.actor', '', true);
