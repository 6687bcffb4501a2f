-- Accounts that checks act as. No mail reaches their addresses (RFC 2606) and no password fits them.
select set_config('app.actor', 'system', true);
insert into person (id, email, display_name) values
  ('00000000-0000-4000-8000-0000000000a1', 'first@probe.invalid', 'First probe'),
  ('00000000-0000-4000-8000-0000000000a2', 'second@probe.invalid', 'Second probe'),
  ('00000000-0000-4000-8000-0000000000aa', 'payments@probe.invalid', 'Payments probe');
update person set verified_at = now() where email like '%@probe.invalid';
select set_config('app.actor', '', true);
