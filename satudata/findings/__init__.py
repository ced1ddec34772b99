"""*Temuan*: what the checks found and what people do about it: waivers, rows set aside, findings and how long they are kept."""
