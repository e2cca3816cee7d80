"""/docs as people use it: in a browser, which sends a request from it."""

import asyncio
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chromium import browser
from rest_stack import Rest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import (
    element_to_be_clickable,
    presence_of_element_located,
)
from selenium.webdriver.support.wait import WebDriverWait

SECONDS = 60
_LIST = "operations-QueryService-QueryService_ListInvoices"
_ANSWER = f"#{_LIST} .live-responses-table"

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_page_sends_a_request_with_the_token(rest: Rest, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{rest.gateway.port}"
    status, body, asked = await asyncio.to_thread(_listed, tmp_path, address, rest)
    assert status.startswith("200")
    assert "total_size" in json.loads(body) or json.loads(body) == {}
    # The page is whole: no other address was asked for anything.
    assert {urlsplit(each).netloc for each in asked if each.startswith("http")} == {
        urlsplit(address).netloc
    }


def _listed(folder: Path, address: str, rest: Rest) -> tuple[str, str, list[str]]:
    """Returns the status and the body that the page shows of a list, and which addresses the browser asked."""
    with browser(folder) as page:
        page.get(f"{address}/docs")
        _click(page, "button.authorize")
        _type(page, ".auth-container input", f"Bearer {rest.token}")
        _click(page, ".auth-btn-wrapper button[type=submit]")
        _click(page, ".auth-btn-wrapper .btn-done")
        _click(page, f"#{_LIST} .opblock-summary-control")
        _type(page, f"#{_LIST} tr[data-param-name=tenant] input", rest.parent.rpartition("/")[2])
        # What was typed is taken up a moment later; until then the page says that it is missing.
        WebDriverWait(page, SECONDS).until(_answered)
        status = _found(page, f"{_ANSWER} .response .response-col_status").text
        body = _found(page, f"{_ANSWER} .highlight-code code").text
        return status, body, _asked(page)


def _answered(page: Chrome) -> bool:
    _click(page, f"#{_LIST} button.execute")
    return bool(page.find_elements(By.CSS_SELECTOR, f"{_ANSWER} .response"))


def _found(page: Chrome, selector: str) -> WebElement:
    return WebDriverWait(page, SECONDS).until(
        presence_of_element_located((By.CSS_SELECTOR, selector))
    )


def _click(page: Chrome, selector: str) -> None:
    found = WebDriverWait(page, SECONDS).until(element_to_be_clickable((By.CSS_SELECTOR, selector)))
    page.execute_script("arguments[0].click()", found)


def _type(page: Chrome, selector: str, text: str) -> None:
    _found(page, selector).send_keys(text)


def _asked(page: Chrome) -> list[str]:
    events = [
        json.loads(each["message"])["message"] for each in page.get_log("performance")  # type: ignore[no-untyped-call]
    ]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
