"""The layers, held once more without Pants: which package may import which, and who may import a technology."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path("src/python")
if not SOURCES.is_dir():
    SOURCES = Path(__file__).parents[2] / "src" / "python"
SYSTEM = "invoice_summarizer"

# Layer -> what it may import of our own code. Longest prefix decides.
ALLOWED = {
    "aip": {"aip"},
    "en16931": {"en16931"},
    "invoice_batches": {
        "invoice_batches",
        "local_ray",
        f"{SYSTEM}.domain.error_place",
        f"{SYSTEM}.environment",
        f"{SYSTEM}.processes.batch",
        f"{SYSTEM}.settings",
        f"{SYSTEM}.telemetry",
    },
    "invoice_generator": {"invoice_generator"},
    "invoice_inference": {"invoice_inference", "local_ray"},
    "invoice_reading": {"en16931", "invoice_reading"},
    "local_ray": {"local_ray"},
    f"{SYSTEM}.domain": {"aip", "en16931", "invoice_reading", f"{SYSTEM}.domain"},
    f"{SYSTEM}.ports": {
        "aip",
        "en16931",
        "invoice_reading",
        f"{SYSTEM}.domain",
        f"{SYSTEM}.ports",
    },
    f"{SYSTEM}.use_cases": {
        "aip",
        "en16931",
        "invoice_reading",
        f"{SYSTEM}.domain",
        f"{SYSTEM}.ports",
        f"{SYSTEM}.use_cases",
    },
}
OURS = {
    "aip",
    "en16931",
    "invoice_batches",
    "invoice_generator",
    "invoice_inference",
    "invoice_reading",
    "invoices",
    "local_ray",
    SYSTEM,
}
# Technology -> the only packages that import it.
CONFINED = {
    "alembic": {f"{SYSTEM}.adapters.postgres"},
    "PIL": {"invoice_reading.pages.webp"},
    "boto3": {f"{SYSTEM}.adapters.s3"},
    "botocore": {f"{SYSTEM}.adapters.s3"},
    "cv2": {"invoice_generator.scanning.degradation", "invoice_reading.recognition.page_pixels"},
    "grpc": {f"{SYSTEM}.rpc", f"{SYSTEM}.cli"},
    "httpx2": {f"{SYSTEM}.adapters.openai_http", f"{SYSTEM}.adapters.ray_jobs"},
    "invoices": {f"{SYSTEM}.rpc", f"{SYSTEM}.cli", f"{SYSTEM}.processes"},
    "numpy": {"invoice_generator.scanning.degradation", "invoice_reading.recognition.page_pixels"},
    "psycopg": {f"{SYSTEM}.adapters.postgres", f"{SYSTEM}.adapters.embedded_postgres"},
    "pydantic_settings": {
        "invoice_inference.settings",
        f"{SYSTEM}.environment",
        f"{SYSTEM}.services",
    },
    "pymupdf": {"invoice_generator.drawing", "invoice_reading.pages"},
    "pypdf": {f"{SYSTEM}.samples"},
    "rapidocr": {"invoice_reading.recognition.rapid_ocr"},
    "ray": {"invoice_batches", "invoice_inference"},
    "reportlab": {f"{SYSTEM}.samples"},
    "rich": {f"{SYSTEM}.cli"},
    "sqlalchemy": {f"{SYSTEM}.adapters.postgres"},
    "torch": {"invoice_inference"},
    "typer": {f"{SYSTEM}.cli"},
    "urllib3": {f"{SYSTEM}.adapters.s3"},
}


def _modules() -> Iterator[tuple[str, set[str]]]:
    for path in sorted(SOURCES.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        yield module.removesuffix(".__init__"), set(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"a relative import in {path}"
            yield node.module


def _inside(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def test_there_is_something_to_check() -> None:
    assert len(list(_modules())) > 100


@pytest.mark.parametrize("layer", ALLOWED)
def test_layer_imports_only_what_lies_below_it(layer: str) -> None:
    wrong = {
        (module, imported)
        for module, imports in _modules()
        if _inside(module, {layer})
        for imported in imports
        if _inside(imported, OURS) and not _inside(imported, ALLOWED[layer])
    }
    assert wrong == set()


@pytest.mark.parametrize("technology", CONFINED)
def test_technology_is_imported_in_its_place_only(technology: str) -> None:
    importers = {
        module
        for module, imports in _modules()
        if any(_inside(imported, {technology}) for imported in imports)
    }
    assert importers, f"nobody imports {technology}: this row can go"
    assert {module for module in importers if not _inside(module, CONFINED[technology])} == set()


def test_pages_are_taken_out_of_pdfs_by_the_child_process_only() -> None:
    importers = {
        module
        for module, imports in _modules()
        if any(_inside(imported, {"invoice_reading.pages"}) for imported in imports)
        and not _inside(module, {"invoice_reading.pages"})
    }
    children = {"child", "recognising_child"}
    assert importers == {f"{SYSTEM}.adapters.reading_process.{child}" for child in children}


def test_child_process_is_imported_by_nobody() -> None:
    """It is started by name, so that MuPDF and what reads pictures come into no other process."""
    adapter = f"{SYSTEM}.adapters.reading_process"
    child, recognising = f"{adapter}.child", f"{adapter}.recognising_child"
    assert {module for module, imports in _modules() if recognising in imports} == set()
    assert {module for module, imports in _modules() if child in imports} == {recognising}


def test_services_start_reading_processes_in_one_module() -> None:
    adapter = f"{SYSTEM}.adapters.reading_process"
    importers = {
        module
        for module, imports in _modules()
        if any(_inside(imported, {adapter}) for imported in imports)
        and not _inside(module, {adapter})
    }
    assert importers == {f"{SYSTEM}.document_reading"}


def test_no_adapter_imports_another() -> None:
    adapters = f"{SYSTEM}.adapters."
    wrong = {
        (module, imported)
        for module, imports in _modules()
        for imported in imports
        if module.startswith(adapters)
        and imported.startswith(adapters)
        and module.split(".")[2] != imported.split(".")[2]
    }
    assert wrong == set()
