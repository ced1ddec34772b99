-- What the rule on points asks: does a point lie in its region?
-- Whether a point lies in the rectangle of a region (`kotak` of the list: south west north east, in degrees, with a space between); null where
-- the list knows no rectangle of it, or a coordinate is missing.
create function ops.in_region(region text, latitude numeric, longitude numeric) returns boolean
language sql stable strict parallel safe as $$
  select latitude between b.kotak[1] and b.kotak[3] and longitude between b.kotak[2] and b.kotak[4]
  from (select string_to_array(i.detail ->> 'kotak', ' ')::numeric[] as kotak from ops.reference_item i
        where i.reference = 'wilayah' and i.code = region
              and i.detail ->> 'kotak' ~ '^-?\d+(\.\d+)?( -?\d+(\.\d+)?){3}$') b
$$;
