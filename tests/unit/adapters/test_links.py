"""The link check: bounded, one request an address, and it tells gone from shy."""

from __future__ import annotations

from aiohttp import web

from bot.adapters.links import dead_links


async def test_it_tells_which_addresses_no_longer_answer() -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=int(request.match_info["status"]))

    app = web.Application()
    app.router.add_get("/{status}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        urls = [f"{base}/{status}" for status in (200, 403, 404, 500, 404)]
        dead = await dead_links([*urls, "http://127.0.0.1:9/nobody", "not an address"])
    finally:
        await runner.cleanup()
    assert {url.removeprefix(base): fault for url, fault in dead.items()} == {
        "/404": "answers 404",
        "/500": "answers 500",
        "http://127.0.0.1:9/nobody": "ClientConnectorError",
        "not an address": "InvalidUrlClientError",
    }
    assert sorted(asked) == ["/200", "/403", "/404", "/500"]
