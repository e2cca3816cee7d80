"""Places for calls: of each tenant and of the server, taken and given back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_summarizer.rpc.admission import LEAST_UPLOAD_BYTES, Admission, Limits, Place
from invoice_summarizer.rpc.errors import LimitReached
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES

ROOM = 8 * LEAST_UPLOAD_BYTES
LIMITS = Limits(calls=8, uploads=4, upload_bytes=ROOM)


def refused(admission: Admission, tenant: str, *, is_upload: bool = False) -> tuple[str, str, str]:
    with pytest.raises(LimitReached) as caught:
        admission.admit(tenant, is_upload=is_upload)
    return _said(caught.value)


def _said(error: LimitReached) -> tuple[str, str, str]:
    return error.reason, error.metadata["whose"], error.metadata["limit"]


def test_tenant_has_its_part_and_the_server_the_whole() -> None:
    admission = Admission(LIMITS, tenant_percent=75)
    for tenant in ["acme"] * 6 + ["other"] * 2:
        admission.admit(tenant, is_upload=False)
    assert refused(admission, "acme") == ("TOO_MANY_CALLS", "tenant", "6")
    assert refused(admission, "other") == ("TOO_MANY_CALLS", "server", "8")


def test_uploads_have_fewer_places_than_calls() -> None:
    admission = Admission(LIMITS, tenant_percent=75)
    for tenant in ["acme"] * 3 + ["other"]:
        admission.admit(tenant, is_upload=True)
    assert refused(admission, "acme", is_upload=True) == ("TOO_MANY_UPLOADS", "tenant", "3")
    assert refused(admission, "other", is_upload=True) == ("TOO_MANY_UPLOADS", "server", "4")
    for tenant in ("acme", "other"):
        admission.admit(tenant, is_upload=False)


def test_bytes_of_uploads_have_room_of_the_tenant_and_of_the_server() -> None:
    admission = Admission(LIMITS, tenant_percent=75)
    mine = admission.admit("acme", is_upload=True)
    mine.bring(ROOM * 3 // 4)
    with pytest.raises(LimitReached) as caught:
        mine.bring(1)
    assert _said(caught.value) == ("TOO_MANY_UPLOAD_BYTES", "tenant", str(ROOM * 3 // 4))
    others = admission.admit("other", is_upload=True)
    others.bring(ROOM // 4)
    with pytest.raises(LimitReached) as caught:
        others.bring(1)
    assert _said(caught.value) == ("TOO_MANY_UPLOAD_BYTES", "server", str(ROOM))
    mine.leave()
    others.bring(1)


@given(
    calls=st.integers(2, 500),
    uploads=st.integers(2, 500),
    upload_bytes=st.integers(2 * LEAST_UPLOAD_BYTES, 2**40),
    percent=st.integers(1, 99),
)
def test_no_tenant_has_all_and_each_has_room_for_a_document(
    calls: int, uploads: int, upload_bytes: int, percent: int
) -> None:
    whole = Limits(calls=calls, uploads=uploads, upload_bytes=upload_bytes)
    part = whole.part(percent)
    assert 1 <= part.calls < whole.calls
    assert 1 <= part.uploads < whole.uploads
    assert DOCUMENT_LIMIT_BYTES < part.upload_bytes < whole.upload_bytes


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(0, 9)), max_size=60))
def test_what_leaves_gives_back_all_that_it_took(
    calls: list[tuple[str, bool, int]],
) -> None:
    """Whatever came and went before, the same is admitted."""
    admission = Admission(LIMITS, tenant_percent=50)
    places: list[Place] = []
    for tenant, is_upload, number in calls:
        if places and number > 5:
            places.pop(number % len(places)).leave()
        try:
            place = admission.admit(tenant, is_upload=is_upload)
        except LimitReached:
            continue
        places.append(place)
        if is_upload:
            place.bring(number)
    for place in places:
        place.leave()
    for tenant in "aabb":
        admission.admit(tenant, is_upload=True).bring(ROOM // 4)
    for tenant in "aabb":
        admission.admit(tenant, is_upload=False)
    assert refused(admission, "c") == ("TOO_MANY_CALLS", "server", "8")
