"""A Ray of one machine, in a child process: how it is started, what it may do, and that nothing of it is left."""
