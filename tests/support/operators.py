"""Histories with everybody in them: an author with pictures, readers who subscribe and leave, and an operator."""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

import boto3
from hypothesis import strategies as st

from dropcap.errors import ServiceError
from dropcap.newsletter.news import issue_of
from dropcap.steps.newsletter.decide_issue import cancel_issue, hold_issue, release_issue, stop_issue
from dropcap.steps.newsletter.send_pages import resume_issue
from dropcap_cli.commands.rebuild import start
from dropcap_cli.commands.redrive import redrive_json
from dropcap_cli.newsletter_tools import NewsletterTools
from dropcap_cli.remote.queues import DESTINATIONS
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.authors import ACTS, KEYS, TEXTS, Act, NewSettings, Upload
from support.histories import History
from support.made_pictures import picture

NEWSLETTER = "newsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
ENVIRONMENT = {"NEWS_SINCE": "2025-01-01", "GRACE_SECONDS": "60"}
READERS = ("ada@example.org", "grace@example.org")
PICTURES = ("p", "q")
COLOURS = ("teal", "navy")
ARCHIVE = "newsletter/"
"""Folder of the pages with sent issues, which no empty stack has."""


@dataclass(frozen=True)
class SavePicture:
    """The author saves a picture of another COLOUR; with none, removes it."""

    name: str
    colour: str


@dataclass(frozen=True)
class Subscribe:
    """READER asks to subscribe, and confirms if a mail that asks has come."""

    reader: str


@dataclass(frozen=True)
class Leave:
    """READER leaves by the link in the newest mail."""

    reader: str


@dataclass(frozen=True)
class ChangeTheme:
    """The operator deploys theme NUMBER."""

    number: int


@dataclass(frozen=True)
class Command:
    """The operator runs a command that is about everything, or about the post KEY."""

    name: Literal["rebuild", "rebuild sources", "redrive", "restore", "reconcile"]
    key: str


@dataclass(frozen=True)
class Decide:
    """The operator decides on the issue of the post KEY."""

    decision: Literal["hold", "release", "stop", "resume", "cancel"]
    key: str


WholeAct = Act | SavePicture | Subscribe | Leave | ChangeTheme | Command | Decide

_FEW = st.sampled_from(KEYS[:3])
_READERS = st.sampled_from(READERS)
_WITH_PICTURES = st.builds(lambda text, name: replace(text, picture=name), TEXTS, st.sampled_from(["", *PICTURES]))
WHOLE_ACTS = st.one_of(
    st.builds(Upload, _FEW, _WITH_PICTURES),
    st.builds(SavePicture, st.sampled_from(PICTURES), st.sampled_from(["", *COLOURS])),
    st.builds(Upload, _FEW, _WITH_PICTURES),
    st.builds(Subscribe, _READERS),
    ACTS,
    st.builds(Leave, _READERS),
    st.builds(ChangeTheme, st.integers(0, 1)),
    st.builds(Command, st.sampled_from(["rebuild", "rebuild sources", "redrive", "restore", "reconcile"]), _FEW),
    st.builds(Decide, st.sampled_from(["hold", "release", "stop", "resume", "cancel"]), _FEW),
)


