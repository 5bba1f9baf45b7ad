"""Signed contracts whose milestones can be accepted and billed at will, and what must always hold of the
books. For tests with a CheckedServer."""
import contextlib
import datetime
import decimal
import itertools
import time

CRITERION = "R1.1"
CONSENT = "I have read the whole of it and sign it electronically."
DECIMALS = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3}
numbers = itertools.count(1)


def in_days(days):
    return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days)).isoformat()


def today():
    return in_days(0)


def money(amount, currency="EUR"):
    return {"amount": amount, "currency": currency}


def number_in(value):
    return decimal.Decimal(value["amount"])


class Deal:
    """A client with an approver and a payer, and its signed contract: one milestone for each price, M1 first,
    that comes after nothing. tax_rate_ppm 0 is outside the scope of tax."""

    CRITERIA = [CRITERION]

    def __init__(self, server, owner, prices, currency="EUR", tax_rate_ppm=190000, **terms):
        self.server, self.owner, self.currency = server, owner, currency
        self.prices, self.tax_rate_ppm, self.terms = prices, tax_rate_ppm, terms
        number = next(numbers)
        self.client = owner.made("/clients", {"name": f"Client {number}", "country": "DE", "currency": currency,
                                              "time_zone": "Europe/Berlin"})
        self.contacts = {role: owner.made(f"/clients/{self.client['id']}/contacts", {
            "name": role, "email": f"{role}{number}@client.example", "role": role}) for role in ("approver", "payer")}
        self.approver = self.enter("approver")
        self.engagement = owner.made("/engagements", {"client_id": self.client["id"], "title": f"Work {number}"})
        self.path = f"/engagements/{self.engagement['id']}"
        self.agree()
        self.sign()
        self.milestones = sorted(self.pages(f"{self.path}/milestones"), key=lambda one: one["number"])

    def enter(self, role):
        return self.server.enter_by_invitation(self.owner, self.contacts[role])

    def day(self, days):
        """So many days from now, by the server's clock."""
        return in_days(days)

    def pages(self, path):
        found, cursor = [], ""
        while cursor is not None:
            page = self.owner.get(f"{path}?limit=200{cursor and '&cursor='}{cursor}").data
            found += page["items"]
            cursor = page["next_cursor"]
        return found

    def plan(self):
        is_taxed = self.tax_rate_ppm > 0
        total = sum((decimal.Decimal(price) for price in self.prices), decimal.Decimal(0))
        return {
            "currency": self.currency, "total": money(str(total), self.currency), "summary": "In parts",
            "milestones": [{
                "code": f"M{i}", "title": f"Part {i}", "price": money(price, self.currency),
                "tax_category": "standard" if is_taxed else "outside_scope", "tax_rate_ppm": self.tax_rate_ppm,
                "due_day": self.day(30), "criteria": [CRITERION], "deliverables": [{"title": "page", "kind": "link"}],
            } for i, price in enumerate(self.prices, 1)],
            "terms": {"payment_days": 30, "acceptance_days": 14, "acceptance_day_kind": "calendar", "silence": "none",
                      "time_zone": "UTC", "tax_note": None if is_taxed else "Outside the scope of tax",
                      **self.terms},
        }

    def agree(self):
        self.owner.made(f"{self.path}/requirements", {
            "code": "R1", "text": "It works", "priority": "must",
            "criteria": [{"code": code, "text": "Shown"} for code in self.CRITERIA]})
        known = self.approver.get(f"{self.path}/requirements/set").data
        self.approver.made(f"{self.path}/requirements/confirm", {"set_hash": known["set_hash"]})
        proposal = self.owner.made(f"{self.path}/proposals", {"plan": self.plan(), "valid_until_day": self.day(30)})
        self.owner.made(f"/proposals/{proposal['id']}/send")
        self.approver.made(f"/proposals/{proposal['id']}/accept")

    def sign(self):
        self.contract = self.owner.made(f"{self.path}/contracts")
        path = f"/contracts/{self.contract['id']}"
        self.owner.made(f"{path}/send", {"signers": self.signers()})
        for who in (self.owner, self.approver):
            text = who.get(f"{path}/text").data
            self.contract = who.made(f"{path}/sign", {"document_hash": text["document_hash"], "consent": CONSENT})

    def signers(self):
        return [{"side": "agency", "signer_id": self.owner.who["id"]},
                {"side": "client", "signer_id": self.contacts["approver"]["id"]}]

    # ---- work

    def start(self, number):
        self.owner.made(f"/milestones/{self.milestones[number - 1]['id']}/start")

    def submit(self, number, is_started=False):
        path = f"/milestones/{self.milestones[number - 1]['id']}"
        if not is_started:
            self.start(number)
        return self.owner.made(f"{path}/submissions",
                               {"deliverables": [{"title": "page", "link": "https://example.org/"}]})

    def accept(self, number, is_started=False):
        """Hands milestone M<number> over and accepts it; its invoice."""
        submission = self.submit(number, is_started)
        made = self.approver.made(f"/submissions/{submission['id']}/accept",
                                  {"decisions": [{"criterion": CRITERION, "met": True}]})
        return self.owner.get(f"/invoices/{made['invoice_id']}").data

    def milestone(self, number):
        return self.owner.get(f"/milestones/{self.milestones[number - 1]['id']}").data

    def billing(self, number):
        return self.milestone(number)["billing"]

    # ---- money

    def pay(self, amount, **more):
        return self.owner.made("/payments", {"client_id": self.client["id"], "amount": money(amount, self.currency),
                                             "received_day": today(), **more})

    def invoice(self, invoice):
        return self.owner.get(f"/invoices/{invoice['id']}").data

    def statement(self):
        return self.owner.get(f"/clients/{self.client['id']}/statement").data

    def balance(self):
        """(outstanding, credit, refunds, balance) as texts; of nothing where there is no open item."""
        zero = str(decimal.Decimal(0).scaleb(-DECIMALS[self.currency]))
        names = ("outstanding", "credit", "refunds", "balance")
        for one in self.statement()["balances"]:
            if one["currency"] == self.currency:
                return tuple(one[name]["amount"] for name in names)
        return (zero,) * len(names)

    def position(self):
        """(accepted, invoiced, paid, left) as texts."""
        shown = self.owner.get(f"{self.path}/position").data
        return tuple(shown[name]["amount"] for name in ("accepted", "invoiced", "paid", "left"))


