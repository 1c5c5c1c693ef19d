"""An executable model of the newsletter's protocol, small enough to be explored exhaustively.

One issue, one page of recipients, and everybody who acts on them: the author withdraws and publishes again, openers,
freezers and senders take messages, the operator stops, resumes and sends again, readers leave. Every call is a step; a
function may die before any of them, and its message comes again. Each state that can be reached is checked:

- at most one mail each, and no mail is leased after a leaving was acknowledged;
- the page's sum is that of its ledger entries;
- at rest, nobody's mail is queued or under way while the issue is being delivered, and no issue waits for ever.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

QUEUED, LEFT, SENDING, UNKNOWN, SENT, REFUSED = "queued", "left", "sending", "unknown", "sent", "refused"
WAITING, WITHDRAWN, DELIVERING, STOPPED = "waiting", "withdrawn", "delivering", "stopped"

Entry = tuple[str, int]
"""A ledger entry: its state, and the number of the sender that leased it."""


@dataclass(frozen=True, slots=True)
class Process:
    """A running function: its KIND, the step that is NEXT, the NUMBER of its upload or sender, what it has READ."""

    kind: str
    message: tuple[str, int]
    next: str
    number: int
    read: tuple[object, ...] = ()
    todo: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Everything that lasts. BUDGET limits what may still happen: crashes, leaves, uploads, decisions, doubles."""

    budget: tuple[tuple[str, int], ...]
    confirmed: tuple[bool, ...]
    stands: bool = True
    version: int = 1
    issue: str = ""
    cause: int = 0
    token: int = 0
    entries: tuple[Entry, ...] | None = None
    total: tuple[tuple[str, int], ...] = ()
    done: bool = False
    reopened: int = 0
    mails: tuple[int, ...] = ()
    messages: tuple[tuple[str, int], ...] = (("appeared", 1),)
    running: tuple[Process, ...] = ()

    def may(self, name: str) -> bool:
        """Return whether NAME may happen once more."""
        return dict(self.budget).get(name, 0) > 0

    def spent(self, name: str) -> "State":
        """Return the state after NAME has happened once more."""
        left = Counter(dict(self.budget))
        left[name] -= 1
        return replace(self, budget=tuple(sorted(left.items())))

    def sent(self, kind: str, number: int = 0) -> "State":
        """Return the state with one more message."""
        return replace(self, messages=tuple(sorted((*self.messages, (kind, number)))))


class BrokenError(AssertionError):
    """A state that must not be."""


