"""A station: enrols with a code, writes, and in each pass sends, carries, receives and keeps receipts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.sync.stranger.journals import Entry, Journal, JournalName, name_of, new_entry, text_of
from tests.sync.stranger.line import Server
from tests.sync.stranger.merging import Placed, Subjects, by_subject, fold, next_base
from tests.sync.stranger.notation import Json, must, public_half, reading, sign, unpack, verify, without
from tests.sync.stranger.page import Page

A_BATCH = 500
Heads = Mapping[JournalName, list[Any]]


class Station:
    """One laptop of a stranger's make, with all that it knows in memory."""

    def __init__(self, centre: Server, page: Page) -> None:
        self.centre, self._page = centre, page
        self.key, self.person = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        self.journals: dict[JournalName, Journal] = {}
        self.receipts: list[Json] = []
        self.mark = ""
        self._readings = 0

    def enrol(self, code: str, name: str) -> Json:
        """Become a station; the centre's key is pinned from here on."""
        self.centre.hello()
        ours, hers = public_half(self.key), public_half(self.person)
        proof = sign(self.key, ["fairclient/enrol/1", code, ours, hers])
        asked = {"code": code, "public_key": ours, "proof": proof, "operator_name": name}
        reply: Json = self.centre.post("/v1/enrol", {**asked, "operator_public_key": hers})
        must((reply["server"], reply["server_public_key"]) == (self.centre.id, self.centre.key), "the server")
        verify(
            self.centre.key, reply["signature"], ["fairclient/enrolled/1", ours, without(reply, "signature")]
        )
        self.own = Journal((reply["station"], reply["incarnation"], reply["fair"]))
        self.journals[self.own.name] = self.own
        self.operator: str = reply["operator"]
        return reply

    # What is written

    def write(self, kind: str, subject: str, fact: Json) -> Entry:
        return self._append(kind, subject, {"fact": fact})

    def change(self, kind: str, subject: str, change: Json) -> Entry:
        base = next_base(self.subjects().get((kind, subject), []))
        return self._append(kind, subject, {"base": base, "change": change})

    def _append(self, kind: str, subject: str, content: Json) -> Entry:
        self._readings += 1
        new = new_entry(reading(self._readings), self.operator, kind, subject, content)
        self.own.append(new)
        return new

    # A pass

    def exchange(self, server: Server, compression: str = "zstd", code: str = "") -> None:
        """One pass with the centre or a hub; the centre's journal goes first, since it brings the keys."""
        server.open_session(self.own.name[0], self.key, code)
        known = {text_of(name): one.head for name, one in self.journals.items() if one.last}
        reply = server.post("/v1/heads", {"heads": known, "acknowledged": self.acknowledged()})
        heads: Heads = {name_of(text): head for text, head in reply["heads"].items()}
        self.mark = reply["mark"]
        self._carry(server, heads, compression)
        there, digest = heads.get(self.own.name, (0, self.own.digests[0].hex()))
        must(there <= self.own.last and self.own.digests[there].hex() == digest, "one history of ours")
        for first in range(there + 1, self.own.last + 1, A_BATCH):
            self.send(server, first, min(first + A_BATCH - 1, self.own.last), compression)
        for name in sorted(heads, key=self._centre_first):
            if name != self.own.name:
                self._receive(server, name, heads[name][0], compression)
        self._fetch_ruled(server, compression)
        for receipt in reply["receipts"]:
            self.keep(server, receipt)
        if server.tier == "hub":
            self._hand_receipts(server, reply["acknowledged"])

    def has_news(self, server: Server, seconds: int = 0) -> bool:
        """Wait for others' work, at most so long."""
        mark = server.get(f"/v1/wait?after={self.mark}&seconds={seconds}").message["mark"]
        return bool(mark != self.mark)

    def send(self, server: Server, first: int, last: int, compression: str = "zstd") -> Json:
        """Send a range of the own journal, and keep the receipt for exactly that."""
        receipt = server.send(self.own.batch(first, last, self.key), compression)
        must(
            (receipt["journal"], receipt["seq"]) == (text_of(self.own.name), last), "a receipt for that range"
        )
        must(receipt["server"] == server.id and self.keep(server, receipt), "a receipt that counts")
        return receipt

    def _centre_first(self, name: JournalName) -> bool:
        return name[0] != self.centre.id

    def _carry(self, server: Server, heads: Heads, compression: str) -> None:
        """Hand on, sealed as it came, what the server lacks of others' journals."""
        for name in sorted(self.journals, key=self._centre_first):
            there = heads.get(name, (0, ""))[0]
            for last, batch in self.journals[name].sealed:
                if last > there and name[0] != server.id:
                    self.keep(server, server.send(batch, compression))

    def _receive(self, server: Server, name: JournalName, there: int, compression: str) -> None:
        copy = self.journals.setdefault(name, Journal(name))
        while copy.last < there and (name[0] == self.centre.id or self._key_of(name[0])):
            self._ask_for(server, copy, copy.last, compression)

    def _fetch_ruled(self, server: Server, compression: str) -> None:
        """Ask for the bodies that were withheld until the centre ruled otherwise."""
        for fact in self._rulings():
            journal = self.journals[name_of(fact["journal"])]
            if journal.entries[fact["seq"] - 1].body is None:
                self._ask_for(server, journal, fact["seq"] - 1, compression)

    def _ask_for(self, server: Server, copy: Journal, after: int, compression: str) -> None:
        key = self.centre.key if copy.name[0] == self.centre.id else self._key_of(copy.name[0])
        reply = server.get(f"/v1/batches/{text_of(copy.name)}?after={after}", compression)
        copy.take(unpack(reply.body, reply.compression), key)

    def _key_of(self, station: str) -> str:
        shown = fold(self._page, "station", self.subjects().get(("station", station), []))
        return "" if shown is None else str(shown["public_key"])

    # Receipts

    def keep(self, server: Server, receipt: Json) -> bool:
        """Keep a receipt that fits the copy here; only the centre's count for more than this pass."""
        giver = self.centre if receipt["server"] == self.centre.id else server
        must((receipt["server"], receipt["tier"]) == (giver.id, giver.tier), "the giver of a receipt")
        verify(giver.key, receipt["signature"], ["fairclient/receipt/1", without(receipt, "signature")])
        journal = self.journals.get(name_of(receipt["journal"]))
        if journal is None or receipt["seq"] > journal.last:
            return False
        must(receipt["digest"] == journal.digests[receipt["seq"]].hex(), "a receipt for this history")
        if giver is self.centre and receipt not in self.receipts:
            self.receipts.append(receipt)
        return True

    def _hand_receipts(self, hub: Server, acknowledged: Mapping[str, int]) -> None:
        lacking = [one for one in self.receipts if one["seq"] > acknowledged.get(one["journal"], 0)]
        if lacking:
            hub.post("/v1/receipts", {"receipts": lacking})

    def acknowledged(self) -> dict[str, int]:
        """How far the centre's receipts go, for each journal."""
        found: dict[str, int] = {}
        for receipt in self.receipts:
            found[receipt["journal"]] = max(receipt["seq"], found.get(receipt["journal"], 0))
        return found

    # What shows

    def _entries(self) -> Iterator[Placed]:
        """All entries that can be read."""
        for name, journal in self.journals.items():
            for seq, one in enumerate(journal.entries, start=1):
                if one.body is not None and self._page.knows(one.kind):
                    yield Placed(name, seq, one, json.loads(one.body))

    def _apart(self) -> set[tuple[str, int]]:
        """What is in quarantine by the centre's receipts, and was not let out by its rulings."""
        verdicts = [
            (receipt["journal"], verdict) for receipt in self.receipts for verdict in receipt["verdicts"]
        ]
        apart = {(name, one["seq"]) for name, one in verdicts if one["verdict"] == "quarantined"}
        return apart - {(fact["journal"], fact["seq"]) for fact in self._rulings()}

    def _rulings(self) -> list[Json]:
        """The centre's rulings on entries that are here."""
        found = []
        for name, journal in self.journals.items():
            if name[0] == self.centre.id:
                found += [
                    json.loads(one.body or b"")["fact"] for one in journal.entries if one.kind == "ruling"
                ]
        return [fact for fact in found if self._holds(fact)]

    def _holds(self, fact: Json) -> bool:
        journal = self.journals.get(name_of(fact["journal"]))
        here = journal is not None and fact["seq"] <= journal.last
        return journal is not None and here and journal.digests[fact["seq"]].hex() == fact["digest"]

    def subjects(self) -> Subjects:
        """The entries that count, by kind and subject."""
        apart = self._apart()
        return by_subject(one for one in self._entries() if (text_of(one.journal), one.seq) not in apart)

    def shown(self) -> dict[tuple[str, str], Json]:
        """What shows of each subject."""
        folded = {key: fold(self._page, key[0], placed) for key, placed in self.subjects().items()}
        return {key: fact for key, fact in folded.items() if fact is not None}
