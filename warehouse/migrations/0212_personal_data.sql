-- Whose number or address stands in a text: asked by the rule on personal data, and by whoever repeats a published text to a reader.

-- Whether a text holds a NIK or the number of a family card: 16 digits, plain or in groups, that begin with a kabupaten or kota of the list and
-- a kecamatan, and go on with a day of birth (a woman's is 40 higher) or of issue, and a serial number. A sum of 16 digits hardly ever does.
create function ops.holds_nik(published text) returns boolean
language sql stable strict parallel safe as $$
  select exists (
    select from regexp_matches(
      published,
      '(?<![0-9]|[0-9][.,]|Rp[. ]?|Rp[.] )([0-9]{16}|[0-9]{4}([ -])[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}|[0-9]{2}[.][0-9]{2}[.][0-9]{2}[. -]?[0-9]{6}[. -]?[0-9]{4}'
      || '|[0-9]{6}[ .-][0-9]{6}[ .-][0-9]{4})(?![0-9]|[.,][0-9])', 'g'
    ) as m (part)
    cross join lateral (select translate(m.part[1], ' .-', '') as digits) d
    join ops.reference_item i on i.reference = 'wilayah' and i.code = substr(d.digits, 1, 2) || '.' || substr(d.digits, 3, 2)
    where substr(d.digits, 5) ~ ('^(?!00)[0-9]{2}'
      || '(?:(?:[04][1-9]|[15][0-9]|[26][0-8])(?:0[1-9]|1[0-2])[0-9]{2}|[26]9(?:0[13-9]|1[0-2])[0-9]{2}|[26]902(?:[02468][048]|[13579][26])'
      || '|[37]0(?:0[13-9]|1[0-2])[0-9]{2}|[37]1(?:0[13578]|1[02])[0-9]{2})(?!0000)[0-9]{4}$')
  )
$$;
comment on function ops.holds_nik is 'Apakah sebuah teks memuat NIK atau nomor KK: wilayahnya dikenal dan bagian tanggalnya sah';

-- A text as a reader may see it: numbers of persons and families, of mobile telephones, and e-mail addresses are taken out.
create function ops.masked(published text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(published,
    '[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)+', '(disamarkan)', 'g'),
    '(?<![0-9])[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{4}(?![0-9])', '(disamarkan)', 'g'),
    '(?<![0-9])([+]?62[ .-]?|0)8[1-9]([ .-]?[0-9]){7,10}(?![0-9])', '(disamarkan)', 'g')
$$;
comment on function ops.masked is 'Teks tanpa NIK, nomor KK, nomor telepon seluler, dan alamat surel: untuk pesan dan laporan';
