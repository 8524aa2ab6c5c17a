from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silhouette_plan.results.secrets import MASK, masking, nothing_secret

secrets = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=20)


@given(secrets, st.data())
def test_a_secret_is_masked_however_much_of_it_is_encoded(secret: str, data: st.DataObject) -> None:
    """JMeter's URLs encode a blank and leave a quote, for one."""
    plain = data.draw(st.lists(st.booleans(), min_size=len(secret), max_size=len(secret)))
    partly = "".join(c if as_it_is else quote(c, safe="") for c, as_it_is in zip(secret, plain, strict=True))
    assert masking([secret])(f"<{partly}>") == f"<{MASK}>"


@given(secrets)
@pytest.mark.parametrize(
    "encode",
    [
        str,
        quote_plus,
        escape,
        quote,
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
        lambda text: text.encode().decode("latin-1"),
    ],
    ids=["plain", "form", "HTML", "URL", "JSON", "JSON in UTF-8", "read as Latin-1"],
)
def test_a_secret_is_masked_in_each_of_its_forms(encode, secret: str) -> None:
    assert masking([secret])(f"<{encode(secret)}>") == f"<{MASK}>"


def test_basic_credentials_are_masked() -> None:
    credentials = b64encode(b"user:topsecret").decode()
    assert masking(["topsecret"])(f"Authorization: Basic {credentials}\nA: b") == f"Authorization: Basic {MASK}\nA: b"


def test_what_is_too_short_is_no_secret() -> None:
    assert masking(["", "abc"]) is nothing_secret
