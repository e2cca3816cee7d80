"""One entry point for each process of the system; each reads its settings here and nowhere else."""
