"""Evidence bundles made from docs/evidence-format.md alone: hashlib, the openssl command for Ed25519,
and nothing of waymark's code."""

import base64
import hashlib
import json
import os
import subprocess
import tempfile

ACTOR = "0191e5a0-0000-7000-8000-00000000000a"


def b64(data):
    return base64.b64encode(data).decode()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def salt_for(name):
    return sha256(b"salt", name.encode())[:16]


def id_for(number):
    return f"0191e5a0-0000-7000-8000-{number:012x}"


class Key:
    """An Ed25519 key from a fixed seed."""

    def __init__(self, name, seed):
        self.name = name
        self.pem = tempfile.NamedTemporaryFile(suffix=".pem")
        der = bytes.fromhex("302e020100300506032b657004220420") + sha256(seed.encode())
        self.pem.write(b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(der)
                       + b"-----END PRIVATE KEY-----\n")
        self.pem.flush()
        public = self._openssl("pkey", "-in", self.pem.name, "-pubout", "-outform", "DER")[-32:]
        self.id = sha256(name.encode(), b"\n\x01", public)[:4]
        self.text = f"{name}+{self.id.hex()}+{b64(bytes([1]) + public)}"

    @staticmethod
    def _openssl(*arguments):
        return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout

    def sign(self, text):
        with tempfile.NamedTemporaryFile() as message:
            message.write(text.encode())
            message.flush()
            return self._openssl("pkeyutl", "-sign", "-inkey", self.pem.name, "-rawin", "-in",
                                 message.name)

    def note(self, text):
        return f"{text}\n\u2014 {self.name} {b64(self.id + self.sign(text))}\n"


