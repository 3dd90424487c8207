"""`python -m evaluation COMMAND`: posts, intents, report, calibrate and more; see `--help`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.matching.calibration import Calibration, Engine
from bot.matching.encoder import OnnxEncoder
from bot.matching.matcher import LocalMatcher, build_matcher, packaged_encoder
from evaluation.build.vectors import write_vectors
from evaluation.calibrate import calibrate, write
from evaluation.floor import keep_floor
from evaluation.intents import Ours, draw, measure, named, read_lines
from evaluation.knowledge import read_synonyms, read_topics
from evaluation.peers import PEERS
from evaluation.posts import figures, judge, read_posts
from evaluation.ranking import rank_posts
from evaluation.report import confusions, drawing, precision_lines, table
from evaluation.size import time_sizes
from evaluation.speed import replies

OWN = Path(__file__).with_name("sets") / "own.yaml"
CACHE = Path(".cache") / "matching"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    chosen = _parser().parse_args(arguments)
    commands: dict[str, Callable[[argparse.Namespace], None]] = {
        "posts": _posts,
        "intents": _intents,
        "report": _report,
        "calibrate": _calibrate,
        "size": _size,
        "vectors": _vectors,
        "replies": _replies,
    }
    commands[chosen.command](chosen)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    posts = commands.add_parser("posts", help="score a file of labelled posts")
    report = commands.add_parser("report", help="curve and confusion list of labelled posts")
    fit = commands.add_parser("calibrate", help="fit the chance of being right")
    for command in (posts, report, fit):
        command.add_argument("file", type=Path, nargs="?", default=OWN)
        command.add_argument("--small", action="store_true", help="without the encoder")
        command.add_argument("--split", default="tune", help="tune, held or all")
    posts.add_argument("--peers", action="store_true")
    posts.add_argument("--ratchet", action="store_true", help="keep these figures as the floor")
    fit.add_argument("--write", action="store_true", help="package what was fitted")
    report.add_argument("--svg", type=Path, help="also draw precision against coverage here")
    intents = commands.add_parser("intents", help="score a public intent set")
    intents.add_argument("--train", type=Path, required=True)
    intents.add_argument("--test", type=Path, required=True)
    intents.add_argument("--shots", type=int)
    intents.add_argument("--seed", type=int, default=0)
    intents.add_argument("--small", action="store_true", help="without the encoder")
    intents.add_argument("--encoder", type=Path, help="another encoder's ONNX file")
    intents.add_argument("--peers", action="store_true")
    commands.add_parser("vectors", help="package the vectors of the knowledge as it stands")
    commands.add_parser("size", help="time against 100, 1,000 and 10,000 entries")
    speed = commands.add_parser("replies", help="time from post to reply, beside a bare bot")
    speed.add_argument("--posts", type=int, default=200)
    return parser


def _replies(chosen: argparse.Namespace) -> None:
    asyncio.run(replies.main(chosen.posts))


def _matcher(*, small: bool) -> LocalMatcher:
    matcher = build_matcher(read_topics(), read_synonyms(), cache=CACHE, small=small)
    if matcher.missing and not small:
        print("Without the encoder:", matcher.missing, file=sys.stderr)
    return matcher


def _split(chosen: argparse.Namespace) -> str | None:
    return None if chosen.split == "all" else str(chosen.split)


def _posts(chosen: argparse.Namespace) -> None:
    posts = read_posts(chosen.file, split=_split(chosen))
    found = figures(judge(_matcher(small=chosen.small), posts))
    print(table({"alongside": found}))
    if chosen.ratchet:
        keep_floor(found, posts)
    if chosen.peers:
        print("\nSingle questions, ranking alone:")
        print(table(rank_posts(posts, read_topics())))


def _report(chosen: argparse.Namespace) -> None:
    judged = judge(_matcher(small=chosen.small), read_posts(chosen.file, split=_split(chosen)))
    print(table({"alongside": figures(judged)}), "", precision_lines(judged), "", sep="\n")
    print("Wanted  <-  put first")
    print(confusions(judged))
    if chosen.svg:
        chosen.svg.write_text(drawing(judged, chosen.file.name), "utf-8")


def _calibrate(chosen: argparse.Namespace) -> None:
    posts = [p for p in read_posts(chosen.file, split=_split(chosen)) if p.kind != "multi"]
    found: dict[Engine, Calibration] = {}
    for engine in Engine:
        matcher = _matcher(small=engine is Engine.SMALL)
        found[engine] = calibrate(matcher, posts)
        print(engine, found[engine])
    if chosen.write:
        write(found)


def _vectors(_: argparse.Namespace) -> None:
    print(write_vectors(), "vectors written")


def _size(_: argparse.Namespace) -> None:
    print(time_sizes())


def _intents(chosen: argparse.Namespace) -> None:
    train = named(draw(read_lines(chosen.train), chosen.shots, chosen.seed))
    test = read_lines(chosen.test)
    chosen_encoder = OnnxEncoder(chosen.encoder) if chosen.encoder else packaged_encoder()
    ours = Ours(None if chosen.small else chosen_encoder)
    rows = {"alongside": measure("alongside", ours, train, test)}
    for name, peer in PEERS.items() if chosen.peers else ():
        rows[name] = measure(name, peer(), train, test)
    print(table(rows))


if __name__ == "__main__":
    sys.exit(main())
