"""Which addresses are taken, and where an unencrypted one is allowed."""

from __future__ import annotations

import pytest

from sync.client.address import check_address
from sync.client.trouble import Trouble


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://centro.example", "https://centro.example"),
        (" https://centro.example:8443/feria/ ", "https://centro.example:8443/feria"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_good_addresses(url: str, taken: str) -> None:
    assert check_address(url) == taken


@pytest.mark.parametrize(
    "url",
    [
        "",
        "centro.example",
        "ftp://centro.example",
        "https://",
        "https://user:secret@centro.example",
        "https://centro.example?x=1",
        "https://centro.example#x",
        "https://centro.example:99999",
        "https://centro .example",
        "https://[half",
        "https://" + "a" * 400,
        "file:///etc/passwd",
        "https://centro.example\x00",
    ],
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_address(url)
    assert caught.value.code == "address"


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.8.1:8000",
        "http://10.0.0.5",
        "http://172.16.0.9",
        "http://169.254.10.1",
        "http://[fe80::1]",
        "http://hub-feria.local:8000",
        "http://centro.example",
        "http://8.8.8.8",
        "http://0.0.0.0:8000",
        "http://localhost.example",
        "http://local",
    ],
)
def test_only_this_computer_is_spoken_to_unencrypted(url: str) -> None:
    with pytest.raises(Trouble) as caught:
        check_address(url)
    assert caught.value.code == "plain"
