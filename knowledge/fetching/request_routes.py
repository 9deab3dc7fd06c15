"""Where a request goes: to the addresses of a host, none inside the own network, or to a proxy of the environment.

Without a proxy the name is resolved here and the connection goes to what was resolved, so that a name cannot point to
one place while it is checked and to another while it is fetched. Behind a proxy (`HTTPS_PROXY`, `HTTP_PROXY`,
`ALL_PROXY`, all but `NO_PROXY`) the proxy resolves: then only what is written can be judged, a number or a local name.
"""

import ipaddress
import socket
import ssl
import urllib.request
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from knowledge.model.errors import SourceRefused

_EMBEDDING = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))
"""Networks whose last four bytes are an older address: NAT64, and the compatible addresses."""
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "private", "lan", "home", "corp", "home.arpa")
"""Ends of names that lead nowhere on the public net (RFC 6761, 6762, 8375; ICANN's resolution on .internal)."""


@dataclass(frozen=True)
class Route:
    """One way to ask a host for something.

    Args:
        address: what the connection is made to, by name or number.
        host: the host by its name, in ASCII; certificates must be for it.
        proxy: the address of the proxy that is asked instead; None: nobody stands between.
    """

    address: str
    host: str
    proxy: str | None = None


def routes(url: str, parts: SplitResult, *, allow_private: bool) -> tuple[Route, ...]:
    """Return the ways to the host of an address of the web, the likeliest first; at least one.

    Raises:
        SourceRefused: there is no such host, or it leads into the own network and `allow_private` is not set.
    """
    host, port = _host_and_port(url, parts)
    proxy = proxy_of(url)
    if proxy is None:
        return tuple(Route(address, host) for address in _resolved(url, host, port, allow_private=allow_private))
    inside = _written_inside(host)
    if inside and not allow_private:
        raise _refusal(url, inside)
    return (Route(host, host, None if inside else proxy),)


def proxy_of(url: str) -> str | None:
    """Return the address of the proxy that the environment names for an address of the web; None: there is none."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


@lru_cache(maxsize=1)
def certificates() -> ssl.SSLContext:
    """Return the authorities that requests trust."""
    from httpx2 import create_ssl_context

    return create_ssl_context()  # takes 25 ms


def is_public(address: str) -> bool:
    """Return whether an address, in numbers, leads out of the own machine and network, also where it is disguised."""
    ip = ipaddress.ip_address(address)
    inside = _inside(ip) if isinstance(ip, ipaddress.IPv6Address) else ip
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    reached = ip if inside is None else inside
    return reached.is_global and not reached.is_multicast and not site_local


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the older address to which a newer one leads: mapped, compatible, 6to4, Teredo or NAT64."""
    if any(ip in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _resolved(url: str, host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return the addresses of the host; refuse when any of them is inside a network."""
    try:
        addresses = _numbers(host, port)
    except (OSError, UnicodeError) as error:
        raise SourceRefused(url, "there is no such host; check the address and the network.") from error
    for address in addresses:
        if not allow_private and not is_public(address):
            raise _refusal(url, address)
    return addresses


def _written_inside(host: str) -> str:
    """Return what is inside the own network, told by what is written alone; empty when nothing says so."""
    try:
        numbers = _numbers(host, 0, flags=socket.AI_NUMERICHOST)  # 127.1, 0x7f000001 and 2130706433 are numbers too
    except OSError:
        name = f".{host.rstrip('.').lower()}"
        local = name.count(".") == 1 or name.endswith(tuple(f".{end}" for end in _LOCAL_NAMES))
        return host if local else ""
    return next((number for number in numbers if not is_public(number)), "")


def _numbers(host: str, port: int, **options: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, **options)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def _host_and_port(url: str, parts: SplitResult) -> tuple[str, int]:
    """Return the host in ASCII and the port of an address of the web."""
    host = parts.hostname or ""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return host if host.isascii() else host.encode("idna").decode("ascii"), port
    except ValueError as error:
        raise SourceRefused(url, "there is no such host; check the address and the network.") from error


def _refusal(url: str, inside: str) -> SourceRefused:
    return SourceRefused(
        url,
        f"it leads to {inside}, inside the own machine or network; set ILYA_ALLOW_PRIVATE_ADDRESSES=true to "
        "fetch it all the same.",
    )
