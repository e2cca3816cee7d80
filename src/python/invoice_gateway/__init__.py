"""The gateway beside a running system on one machine: the program, and the child process in which it runs."""