class Books:
    """What must hold after every step. Deals of which nothing more is to come are closed, for speed."""

    ACCOUNTS = (("receivable", "outstanding", 1), ("client_credit", "credit", -1), ("refunds_payable", "refunds", -1))

    def __init__(self, server, owner):
        self.server, self.owner = server, owner
        self.deals, self.closed = [], {}

    def add(self, deal):
        self.deals.append(deal)
        return deal

    def close(self):
        self.closed, self.deals = self.sums(), []

    def sums(self):
        """What the statements of all clients sum to, by currency and name."""
        sums = dict(self.closed)
        for deal in self.deals:
            for one in deal.statement()["balances"]:
                for _, name, _ in self.ACCOUNTS:
                    key = one["currency"], name
                    sums[key] = sums.get(key, 0) + number_in(one[name])
        return sums

    def check(self, test):
        """Debits are credits in every currency, and the ledger's accounts are what the clients' statements sum to."""
        shown = self.owner.get("/ledger/trial-balance").data
        balances = {}
        for account in shown["accounts"]:
            balance = number_in(account["balance"])
            test.assertEqual(number_in(account["debit"]) - number_in(account["credit"]), balance)
            balances[account["currency"], account["account"]] = balance
        for total in shown["totals"]:
            test.assertEqual(total["debit"], total["credit"])
            test.assertEqual(sum(balance for (currency, _), balance in balances.items()
                                 if currency == total["currency"]), 0)
        sums = self.sums()
        for currency in {currency for currency, _ in balances}:
            for account, name, sign in self.ACCOUNTS:
                test.assertEqual(balances.get((currency, account), 0), sign * sums.get((currency, name), 0),
                                 f"{account} in {currency}")

    @contextlib.contextmanager
    def unchanged(self, test):
        """Nothing that is stored changes within."""
        before = self.settled()
        yield
        after = self.server.database.contents()
        test.assertEqual(after.keys(), before.keys())
        for table in [table for table, rows in after.items() if rows != before[table]]:
            changed = set(after[table]) ^ set(before[table])
            test.fail(f"{table} has changed: {[row[:300] for row in sorted(changed)][:4]}")

    def settled(self):
        """The contents once no mail waits, whose delivery would change them."""
        end = time.monotonic() + 30
        while waiting := self.server.database.rows("SELECT last_error FROM outbox WHERE state = 'pending'"):
            assert time.monotonic() < end, f"mail does not go out: {waiting}"
            time.sleep(0.02)
        return self.server.database.contents()
