-- Who writes is asked for the calls that they wait for: by the contact, so that no company's unfinished ones are read for it.
create index callback_contact on kernel.callback (tenant_id, contact_id) where state <> 'done';
