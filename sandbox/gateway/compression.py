"""Transport compression: one compressor a connection, flushed after every frame.

Source: https://discord.com/developers/docs/events/gateway#transport-compression
"""

import importlib
import zlib
from collections.abc import Callable

Compress = Callable[[bytes], bytes]


def compressor(wanted: str | None) -> Compress | None:
    """Return what turns a frame into bytes, or None if frames go as text.

    A client asks for zstd-stream only where it can import zstandard, which is then here too.
    """
    if wanted == "zlib-stream":
        return _zlib()
    if wanted == "zstd-stream":
        return _zstd()
    return None


def _zlib() -> Compress:
    stream = zlib.compressobj()
    return lambda frame: stream.compress(frame) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Compress:
    library = importlib.import_module("zstandard")
    stream = library.ZstdCompressor().compressobj()
    block = library.COMPRESSOBJ_FLUSH_BLOCK
    return lambda frame: bytes(stream.compress(frame) + stream.flush(block))
