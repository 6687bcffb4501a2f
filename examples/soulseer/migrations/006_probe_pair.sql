-- Two accounts and a reader that Gonogo acts as to show that nobody reaches another's rows. Never a person's;
-- the reader is on no list, and no session of theirs is ever billed.
select set_config('app.actor', 'system', true);
insert into person (id, issuer, subject, display_name, role, is_probe) values
  ('00000000-0000-4000-8000-0000000000a1', 'probe', 'first', 'First probe', 'client', true),
  ('00000000-0000-4000-8000-0000000000a2', 'probe', 'second', 'Second probe', 'client', true),
  ('00000000-0000-4000-8000-0000000000b1', 'probe', 'reader', 'Reader probe', 'reader', true);
insert into wallet (person_id) values
  ('00000000-0000-4000-8000-0000000000a1'),
  ('00000000-0000-4000-8000-0000000000a2'),
  ('00000000-0000-4000-8000-0000000000b1');
insert into reader (person_id, display_name, rate_minor, available, is_probe)
  values ('00000000-0000-4000-8000-0000000000b1', 'Reader probe', 199, false, true);
select set_config('app.actor', '', true);
