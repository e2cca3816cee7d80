"""What a person has to say of a decision."""

from invoice_summarizer.domain.errors import InvalidInput

COMMENT_LIMIT = 2000


def bounded_comment(comment: str) -> str:
    """Returns the comment. Raises InvalidInput where it is too long."""
    if len(comment) > COMMENT_LIMIT:
        raise InvalidInput(
            f"must have at most {COMMENT_LIMIT} characters",
            field="comment",
            reason="COMMENT_TOO_LONG",
        )
    return comment


def required_comment(comment: str, why: str) -> str:
    """Returns the comment. Raises InvalidInput where it is too long or blank; `why` is what it has to say."""
    if not comment.strip():
        raise InvalidInput(f"a comment must say {why}", field="comment", reason="COMMENT_MISSING")
    return bounded_comment(comment)
