"""The doctor's findings as a message: what needs mending first, then what is well."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guidance.reply import Block, Heading, Paragraph, Reply, Steps
from bot.services.doctor import Finding


def findings_reply(findings: Sequence[Finding]) -> Reply:
    """List findings; each that needs mending says how."""
    amiss = [finding for finding in findings if not finding.well]
    well = [finding for finding in findings if finding.well]
    blocks: list[Block] = [Heading("Is everything in order?")]
    if amiss:
        lines = tuple(f"{finding.says} **To mend:** {finding.mend}" for finding in amiss)
        blocks += [Paragraph("**Please mend this:**"), Steps(lines)]
    else:
        blocks.append(Paragraph("Yes. Nothing needs mending."))
    if well:
        blocks += [Paragraph("**This is well:**"), Steps(tuple(each.says for each in well))]
    return Reply(tuple(blocks))
