"""What each process is made of: one composition root a process, which imports only what that process serves."""
