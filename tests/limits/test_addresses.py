"""Addresses of the sixth version that lead to one of the fourth: inside the own network refused, outside fetched."""

import ipaddress

import pytest

from knowledge.fetching.request_routes import is_public

INSIDE, OUTSIDE = ipaddress.IPv4Address("10.0.0.1"), ipaddress.IPv4Address("8.8.8.8")
TO_MANY = ipaddress.IPv4Address("224.0.1.1")


def teredo(ip: ipaddress.IPv4Address) -> str:
    """Return the address of a host behind a Teredo relay: the last four bytes are its own, each bit turned."""
    return str(ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (int(ip) ^ 0xFFFFFFFF)))


def six_to_four(ip: ipaddress.IPv4Address) -> str:
    return str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80) | 1))


WAYS = {
    "6to4": six_to_four,
    "Teredo": teredo,
    "mapped": lambda ip: f"::ffff:{ip}",
    "compatible": lambda ip: f"::{ip}",
    "NAT64": lambda ip: f"64:ff9b::{ip}",
    "local NAT64": lambda ip: f"64:ff9b:1::{ip}",
}


@pytest.mark.parametrize("way", WAYS)
def test_an_address_is_as_public_as_the_one_it_leads_to(way: str) -> None:
    assert not is_public(WAYS[way](INSIDE))
    assert not is_public(WAYS[way](TO_MANY))
    assert is_public(WAYS[way](OUTSIDE))
