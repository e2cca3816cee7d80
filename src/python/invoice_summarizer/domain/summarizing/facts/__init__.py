"""The plan of a summary: what is to be said of an invoice, as typed facts in the order in which an approver asks."""
