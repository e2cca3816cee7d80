"""The product with its model, as `invoicectl serve --inference cpu` has it, started once for all tests of it."""

from collections.abc import Iterator

import openai  # pants: no-infer-dep
import pytest
from inference.served_product import TOKEN, ServedProduct, start, stop

from invoice_inference.place import InferencePlace, default_place


@pytest.fixture(scope="session")
def place() -> InferencePlace:
    place = default_place()
    assert (
        place.is_installed
    ), f"nothing is installed in {place.folder}: run scripts/install-inference"
    return place


@pytest.fixture(scope="session")
def product(
    place: InferencePlace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedProduct]:
    product = start(tmp_path_factory.mktemp("product"))
    try:
        yield product
    finally:
        stop(product)
        print(product.said.read_text())
        print((product.data / "inference.log").read_text()[-5000:])


@pytest.fixture
def client(product: ServedProduct) -> openai.OpenAI:
    return openai.OpenAI(base_url=product.base_url, api_key=TOKEN, max_retries=0)
