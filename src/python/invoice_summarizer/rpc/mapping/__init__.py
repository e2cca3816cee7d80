"""Plain functions between the domain and the messages of `invoices.v1`."""
