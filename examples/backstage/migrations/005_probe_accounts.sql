-- Accounts and a stream that checks act with. No mail reaches their addresses (RFC 2606), no password fits them, and
-- the stream is on no list.
select set_config('app.actor', 'system', true), set_config('app.user_id', '00000000-0000-4000-8000-0000000000a1', true);
insert into person (id, email, display_name, verified_at) values
  ('00000000-0000-4000-8000-0000000000a1', 'first@probe.invalid', 'First probe', now()),
  ('00000000-0000-4000-8000-0000000000a2', 'second@probe.invalid', 'Second probe', now());
insert into space (id, owner_id, name) values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a1', 'Probe');
insert into stream (id, space_id, title, price_minor, playback_id, is_probe) values
  ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-0000000000c1', 'Probe', 100, 'probe', true);
select set_config('app.actor', '', true), set_config('app.user_id', '', true);
