-- A row that was rejected and comes again as it was is found among those rejected, however many batches came between.
create index quarantined_row_rejected on ops.quarantined_row (batch_id) where state = 'rejected';
