"""Reading a request's body: JSON, or a form with files in it."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.values import Json
from sandbox.world.state import World


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content_type: str
    content: bytes


class Uploads:
    """The files that were sent, by id; the server hands them out again."""

    def __init__(self) -> None:
        self.held: dict[str, Upload] = {}

    async def read(self, request: web.Request, world: World) -> tuple[Any, list[Json]]:
        """Return a request's JSON, and what a message says of the files beside it."""
        if not (request.content_type or "").startswith("multipart/"):
            raw = await request.read()
            return (json.loads(raw) if raw else None), []
        payload: Any = None
        files: list[Json] = []
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            content = await part.read(decode=False)
            if part.name == "payload_json":
                payload = json.loads(content)
            else:
                files.append(self._keep(world, part, bytes(content)))
        return payload, files

    def _keep(self, world: World, part: BodyPartReader, content: bytes) -> Json:
        kind = part.headers.get("Content-Type", "application/octet-stream")
        upload = Upload(part.filename or "file", kind, content)
        upload_id = world.new_id()
        self.held[upload_id] = upload
        url = f"{world.cdn}/attachments/{upload_id}/{upload.name}"
        return {
            "id": upload_id,
            "filename": upload.name,
            "size": len(content),
            "url": url,
            "proxy_url": url,
            "content_type": kind,
        }
