-- What is taken out of a text for a reader is what the rule on personal data finds, and no part of a figure: 112.0812345678 is a longitude.
create or replace function ops.masked(published text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(published,
    '[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)+', '(disamarkan)', 'g'),
    '(?<![0-9]|[0-9][.,])[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{4}(?![0-9])', '(disamarkan)', 'g'),
    '(?<![0-9]|[0-9][.,])([+]62[ .-]?|wa[.]me/62|62[ .-]|0)8[1-9]([ .-]?[0-9]){7,10}(?![0-9])', '(disamarkan)', 'g')
$$;
