-- A number of a person is one however it is set: behind a comma, with a slash, in full-width or Arabic digits, as the figure `3571010101900001.0`.
-- One set of patterns for who finds them and for who masks them. -- noqa: disable=AM05,LT05,RF02,RF03,ST05

create function ops.latin_digits(published text) returns text language sql immutable strict parallel safe
return translate(published, '０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹＠．－（）＋', '012345678901234567890123456789@.-()+');
comment on function ops.latin_digits is 'Teks dengan angka dan tanda selebar huruf Latin: supaya nomor dikenali apa pun aksara angkanya';

-- `nik`: what looks like one before its region is looked up. A bare 62 is a telephone only where no money and no fraction is meant; an address whose
-- sign is spelt out or stands apart ends as addresses do.
create function ops.personal_pattern(kind text) returns text language sql immutable strict parallel safe
return case kind
  when 'nik' then
    '(?:(?<![0-9]|[0-9][.,])|(?<=[0-9]{16}[.,]))[1-9][0-9](?:(?: ?[./_·–-] ?|[ ,])?[0-9]{2}){2}(?: ?[./_·–-] ?|[ ,])?(?:[04][1-9]|[1256][0-9]|[37][01])'
    || '(?: ?[./_·–-] ?|[ ,])?(?:0[1-9]|1[0-2])(?: ?[./_·–-] ?|[ ,])?[0-9]{2}(?: ?[./_·–-] ?|[ ,])?[0-9]{4}(?![0-9])'
  when 'telepon' then
    '(?<![0-9]|[0-9][.,])(?:[+]62[ .-]?(?:[(]0[)] ?)?[(]?|62[ .-]|0[ -]?)8[1-9](?:(?:[ .-]|[)] ?)?[0-9]){7,10}(?![0-9])'
    || '|(?<![0-9]|[0-9][.,]|Rp[. ]?|Rp[.] )628[1-9](?:[0-9]{7,10}|[0-9]{1,2}(?:[ .-][0-9]{3,5}){2})(?![0-9]|[.,][0-9])'
  when 'surel' then
    '[[:alnum:]._%+-]+@[[:alnum:]-]+(?:[.][[:alnum:]-]+)*[.][[:alpha:]]{2,}'
    || '|[[:alnum:]._%+-]+(?: ?@ ?| ?[[(] ?[Aa][Tt] ?[])] ?)(?:[[:alnum:]-]+(?:[.]| ?[[(] ?(?:[Dd][Oo][Tt]|titik) ?[])] ?))+'
    || '(?:com|net|org|id|info|edu|gov|biz|io|me|co)(?![[:alnum:]])'
end;
comment on function ops.personal_pattern is 'Pola data pribadi (nik, telepon, surel): yang ditemukan aturan dan yang disamarkan dalam kalimat adalah satu';

create or replace function ops.masked(published text) returns text language sql immutable strict parallel safe
return regexp_replace(regexp_replace(regexp_replace(ops.latin_digits(published),
  ops.personal_pattern('surel'), '(disamarkan)', 'g'), ops.personal_pattern('nik'), '(disamarkan)', 'g'), ops.personal_pattern('telepon'), '(disamarkan)', 'g');

create or replace function quality.samarkan(published text) returns text language sql immutable parallel safe return ops.masked(published);

-- In groups as people set them; digits that only stand beside each other are none. `.0` is what a spreadsheet makes of a number, a comma before the
-- next number a list; anything else behind a comma is money.
create or replace function ops.holds_nik(published text) returns boolean
language sql stable strict parallel safe as $$
  select exists (
    select from regexp_matches(
      ops.latin_digits(published),
      '(?:(?<![0-9]|[0-9][.,]|Rp[. ]?|Rp[.] )|(?<=[0-9]{16}[.,]))'
      || '([0-9]{16}|[0-9]{4}(?:(?: ?[./_·–-] ?|[ ,])[0-9]{4}){3}|[0-9]{6}(?: ?[./_·–-] ?|[ ,])[0-9]{6}(?: ?[./_·–-] ?|[ ,])[0-9]{4}'
      || '|[0-9]{4}[ /_·–-][0-9]{12}|[0-9]{6}[ /_·–-][0-9]{10}|[0-9]{12}[ /_·–-][0-9]{4}'
      || '|[0-9]{2}[./_·–-][0-9]{2}[./_·–-][0-9]{2}[ ./_·–-]?[0-9]{6}[ ./_·–-]?[0-9]{4}|(?:[0-9]{2}[./_·–-]){6}[0-9]{4}|[0-9]{4}[./_·–-][0-9]{2}[./_·–-][0-9]{6}[./_·–-][0-9]{4})'
      || '(?![0-9]|[.,](?!0+(?![0-9])|[0-9]{16}(?![0-9]))[0-9])', 'g'
    ) as m (part)
    cross join lateral (select regexp_replace(m.part[1], '[^0-9]', '', 'g') as digits) d
    join ops.reference_item i on i.reference = 'wilayah' and i.code = substr(d.digits, 1, 2) || '.' || substr(d.digits, 3, 2)
    where substr(d.digits, 5) ~ ('^(?!00)[0-9]{2}'
      || '(?:(?:[04][1-9]|[15][0-9]|[26][0-8])(?:0[1-9]|1[0-2])[0-9]{2}|[26]9(?:0[13-9]|1[0-2])[0-9]{2}|[26]902(?:[02468][048]|[13579][26])'
      || '|[37]0(?:0[13-9]|1[0-2])[0-9]{2}|[37]1(?:0[13578]|1[02])[0-9]{2})(?!0000)[0-9]{4}$')
  )
$$;
