"""`token`: who may call the services of this machine."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.adapters.token_file.creation import add_token
from invoice_summarizer.adapters.token_file.token_list import TokenFileError
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.domain.principal import Role

app = typer.Typer(help="Bearer tokens of the services, kept in a file.", no_args_is_help=True)


@app.command()
def create(
    file: Annotated[Path, typer.Option(metavar="FILE", help="The services' INVOICES_TOKEN_FILE.")],
    subject: Annotated[str, typer.Option(metavar="NAME", help="Who acts with the token.")],
    tenant: Annotated[str, typer.Option(metavar="TENANT", help="Whose invoices it is about.")],
    role: Annotated[
        list[Role],
        typer.Option(
            metavar="ROLE", help="viewer, editor or reviewer; may be given several times."
        ),
    ],
    expires: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
            metavar="TIME",
            help="When it ends, as 2027-01-31 or 2027-01-31T09:30:00, in UTC where no offset is given; never where left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add a new token to the file, making the file where there is none, and print the token: it is shown once."""
    ends = expires.replace(tzinfo=expires.tzinfo or UTC) if expires else None
    if ends is not None and ends <= datetime.now(UTC):
        raise wrong_usage("the token would have ended already")
    try:
        token = add_token(file, subject=subject, tenant=tenant, roles=role, expires=ends)
    except TokenFileError as error:
        raise CommandFailed(ExitCode.USAGE, "TOKEN_FILE_INVALID", str(error)) from None
    except OSError as error:
        raise CommandFailed(
            ExitCode.FAULT, "TOKEN_FILE_UNWRITABLE", f"cannot write {file}: {error.strerror}"
        ) from None
    print(token)
