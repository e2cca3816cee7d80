"""How far our verdicts on e-invoices agree with the official ones, on test data that holds both."""
