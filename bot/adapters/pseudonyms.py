"""Stand-ins for members' ids: HMAC-SHA256 under a key that only this installation holds."""

from __future__ import annotations

import hashlib
import hmac


class HmacPseudonyms:
    """Turns an id into a stand-in that is useless without the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, user_id: int) -> str:
        """Return the same 32 hexadecimal digits for the same id."""
        return hmac.new(self._key, str(user_id).encode(), hashlib.sha256).hexdigest()[:32]
