-- The daily clearing looks for what is old: rows lie in the order of their time, so a block range index finds them and costs next to nothing.
create index check_result_judged_at on ops.check_result using brin (judged_at);
create index fetch_ended_at on ops.fetch using brin (ended_at);
create index validation_result_judged_at on ops.validation_result using brin (judged_at);
create index issue_event_at on ops.issue_event using brin (at);
