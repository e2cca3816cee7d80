"""Where an error was raised, for logs."""


def place_of(error: BaseException) -> str:
    """Returns where the error was raised, as `module:line`; its text may hold content of a document, this does not."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
