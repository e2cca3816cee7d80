"""Reading and judging beside what else does it: each way is a program of its own, which is given the same files."""
