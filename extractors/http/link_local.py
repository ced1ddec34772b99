"""Addresses that are only ever the neighbourhood of this very machine: no agency publishes there, but clouds hand out their keys there."""

from __future__ import annotations

import ipaddress
import socket

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
REASON = "menunjuk ke alamat setempat mesin ini (link-local), tempat kunci server disimpan"


def ip_of(host: str) -> Ip | None:
    """The IP address a host is written as, in any spelling that systems connect to (`2852039166`, `::ffff:1.2.3.4`); None for a name."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return _old_spelling(host)
    return (ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None) or ip


def is_link_local(host: str) -> bool:
    """Whether a host is written as an address of 169.254.0.0/16 or fe80::/10."""
    ip = ip_of(host)
    return ip is not None and ip.is_link_local


def _old_spelling(host: str) -> Ip | None:
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
