"""Works on large invoices in a child process, so that no other call waits for them."""