def tree_hash(leaves):
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01", tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def split(size):
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def inclusion(index, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return inclusion(index, leaves[:k]) + [tree_hash(leaves[k:])]
    return inclusion(index - k, leaves[k:]) + [tree_hash(leaves[:k])]


def consistency(first, leaves, whole=True):
    if first == len(leaves):
        return [] if whole else [tree_hash(leaves)]
    k = split(len(leaves))
    if first <= k:
        return consistency(first, leaves[:k], whole) + [tree_hash(leaves[k:])]
    return consistency(first - k, leaves[k:], False) + [tree_hash(leaves[:k])]


class Log:
    """A company's log as a server would have it, and the bundle it exports."""

    def __init__(self):
        self.leaves = []  # (text, salt, payload)
        self.rows = []

    def append(self, event, subject, rows):
        """rows: (kind, id, version, row, own salt or None)"""
        index = len(self.leaves)
        salt = salt_for(f"leaf {index}")
        named = []
        for kind, row_id, version, row, own in rows:
            named.append({"kind": kind, "id": row_id, "version": version,
                          "hash": b64(sha256(own or salt, canonical(row)))})
            entry = {"kind": kind, "id": row_id, "version": version, "row": row}
            if own:
                entry["salt"] = b64(own)
            self.rows.append(entry)
        payload = {"actor": {"id": ACTOR, "kind": "user"}, "rows": named}
        moment = f"2026-09-14T08:{index // 60:02}:{index % 60:02}.123Z"
        text = "\n".join(["waymark-leaf/1", event, subject, moment,
                          b64(sha256(salt, canonical(payload))), ""])
        self.leaves.append((text, salt, payload))

    def hashes(self, size=None):
        return [sha256(b"\x00", text.encode()) for text, _, _ in self.leaves[:size]]

    def checkpoint(self, key, size, origin=None):
        return key.note(f"{origin or key.name}\n{size}\n{b64(tree_hash(self.hashes(size)))}\n")

    def checkpoints(self, keys_and_sizes):
        entries, before = [], None
        for key, size in keys_and_sizes:
            entry = {"note": self.checkpoint(key, size)}
            if before is not None:
                entry["consistency"] = [b64(h) for h in consistency(before, self.hashes(size))]
            entries.append(entry)
            before = size
        return entries

    def bundled_leaf(self, index, size):
        text, salt, payload = self.leaves[index]
        return {"index": index, "leaf": text, "salt": b64(salt), "payload": payload,
                "inclusion": [b64(h) for h in inclusion(index, self.hashes(size))]}


class Engagement:
    """One milestone from requirement to ledger, two signatures, a deposit, and what others did in the
    same log before, between and after."""

    def __init__(self, directory):
        self.directory = directory
        self.log = Log()
        self.ids = {}
        self.documents = []
        self.links = []
        self.used = []
        self._others(3)
        self._play()
        self._others(11)

    def _others(self, count):
        for _ in range(count):
            number = 1000 + len(self.log.leaves)
            self.log.append("client.renamed", id_for(number), [])

    def _do(self, event, thing, own_salt=None, **columns):
        """A leaf with one row; thing is its kind, or "kind:which"."""
        kind = thing.split(":")[0]
        row_id = self.ids[thing] = id_for(100 + len(self.ids))
        row = {"id": row_id, "version": 1, **columns}
        self.used.append(len(self.log.leaves))
        self.log.append(event, row_id, [(kind, row_id, 1, row, own_salt)])

    def _change(self, event, thing, **columns):
        """A leaf with the next version of a row, which takes the place of the one before."""
        row = next(row for row in self.log.rows if row["id"] == self.ids[thing])
        self.log.rows.remove(row)
        version = row["version"] + 1
        self.used.append(len(self.log.leaves))
        self.log.append(event, row["id"], [(row["kind"], row["id"], version,
                                            {**row["row"], "version": version, **columns}, None)])

    def _file(self, name, content):
        with open(os.path.join(self.directory, name), "wb") as file:
            file.write(content)
        return hashlib.sha256(content).hexdigest()

    def _document(self, kind, sha256_hex, name, member, file=None):
        entry = {"kind": kind, "sha256": sha256_hex,
                 "recorded": {"kind": name.split(":")[0], "id": self.ids[name], "version": 1,
                              "member": member}}
        if file:
            entry["file"] = file
        self.documents.append(entry)

    def _link(self, source, relation, target):
        self.links.append({"from": {"kind": source.split(":")[0], "id": self.ids[source]},
                           "to": {"kind": target.split(":")[0], "id": self.ids[target]},
                           "relation": relation})

    def _play(self):
        ids = self.ids
        contract_hash = self._file("contract.pdf", b"%PDF the contract")
        deliverable_hash = self._file("dashboard.zip", b"PK the deliverable" * 10000)
        self._do("requirement.written", "requirement", text="Zürich → 東京 🏗 \"quoted\" \\ \x1f \x7f")
        self._do("criterion.written", "criterion", requirement_id=ids["requirement"], met=None)
        self._do("contract.frozen", "contract", criteria=[{"criterion_id": ids["criterion"]}],
                 document_hash=contract_hash, sum_minor=9007199254740993, kept=True, ended=False)
        for side in ("agency", "client"):
            self._do("contract.signed", f"signature:{side}", own_salt=salt_for(side),
                     contract_id=ids["contract"], document_hash=contract_hash, name="Ada Ü.")
        self._others(2)
        self._do("milestone.planned", "milestone", contract_id=ids["contract"])
        self._do("invoice.issued", "invoice_line:deposit", contract_id=ids["contract"])
        self._do("milestone.submitted", "submission", milestone_id=ids["milestone"])
        self._do("deliverable.added", "deliverable", submission_id=ids["submission"],
                 file_hash=deliverable_hash)
        self._do("milestone.accepted", "acceptance", submission_id=ids["submission"])
        invoice_id = id_for(500)
        line_id = ids["invoice_line"] = id_for(501)
        ids["invoice"] = invoice_id
        self.used.append(len(self.log.leaves))
        self.log.append("invoice.issued", invoice_id, [
            ("invoice", invoice_id, 1, {"id": invoice_id, "number": "R-2026-0001", "tax": -1}, None),
            ("invoice_line", line_id, 1, {"id": line_id, "invoice_id": invoice_id,
                                          "acceptance_id": ids["acceptance"],
                                          "amount_minor": 4352}, None)])
        self._do("payment.allocated", "allocation", invoice_id=invoice_id, amount_minor=4352)
        self._do("ledger.posted", "ledger_entry:invoice", source_id=invoice_id)
        self._do("ledger.posted", "ledger_entry:payment", source_id=ids["allocation"])
        for state in ("invoiced", "settled"):
            self._change(f"milestone.{state}", "milestone", billing=state)

        self._document("contract", contract_hash, "contract", "document_hash", "contract.pdf")
        self._document("contract", contract_hash, "signature:client", "document_hash")
        self._document("deliverable", deliverable_hash, "deliverable", "file_hash", "dashboard.zip")
        for link in """requirement has_criterion criterion
                       criterion agreed_in contract
                       contract signed_by signature:agency
                       contract signed_by signature:client
                       contract has_milestone milestone
                       contract billed_as invoice_line:deposit
                       milestone submitted_as submission
                       submission delivers deliverable
                       submission accepted_by acceptance
                       acceptance billed_as invoice_line
                       invoice_line part_of invoice
                       invoice paid_by allocation
                       invoice posted_as ledger_entry:invoice
                       allocation posted_as ledger_entry:payment""".splitlines():
            self._link(*link.split())

    def bundle(self, keys_and_sizes):
        size = keys_and_sizes[-1][1]
        return {"format": "waymark-bundle/1",
                "checkpoints": self.log.checkpoints(keys_and_sizes),
                "leaves": [self.log.bundled_leaf(index, size) for index in self.used],
                "rows": self.log.rows, "documents": self.documents, "links": self.links}


def share(code, percent_ppm, price_minor, **more):
    return {"code": code, "due_day": "2026-10-01", "percent_ppm": percent_ppm, "price_minor": price_minor,
            "pricing": "percentage", "tax_category": "standard", "tax_rate_ppm": 190000, **more}


class Agreed(Engagement):
    """The same with a plan in the contract's text: these milestones, of which the first is there, with columns of
    its own."""

    def __init__(self, directory, total_minor, milestones, **own):
        self.plan = {"currency": "EUR", "milestones": milestones, "total_minor": total_minor}
        self.text = canonical({"number": "C-2026-0001", "plan": self.plan})
        self.own = own
        super().__init__(directory)

    def _file(self, name, content):
        return super()._file(name, self.text if name == "contract.pdf" else content)

    def _do(self, event, thing, own_salt=None, **columns):
        if thing == "contract":
            columns |= {"document": self.text.decode(), "plan": self.plan, "state": "active"}
        if thing == "milestone":
            columns |= {name: self.plan["milestones"][0][name]
                        for name in ("code", "due_day", "price_minor", "tax_category", "tax_rate_ppm")}
            columns |= {"state": "accepted", **self.own}
        super()._do(event, thing, own_salt, **columns)
