"""`descriptors`: the API as programs in any language read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from google.longrunning import operations_pb2
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet

# Importing them makes their files known; errors and operations carry these types packed.
from google.rpc import error_details_pb2

from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.new_file import ForceOption, require_new
from invoice_summarizer.cli.options import options_of
from invoices.v1 import (
    ingest_service_pb2,
    operation_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)

_FILES: tuple[FileDescriptor, ...] = (
    ingest_service_pb2.DESCRIPTOR,
    operation_pb2.DESCRIPTOR,
    query_service_pb2.DESCRIPTOR,
    review_service_pb2.DESCRIPTOR,
    summarize_service_pb2.DESCRIPTOR,
    validate_service_pb2.DESCRIPTOR,
    operations_pb2.DESCRIPTOR,
    error_details_pb2.DESCRIPTOR,
)


def descriptors(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to put it.")],
    force: ForceOption = False,
) -> None:
    """Write the API as a FileDescriptorSet: what `grpcurl -protoset`, `buf curl --schema` and code generators take."""
    output = options_of(context).output()
    require_new(file, force)
    found = descriptor_set()
    try:
        file.write_bytes(found.SerializeToString(deterministic=True))
    except OSError as error:
        raise wrong_usage(f"cannot write to {file}: {error.strerror}", "FILE_UNWRITABLE") from None
    output.note(f"{len(found.file)} files of the API in {file}")


def descriptor_set() -> FileDescriptorSet:
    """Returns every file of the API, each behind those that it imports."""
    known: dict[str, FileDescriptor] = {}
    for file in _FILES:
        known |= {each.name: each for each in _with_imports(file)}
    found = FileDescriptorSet()
    for file in known.values():
        found.file.add().ParseFromString(file.serialized_pb)
    return found


def _with_imports(file: FileDescriptor) -> Iterator[FileDescriptor]:
    for imported in file.dependencies:
        yield from _with_imports(imported)
    yield file
