"""The notes that the site shows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Note:
    title: str
    text: str
    topic: str
    written: date


NOTES = (
    Note(
        title="Ship on a Friday",
        text="If a deploy is one line and its rollback is the same line, the day of the week stops mattering.",
        topic="Delivery",
        written=date(2026, 11, 20),
    ),
    Note(
        title="A tag is a promise",
        text="The same tree builds the same tag on every machine. A tag that moves is a rumour.",
        topic="Images",
        written=date(2026, 11, 17),
    ),
    Note(
        title="Errors have owners",
        text="Every error that reaches a visitor reaches a person too, with the release that brought it.",
        topic="Operations",
        written=date(2026, 11, 12),
    ),
    Note(
        title="Preview first",
        text="Read what will change before it does. A surprise in production was a line in a preview that nobody read.",
        topic="Delivery",
        written=date(2026, 11, 6),
    ),
    Note(
        title="Small layers",
        text="Dependencies change weekly, code changes hourly. Keep them apart and builds take seconds.",
        topic="Images",
        written=date(2026, 10, 30),
    ),
    Note(
        title="Health is a question",
        text="A process that runs is not a site that answers. Ask the site before sending it visitors.",
        topic="Operations",
        written=date(2026, 10, 23),
    ),
)
