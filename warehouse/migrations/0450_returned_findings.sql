-- That the batch of a finding was returned to the Produsen Data is a step in the life of the finding, with who and why.
alter table ops.issue_event drop constraint issue_event_event_check;
alter table ops.issue_event add constraint issue_event_event_check
check (event in ('dibuka', 'terlihat', 'diakui', 'ditugaskan', 'dikembalikan', 'selesai', 'dibuka_lagi'));
