"""What the garbage collector has to look at."""

import gc


def ignore_what_is_there() -> None:
    """No later collection looks at what is there now.

    Called once a process is ready to serve: imports and tables make some hundred thousand objects that live as long
    as it does. Looking at them again and again is most of the 95th percentile of reading an invoice.
    """
    gc.collect()
    gc.freeze()
