"""Answers as they come over a socket, without what a client library makes of them."""


def head_of(connection):
    """Everything up to a blank line, and what came after it."""
    found = b""
    while b"\r\n\r\n" not in found:
        piece = connection.recv(65_536)
        assert piece, found
        found += piece
    head, rest = found.split(b"\r\n\r\n", 1)
    return head.decode(), rest