class Protocol:
    """The rules. A mutation overrides one of them."""

    # --- opening and freezing -----------------------------------------------------------------------------------------

    def opened(self, state: State, process: Process) -> Iterator[State]:
        """Open the issue for an upload, or open it again, if nothing has changed since it was read."""
        issue, cause, token = process.read
        assert isinstance(cause, int)
        if state.token != token:
            yield self._restart(state, process)
            return
        end = self._end(state, process)
        if not state.stands or (issue and process.number <= cause):
            yield end
        elif issue == WAITING:
            yield replace(end, cause=process.number, token=end.token + 1)
        elif issue in {"", WITHDRAWN}:
            yield replace(end, issue=WAITING, cause=process.number, token=end.token + 1).sent("freeze")
        else:
            yield end

    def frozen(self, state: State, process: Process) -> Iterator[State]:
        """Freeze the issue for those who are confirmed now, or withdraw it, if it is as it was when it was read."""
        issue, token, stands = process.read
        if state.token != token and self.freeze_has_condition():
            yield self._restart(state, process)
            return
        end = self._end(state, process)
        if issue != WAITING:
            yield end
        elif stands:
            entries = tuple((QUEUED, 0) for _ in state.confirmed)
            yield replace(end, issue=DELIVERING, token=end.token + 1, entries=entries).sent("page")
        else:
            yield replace(end, issue=WITHDRAWN, token=end.token + 1)

    def freeze_has_condition(self) -> bool:
        """Return whether freezing demands that the issue has not changed since it was read."""
        return True

    # --- delivering ---------------------------------------------------------------------------------------------------

    def visited(self, state: State, process: Process) -> Iterator[State]:
        """Read issue and page once; then take one recipient after the other."""
        if not self.goes_on(state) or state.entries is None or state.done:
            yield self._end(state, process)
            return
        alive = {other.number for other in state.running if other.kind == "page"}
        for reader, (entry, sender) in enumerate(state.entries):
            if entry == SENDING and sender not in alive:
                state = self._moved(state, reader, self.abandoned(), 0)
        assert state.entries is not None
        waiting = tuple(reader for reader, (entry, _) in enumerate(state.entries) if entry == QUEUED)
        blocked = any(entry == SENDING for entry, _ in state.entries)
        yield self._with(state, process, next="lease", read=(state.reopened, blocked), todo=waiting)

    def goes_on(self, state: State) -> bool:
        """Return whether the issue is being delivered."""
        return state.issue == DELIVERING

    def abandoned(self) -> str:
        """Return what becomes of a mail whose sender has died."""
        return UNKNOWN

    def leased(self, state: State, process: Process) -> Iterator[State]:
        """Lease the next mail in one transaction: it is queued, and its reader is confirmed now."""
        if not process.todo:
            yield from self.finished(state, process)
            return
        reader = process.todo[0]
        assert state.entries is not None
        free = state.entries[reader][0] == QUEUED or not self.lease_is_exclusive()
        if free and (state.confirmed[reader] or not self.lease_asks_for_consent()):
            if not state.confirmed[reader]:
                message = "leased after a leaving was acknowledged"
                raise BrokenError(message)
            state = self._moved(state, reader, SENDING, process.number)
            yield self._with(state, process, next="send")
        else:
            if free:
                state = self._moved(state, reader, LEFT, 0)
            blocked = process.read[1] or (not free and self.waits_for_others())
            yield self._with(state, process, read=(process.read[0], blocked), todo=process.todo[1:])

    def waits_for_others(self) -> bool:
        """Return whether a page with a mail of another sender is visited again."""
        return True

    def lease_is_exclusive(self) -> bool:
        """Return whether a lease demands that nobody else has the mail."""
        return True

    def lease_asks_for_consent(self) -> bool:
        """Return whether a lease demands that the reader is confirmed."""
        return True

    def posted(self, state: State, process: Process) -> Iterator[State]:
        """Call SES: it takes the mail, refuses it, or takes it without a word."""
        reader = process.todo[0]
        mails = (*state.mails[:reader], state.mails[reader] + 1, *state.mails[reader + 1 :])
        taken = replace(state, mails=mails)
        yield self._with(taken, process, next="settle", read=(*process.read[:2], SENT))
        if state.may("refusal"):
            refused = state.spent("refusal")
            yield self._with(refused, process, next="settle", read=(*process.read[:2], REFUSED))
        if state.may("silence"):
            silent = taken.spent("silence")
            yield self._with(silent, process, next="settle", read=(*process.read[:2], self.silent()))

    def silent(self) -> str:
        """Return what is recorded where SES does not answer."""
        return UNKNOWN

    def settled(self, state: State, process: Process) -> Iterator[State]:
        """Record the result under the lease."""
        reader, result = process.todo[0], str(process.read[2])
        assert state.entries is not None
        if state.entries[reader] == (SENDING, process.number):
            state = self._moved(state, reader, result, 0)
        yield self._with(state, process, next="lease", read=process.read[:2], todo=process.todo[1:])

    def finished(self, state: State, process: Process) -> Iterator[State]:
        """Mark the page done, unless mails are under way or were queued again since it was read."""
        reopened, blocked = process.read
        end = self._end(state, process)
        if blocked or (state.reopened != reopened and self.done_asks_for_reopened()):
            yield end.sent("page")
        else:
            yield replace(end, done=True)

    def done_asks_for_reopened(self) -> bool:
        """Return whether marking a page done demands that no mail was queued again since it was read."""
        return True

    # --- the operator, the author and the readers --------------------------------------------------------------------

    def decisions(self, state: State) -> Iterator[State]:
        """Yield what the operator, the author and the readers may do now."""
        if state.may("upload"):
            if state.stands:
                yield replace(state.spent("upload"), stands=False)
            else:
                version = state.version + 1
                yield replace(state.spent("upload"), stands=True, version=version).sent("appeared", version)
        if state.may("stop") and state.issue == DELIVERING:
            yield replace(state.spent("stop"), issue=STOPPED, token=state.token + 1)
        if state.issue == STOPPED:
            yield self.resumed(state)
        if state.may("resend") and state.entries and any(entry == REFUSED for entry, _ in state.entries):
            yield self.sent_again(state.spent("resend"))
        if state.may("leave"):
            for reader, confirmed in enumerate(state.confirmed):
                if confirmed:
                    now = (*state.confirmed[:reader], False, *state.confirmed[reader + 1 :])
                    yield replace(state.spent("leave"), confirmed=now)

    def resumed(self, state: State) -> State:
        """Resume the delivery: a page that is not done is sent for."""
        state = replace(state, issue=DELIVERING, token=state.token + 1)
        return state if state.done else state.sent("page")

    def sent_again(self, state: State) -> State:
        """Queue the refused mails again, and send for their page."""
        assert state.entries is not None
        state = replace(state, done=False, reopened=state.reopened + 1)
        for reader, (entry, _) in enumerate(state.entries or ()):
            if entry == REFUSED:
                state = self._moved(state, reader, QUEUED, 0)
        return state.sent("page")

    # --- the world ----------------------------------------------------------------------------------------------------

    def after(self, state: State) -> Iterator[State]:
        """Yield every state that may come next."""
        yield from self.decisions(state)
        for place in range(len(state.messages)):
            yield from self._taken(state, place)
        for process in state.running:
            yield from self._step(state, process)
            if state.may("crash"):
                yield self.died(state.spent("crash"), process)

    def died(self, state: State, process: Process) -> State:
        """Crash PROCESS: its message is redelivered."""
        return self._end(state, process).sent(*process.message)

    def _taken(self, state: State, place: int) -> Iterator[State]:
        kind, number = state.messages[place]
        rest = replace(state, messages=state.messages[:place] + state.messages[place + 1 :])
        first = {"appeared": "read", "freeze": "read", "page": "visit"}[kind]
        process = Process(kind, (kind, number), first, number or self._free_number(state))
        yield replace(rest, running=(*rest.running, process))
        if state.may("double"):
            yield replace(rest.spent("double").sent(kind, number), running=(*rest.running, process))

    def _free_number(self, state: State) -> int:
        """Return the least number that no running sender and no lease has: so there are finitely many states."""
        taken = {process.number for process in state.running} | {sender for _, sender in state.entries or ()}
        return next(number for number in count(1) if number not in taken)

    def _step(self, state: State, process: Process) -> Iterator[State]:
        if process.next == "read" and process.kind == "appeared":
            yield self._with(state, process, next="open", read=(state.issue, state.cause, state.token))
        elif process.next == "read":
            yield self._with(state, process, next="look", read=(state.issue, state.token))
        elif process.next == "look":
            yield self._with(state, process, next="freeze", read=(*process.read, state.stands))
        else:
            steps = {
                "open": self.opened, "freeze": self.frozen, "visit": self.visited,
                "lease": self.leased, "send": self.posted, "settle": self.settled,
            }  # fmt: skip
            yield from steps[process.next](state, process)

    def _moved(self, state: State, reader: int, to: str, sender: int) -> State:
        """Move the entry of READER, and the page's sum with it."""
        assert state.entries is not None
        before = state.entries[reader][0]
        entries = (*state.entries[:reader], (to, sender), *state.entries[reader + 1 :])
        return replace(state, entries=entries, total=self.summed(state, before, to))

    def summed(self, state: State, before: str, to: str) -> tuple[tuple[str, int], ...]:
        """Return the page's sum after an entry has moved."""
        total = Counter(dict(state.total))
        total.update({before: -1} if before != QUEUED else {})
        total.update({to: 1} if to != QUEUED else {})
        return tuple(sorted((name, number) for name, number in total.items() if number))

    def _with(self, state: State, process: Process, **changes: object) -> State:
        changed = replace(process, **changes)  # type: ignore[arg-type]  # fields of a process, by their names
        return replace(state, running=tuple(changed if other is process else other for other in state.running))

    def _restart(self, state: State, process: Process) -> State:
        return self._with(state, process, next="read", read=())

    def _end(self, state: State, process: Process) -> State:
        return replace(state, running=tuple(other for other in state.running if other is not process))