class WholeHistory(History):
    """A history in which THEMES, two folders, are deployed in turn; ENVIRONMENT is that of the cloud's functions."""

    def __init__(self, cloud: LocalCloud, themes: tuple[Path, Path], environment: dict[str, str]) -> None:
        """Begin with the settings of a newsletter."""
        super().__init__(cloud)
        self._themes = themes
        self._environment = environment
        self._left: dict[str, int] = {}
        stack = RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)
        self._stack, self._tools = stack, NewsletterTools(stack)
        cloud.upload("site.yaml", f"title: Journal\n{NEWSLETTER}")
        cloud.run_function("ReconcileFunction")

    def do(self, act: WholeAct) -> None:
        """Do one act, a second after the last one."""
        if isinstance(act, NewSettings):
            self.cloud.clock.advance(1)
            self.cloud.upload("site.yaml", act.source + NEWSLETTER)
            return
        if not isinstance(act, SavePicture | Subscribe | Leave | ChangeTheme | Command | Decide):
            super().do(act)
            return
        self.cloud.clock.advance(1)
        match act:
            case SavePicture():
                self._saves_picture(act)
            case Subscribe():
                self._subscribes(act.reader)
            case Leave():
                self._leaves(act.reader)
            case ChangeTheme():
                self._environment["TEMPLATES_DIR"] = str(self._themes[act.number])
                self.cloud.functions.forget()  # a deployment starts new containers
                self.cloud.run_function("ReconcileFunction")
            case Command():
                self._commands(act)
            case Decide():
                with suppress(ServiceError):  # somebody else was first: the operator sees it, and does nothing more
                    self._decides(act)

    def comes_to_rest(self) -> None:
        """Run the pipeline until stable; the operator redrives what was given up, and what differs is reconciled."""
        super().comes_to_rest()
        self._redrive()
        self.cloud.run_function("ReconcileFunction")
        super().comes_to_rest()

    def mails(self, reader: str) -> list[str]:
        """Return the subjects of the issues that READER got."""
        return [
            str(mail["Subject"])
            for mail in self.cloud.mails()
            if mail["To"] == reader and str(mail["Feedback-ID"]).startswith("issue:")
        ]

    def consent_was_respected(self) -> list[str]:
        """Return who was mailed after leaving, and who got an issue twice."""
        after = [reader for reader, count in self._left.items() if len(self.mails(reader)) > count]
        ledger = self.cloud.client("dynamodb").scan(TableName=self.cloud.id("NewsletterTable"))["Items"]
        sent = Counter(item["sk"]["S"] for item in ledger if _was_sent(item))
        mails = sum(len(self.mails(reader)) for reader in READERS)
        return [*(f"{who} was mailed after leaving" for who in after), *(
            [f"{mails} mails for {sent.total()} entries of the ledger"] if mails > sent.total() else []
        )]  # fmt: skip

    def _saves_picture(self, act: SavePicture) -> None:
        key = f"posts/{act.name}.png"
        if act.colour:
            self.cloud.upload(key, picture(act.colour, (40, 30), format="PNG"))
        else:
            self.cloud.delete(key)

    def _subscribes(self, reader: str) -> None:
        self.cloud.request("POST", "/api/subscribe", form={"email": reader})
        asking = [
            mail for mail in self.cloud.mails() if mail["To"] == reader and "issue:" not in str(mail["Feedback-ID"])
        ]
        if asking and self._form(asking[-1].as_string(), "confirm"):
            self._left.pop(reader, None)

    def _leaves(self, reader: str) -> None:
        letters = [mail for mail in self.cloud.mails() if mail["To"] == reader and mail["List-Unsubscribe"]]
        if letters and self._form(f"{letters[-1]['List-Unsubscribe']}\n", "unsubscribe"):
            self._left[reader] = len(self.mails(reader))

    def _form(self, text: str, action: str) -> bool:
        """Send the form behind the link for ACTION in TEXT; return whether that was done."""
        link = re.search(rf"https?://[^\s>]+/api/{action}\?[^\s>]+", text.replace("=\n", "").replace("=3D", "="))
        query = dict(parse_qsl(urlsplit(link[0]).query)) if link else {}
        return self.cloud.request("POST", f"/api/{action}", form=query).status == 200  # HTTP's success

    def _commands(self, act: Command) -> None:
        if act.name.startswith("rebuild"):
            start(self._stack, sources="sources" in act.name, now=self.cloud.clock.now())
        elif act.name == "redrive":
            self._redrive()
        elif act.name == "reconcile":
            self.cloud.run_function("ReconcileFunction")
        else:
            bucket = self._stack.bucket
            for file in list(bucket.removed(act.key, None)):
                bucket.restore(file)

    def _redrive(self) -> None:
        for queue in DESTINATIONS:
            redrive_json(self._stack, queue, confirmed=True)

    def _decides(self, act: Decide) -> None:
        name, now = issue_of(act.key), self.cloud.clock.now()
        match act.decision:
            case "hold":
                hold_issue(self._tools, name, "the operator holds it")
            case "release" if self._tools.catalog.news(act.key):
                release_issue(self._tools, name, now=now)
            case "stop":
                stop_issue(self._tools, name, "the operator stops it")
            case "resume":
                resume_issue(self._tools.pages, name)
            case "cancel":
                cancel_issue(self._tools, name, "the operator cancels it")


def _was_sent(item: Mapping[str, Any]) -> bool:
    """Return whether ITEM is an entry of the ledger for a mail that may have gone out."""
    return item["pk"]["S"].startswith("LEDGER#") and item["state"]["S"] not in {"queued", "refused", "left"}
