"""An error in listening is told by its type and place."""

from structlog.testing import capture_logs

from invoice_summarizer.processes.listening_failures import log_listening_failure


def test_failure_is_logged_without_its_text() -> None:
    with capture_logs() as events:
        try:
            raise ValueError("what a notification said")
        except ValueError as error:
            log_listening_failure(error)
    [event] = events
    assert (event["event"], event["error"]) == ("listening_failed", "ValueError")
    assert event["place"].startswith(f"{__name__}:")
    assert "notification" not in str(events)
