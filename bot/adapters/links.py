"""Ask the web whether the addresses the knowledge names still answer; on demand alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import aiohttp

AT_ONCE = 8
PATIENCE = 15.0
"""Seconds for one address."""
ANSWERS = "answers"
AGENT = "Alongside link check (a volunteer asked for it)"


async def dead_links(urls: Iterable[str]) -> Mapping[str, str]:
    """Return the addresses that do not answer, each with the reason; one request each."""
    slots = asyncio.Semaphore(AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": AGENT}) as session:

        async def ask(url: str) -> tuple[str, str | None]:
            async with slots:
                return url, await _fault(session, url)

        answers = await asyncio.gather(*(ask(url) for url in dict.fromkeys(urls)))
    return {url: fault for url, fault in answers if fault is not None}


def is_answer(fault: str) -> bool:
    """Tell whether a fault came from the web, rather than from not reaching it."""
    return fault.startswith(ANSWERS)


async def _fault(session: aiohttp.ClientSession, url: str) -> str | None:
    try:
        async with session.get(url, allow_redirects=True) as answer:
            # Some sites turn away programs (403, 429); their pages are there all the same.
            gone = answer.status in {404, 410} or answer.status >= 500
            return f"{ANSWERS} {answer.status}" if gone else None
    except TimeoutError:
        return f"no answer in {PATIENCE:.0f} seconds"
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return type(error).__name__
