"""The Ray side of batches: the program of a job, and a Ray on this machine that runs jobs."""
