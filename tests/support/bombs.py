"""Messages that go off when they are opened carelessly (B15)."""


def nested(depth: int, head: bytes) -> bytes:
    """Parts inside parts inside parts."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at)
        for at in range(depth)
    )
    return head + opened + b"Content-Type: text/plain\n\nat last\n"


def beside(count: int, head: bytes) -> bytes:
    """Many parts side by side."""
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    return head + b'Content-Type: multipart/mixed; boundary="b"\n\n' + part * count + b"--b--\n"