def check(state: State) -> None:
    """Raise BrokenError where STATE must not be."""
    if max(state.mails, default=0) > 1:
        message = "somebody was mailed twice"
        raise BrokenError(message)
    entries = state.entries or ()
    counted = Counter(entry for entry, _ in entries if entry != QUEUED)
    if dict(state.total) != dict(counted):
        message = f"the sum {state.total} is not that of {entries}"
        raise BrokenError(message)
    if state.messages or state.running:
        return
    if state.issue == DELIVERING and {entry for entry, _ in entries} & {QUEUED, SENDING}:
        message = f"somebody is lost: {entries}"
        raise BrokenError(message)
    if state.issue == WAITING or (state.issue == WITHDRAWN and state.stands):
        message = f"the issue stays {state.issue} for ever"
        raise BrokenError(message)


def explored(protocol: Protocol, readers: int, **budget: int) -> int:
    """Check every state that can be reached, and return how many there are. Raise BrokenError at the first bad one."""
    start = State(tuple(sorted(budget.items())), (True,) * readers, mails=(0,) * readers)
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        check(state)
        for successor in protocol.after(state):
            normal = replace(successor, running=tuple(sorted(successor.running, key=repr)))
            if normal not in seen:
                seen.add(normal)
                waiting.append(normal)
    return len(seen)
