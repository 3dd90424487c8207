"""What changed between two loads, so that a reload can say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.guidance.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids added, changed and removed. Other files are named when anything in them changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    files: tuple[str, ...]
    """Which of services, authorities and glossary changed."""

    def __bool__(self) -> bool:
        """Tell whether anything changed at all."""
        return bool(self.added or self.changed or self.removed or self.files)


def changes(old: Knowledge, new: Knowledge) -> Changes:
    """Compare what was served with what will be."""
    before, after = old.entries, new.entries
    return Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(each for each in before if _differs(each, before, after))),
        removed=tuple(sorted(before.keys() - after.keys())),
        files=tuple(_files(old, new)),
    )


def _differs(each: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return each in after and before[each] != after[each]


def _files(old: Knowledge, new: Knowledge) -> list[str]:
    pairs = {
        "services": old.directory == new.directory,
        "authorities": (old.areas.areas, old.areas.ambiguous)
        == (new.areas.areas, new.areas.ambiguous),
        "glossary": (old.glossary.terms, old.glossary.many)
        == (new.glossary.terms, new.glossary.many),
    }
    return [name for name, same in pairs.items() if not same]
