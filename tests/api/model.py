"""A small model of one engagement: what is agreed, how far the work is, what is billed and paid. It says of each
request whether it must be done or refused, and what is there afterwards. Amounts are whole cents, days are dates."""

import copy
import dataclasses
import datetime

WHOLE_PPM = 1000000
TAX_PPM = 190000
OPEN = ("planned", "ready", "in_progress", "submitted", "rejected", "rework")
AT_WORK = ("in_progress", "rejected", "rework")
NOT_BEGUN = ("planned", "ready")


def euros(cents):
    return {"amount": f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02}", "currency": "EUR"}


def cents(value):
    sign = -1 if value["amount"].startswith("-") else 1
    whole, part = value["amount"].lstrip("-").split(".")
    return sign * (int(whole) * 100 + int(part))


def part_of(total, share, whole):
    """total * share / whole, rounded half up."""
    return (2 * total * share + whole) // (2 * whole)


def steps_of(total, shares, whole):
    """The parts of a total by shares, in steps that meet."""
    parts, done = [], 0
    for share in shares:
        parts.append(part_of(total, done + share, whole) - part_of(total, done, whole))
        done += share
    return parts


def working_day_after(day):
    day += datetime.timedelta(1)
    while day.weekday() >= 5:
        day += datetime.timedelta(1)
    return day


# ---- what is agreed


@dataclasses.dataclass
class Planned:
    """A milestone of a plan."""
    code: str
    pricing: str
    price: int
    due: datetime.date
    criteria: tuple
    after: tuple = ()
    ppm: int = None
    settled: int = None
    recurrence: dict = None

    def body(self):
        return {
            "code": self.code, "title": f"Part {self.code}", "price": euros(self.price), "pricing": self.pricing,
            "percent_ppm": self.ppm, "settled": None if self.settled is None else euros(self.settled),
            "recurrence": self.recurrence, "tax_category": "standard", "tax_rate_ppm": TAX_PPM,
            "due_day": self.due.isoformat(), "after": list(self.after), "criteria": list(self.criteria),
            "deliverables": [{"title": "page", "kind": "link"}]}


class Plan:
    """The milestones by code, in order, the total, and how many have to approve."""

    def __init__(self, planned, terms):
        self.planned, self.terms = {one.code: one for one in planned}, terms
        self.total = None
        self.set_total()
        self.set_shares()

    def copy(self):
        return copy.deepcopy(self)

    def body(self):
        return {"currency": "EUR", "total": euros(self.total), "summary": "In parts",
                "milestones": [one.body() for one in self.planned.values()], "terms": self.terms}

    def shares(self):
        return [one for one in self.planned.values() if one.pricing == "percentage"]

    def set_total(self):
        """What the total is if the percentages of it and all other prices are to make it."""
        others = sum(one.price for one in self.planned.values() if one.pricing != "percentage")
        ppm = sum(one.ppm for one in self.shares())
        self.total = others
        while self.total - part_of(self.total, ppm, WHOLE_PPM) < others:
            self.total += 1

    def share_prices(self):
        """What each percentage comes to: those that are settled stay, the others share the rest."""
        shares = self.shares()
        free = [one for one in shares if one.settled is None]
        rest, whole = self.total, WHOLE_PPM
        if len(free) < len(shares):
            whole = sum(one.ppm for one in free)
            rest = (part_of(self.total, sum(one.ppm for one in shares), WHOLE_PPM)
                    - sum(one.settled for one in shares if one.settled is not None))
        prices = {one.code: one.settled for one in shares}
        if free:
            prices |= zip([one.code for one in free], steps_of(rest, [one.ppm for one in free], whole))
        return prices

    def set_shares(self):
        for code, price in self.share_prices().items():
            self.planned[code].price = price

    def adds_up(self):
        return (self.total == sum(one.price for one in self.planned.values())
                and self.share_prices() == {one.code: one.price for one in self.shares()}
                and all(one.due >= self.planned[code].due for one in self.planned.values() for code in one.after))

    def is_same(self, other):
        return self.body() == other.body()


@dataclasses.dataclass
class Order:
    """A change order. based_on: how many had been applied when it was composed."""
    id: str
    number: int
    revision: int
    plan: Plan
    credits: list
    based_on: int
    last_day: datetime.date
    state: str = "draft"

    def is_open(self):
        return self.state in ("draft", "proposed", "partly_signed")


# ---- work and money


@dataclasses.dataclass
class Milestone:
    """As it is agreed now, and where it stands. signed_due is what the last signature set; planned_due to where
    lateness of the client has moved it."""
    id: str
    number: int
    planned: Planned
    signed_due: datetime.date
    state: str
    criteria: list
    billing: str = "unbilled"
    price: int = 0
    planned_due: datetime.date = None
    reduction: int = None
    claimed: int = 0
    claimed_ppm: int = 0
    accepted_day: datetime.date = None
    invoice: "Invoice" = None
    promised_credit: int = 0

    code = property(lambda self: self.planned.code)
    pricing = property(lambda self: self.planned.pricing)

    def is_accepted(self):
        return self.state == "accepted"

    def worth(self):
        return self.price - (self.reduction or 0)

    def rest(self):
        return self.worth() - self.claimed


@dataclasses.dataclass
class Submission:
    id: str
    milestone: Milestone
    state: str = "submitted"
    approvals: list = dataclasses.field(default_factory=list)
    dispute: "Dispute" = None

    def is_free(self):
        return self.state == "submitted" and self.dispute is None


@dataclasses.dataclass
class Dispute:
    id: str
    submission: Submission
    side: str
    said: set = dataclasses.field(default_factory=set)
    state: str = "open"


@dataclasses.dataclass
class Claim:
    id: str
    milestone: Milestone
    ppm: int
    net: int
    state: str = "claimed"
    approvals: list = dataclasses.field(default_factory=list)
    accepted_day: datetime.date = None
    is_billed: bool = False


@dataclasses.dataclass
class Reduction:
    id: str
    milestone: Milestone
    amount: int
    state: str = "proposed"


@dataclasses.dataclass
class Line:
    """of: what it bills: a milestone itself, or a period or accepted progress of it."""
    milestone: Milestone
    net: int
    of: str = "milestone"
    taken: int = 0


@dataclasses.dataclass
class Money:
    """A payment, or a credit note; what is applied of it and refunded."""
    id: str
    amount: int
    state: str = "confirmed"
    applied: int = 0
    refunded: int = 0

    def left(self):
        return 0 if self.state == "reversed" else self.amount - self.applied - self.refunded


class Invoice:
    def __init__(self, id, lines):
        self.id, self.lines = id, lines
        self.net = sum(line.net for line in lines)
        self.tax = part_of(self.net, TAX_PPM, WHOLE_PPM)
        self.total = self.net + self.tax
        self.paid, self.credited, self.taken_tax, self.notes = 0, 0, 0, []

    def outstanding(self):
        return self.total - self.paid - self.credited

    def taken(self):
        return sum(line.taken for line in self.lines)

    def is_paid(self):
        return self.outstanding() == 0 and not (self.credited and not self.paid)


@dataclasses.dataclass
class Allocation:
    id: str
    money: Money
    invoice: Invoice
    amount: int
    is_active: bool = True


@dataclasses.dataclass
class Refund:
    id: str
    money: Money
    amount: int
    state: str = "requested"


@dataclasses.dataclass
class Obligation:
    id: str
    milestones: list
    due: datetime.date
    counted: datetime.date
    state: str = "open"
    late: int = 0


@dataclasses.dataclass
class Task:
    id: str
    milestone: Milestone
    due: datetime.date


# ---- the engagement


class Model:
    """today: by the server's clock. find_invoice(lines): the id of the one that just came with these."""

    def __init__(self, plan, rows, today):
        self.plan, self.first_total, self.today, self.state = plan, plan.total, today, "active"
        self.milestones = []
        for row, one in zip(rows, plan.planned.values()):
            self.add(row["id"], one)
        self.orders, self.applied = [], 0
        self.submissions, self.disputes, self.claims, self.reductions = [], [], [], []
        self.invoices, self.payments, self.allocations, self.refunds = [], [], [], []
        self.obligations, self.tasks, self.periods_billed = [], [], {}
        self.expected = []  # lists of lines of invoices that jobs made, to be found

    def add(self, id, planned):
        ready = all(self.named(code).is_accepted() for code in planned.after)
        self.milestones.append(Milestone(
            id=id, number=len(self.milestones) + 1, planned=planned, signed_due=planned.due, price=planned.price,
            state="ready" if ready else "planned", criteria=list(planned.criteria)))

    def named(self, code):
        return next((one for one in self.milestones if one.code == code), None)

    def is_monthly(self):
        return self.plan.terms["billing_mode"] == "monthly"

    def is_at_work(self):
        return self.state == "active"

    def can_decide(self):
        return self.state in ("active", "suspended")

    def needed(self, milestone):
        needed = max(self.plan.terms["approvers_needed"] or 1, 1)
        limit = self.plan.terms["one_approver_limit"]
        return max(needed, 2) if limit and milestone.price > cents(limit["amount"]) else needed

    def bills_on(self, milestone):
        """Whether periods of it are left to be billed."""
        if milestone.pricing != "recurring" or milestone.state == "cancelled":
            return False
        billed = self.period_parts(milestone)[:self.periods_billed.get(milestone.code, 0)]
        return milestone.price > sum(part for _, part in billed)

    def complete_if_done(self):
        is_out = any(order.state in ("proposed", "partly_signed") for order in self.orders)
        goes_on = any(one.state in OPEN or self.bills_on(one) for one in self.milestones)
        if self.state == "active" and not is_out and not goes_on:
            self.state = "completed"

    # Acceptance.

    def set_ready(self):
        for one in self.milestones:
            if one.state in NOT_BEGUN:
                ready = all(self.named(code).is_accepted() for code in one.planned.after)
                one.state = "ready" if ready else "planned"

    def accept(self, milestone):
        milestone.state, milestone.accepted_day = "accepted", self.today
        is_billed = milestone.rest() > 0 and milestone.pricing != "recurring"
        milestone.billing = "billable" if is_billed else "closed"
        self.set_ready()
        self.complete_if_done()

    def net_of_claim(self, milestone, ppm):
        return part_of(milestone.worth(), ppm, WHOLE_PPM) - milestone.claimed

    # Billing.

    def bill(self, invoice_id, lines):
        invoice = Invoice(invoice_id, lines)
        for line in lines:
            if line.of == "milestone":
                line.milestone.billing, line.milestone.invoice = "invoiced", invoice
        self.invoices.append(invoice)

    def settle(self, invoice):
        for one in self.milestones:
            if one.invoice is invoice and one.billing in ("invoiced", "settled"):
                one.billing = "settled" if invoice.is_paid() else "invoiced"

    def lower(self, invoice, note):
        """A credit note takes what it can off its own invoice."""
        share = min(note.left(), invoice.outstanding())
        note.applied += share
        invoice.credited += share

    def credit(self, invoice, note_id, taken):
        """taken: what of each line."""
        for line, net in zip(invoice.lines, taken):
            line.taken += net
        tax = part_of(invoice.tax, invoice.taken(), invoice.net) - invoice.taken_tax
        note = Money(note_id, sum(taken) + tax)
        invoice.taken_tax += tax
        invoice.notes.append(note)
        self.lower(invoice, note)
        self.settle(invoice)
        for line, net in zip(invoice.lines, taken):
            one = line.milestone
            if line.of == "milestone" and net and line.taken == line.net and one.invoice is invoice:
                one.billing = "credited"

    def billed(self, milestone):
        return sum(line.net - line.taken for invoice in self.invoices for line in invoice.lines
                   if line.milestone is milestone)

    # Change orders.

    def credits_needed(self, plan):
        credits = []
        for one in self.milestones:
            if not one.is_accepted() or one.code not in self.plan.planned:
                continue
            to = plan.planned.get(one.code)
            excess = self.billed(one) - (max(to.price - (one.reduction or 0), 0) if to else 0)
            if excess > 0:
                invoice = [each for each in self.invoices for line in each.lines
                           if line.milestone is one and line.net > line.taken][-1]
                credits.append({"milestone": one.code, "invoice_id": invoice.id, "net": euros(excess)})
        return credits

    def may_become(self, one, to):
        """Whether what is agreed of a milestone can become that, None: be dropped."""
        if to is None:
            return one.state != "submitted" and not one.claimed and not self.periods_billed.get(one.code)
        now, is_decided = one.planned, one.is_accepted() or one.state == "submitted"
        stands = now.settled is not None and now.price == to.price
        if to.settled is not None and not stands and not is_decided:
            return False
        if one.claimed and (to.price, to.pricing) != (now.price, now.pricing):
            return False
        if one.state in AT_WORK and not all(self.named(code).is_accepted() for code in to.after):
            return False
        if one.state == "submitted":
            return dataclasses.replace(to, due=now.due, settled=now.settled) == now
        if one.is_accepted():
            return (dataclasses.replace(to, price=now.price, settled=now.settled) == now and to.price <= now.price
                    and to.price >= (one.reduction or 0))
        return True

    def holds(self, order):
        """Whether an order can be proposed and signed as things are."""
        plan = order.plan
        return (self.state == "active" and order.based_on == self.applied and not plan.is_same(self.plan)
                and plan.adds_up()
                and all(code in self.plan.planned or not self.named(code) for code in plan.planned)
                and all(self.may_become(self.named(code), plan.planned.get(code)) for code in self.plan.planned)
                and order.credits == self.credits_needed(plan))

    def settle_shares(self, plan):
        """Of a plan with another total, percentages that are decided on are settled."""
        if plan.total != self.plan.total:
            for one in plan.shares():
                row = self.named(one.code)
                if row and (row.is_accepted() or row.state == "submitted"):
                    one.settled = one.price

    def apply(self, order, ids):
        """ids: of all milestones by code."""
        for credit in order.credits:
            self.named(credit["milestone"]).promised_credit += cents(credit["net"])
        before, self.plan = self.plan, order.plan.copy()
        order.state, self.applied = "applied", self.applied + 1
        for code in before.planned.keys() - self.plan.planned.keys():
            one = self.named(code)
            if one.is_accepted():
                one.price, one.reduction = 0, None
            else:
                one.state = "cancelled"
        for code, to in self.plan.planned.items():
            one = self.named(code)
            if not one:
                self.add(ids[code], to)
                continue
            if one.price != to.price and not one.is_accepted():
                one.reduction = None
            if one.signed_due != to.due:
                one.planned_due = None
            one.criteria = list(to.criteria) + one.criteria[len(one.planned.criteria):]
            one.planned, one.price, one.signed_due = to, to.price, to.due
        self.set_ready()
        self.complete_if_done()

    # Time.

    def pass_days(self, count):
        for _ in range(count):
            self.today += datetime.timedelta(1)
            for order in self.orders:
                if order.state in ("proposed", "partly_signed") and self.today > order.last_day:
                    order.state = "expired"
            for one in self.obligations:
                self.count_late(one)
            self.bill_month()
            for one in self.milestones:
                self.bill_periods(one)

    def count_late(self, obligation):
        """Each working day on which it is still owed moves what waits for it by one."""
        while obligation.state == "open" and (day := working_day_after(obligation.counted)) <= self.today:
            obligation.counted = day
            if self.state != "active":
                continue
            obligation.late += 1
            moved = {}
            for one in self.milestones:
                if one.state == "submitted" or one.state not in OPEN:
                    continue
                planned = one.planned_due or one.signed_due
                days = [moved[code] for code in one.planned.after if code in moved] + [planned]
                if one in obligation.milestones:
                    days.append(working_day_after(planned))
                if max(days) > planned:
                    moved[one.code] = one.planned_due = max(days)

    def bill_month(self):
        if not self.is_monthly() or self.today.day != self.plan.terms["billing_day"]:
            return
        first = self.today.replace(day=1)
        claims = [one for one in self.claims
                  if one.state == "accepted" and not one.is_billed and one.accepted_day < first]
        lines = [Line(one.milestone, one.net, "progress") for one in claims]
        lines += [Line(one, one.rest()) for one in self.milestones
                  if one.billing == "billable" and one.accepted_day < first and one.rest() > 0]
        for one in claims:
            one.is_billed = True
        if lines:
            self.expected.append(lines)

    def period_parts(self, milestone):
        """The day and the part of each period."""
        recurrence = milestone.planned.recurrence
        start = datetime.date.fromisoformat(recurrence["start_day"])
        count = ((datetime.date.fromisoformat(recurrence["end_day"]) - start).days + 1) // 7
        return [(start + datetime.timedelta(7 * k), part)
                for k, part in enumerate(steps_of(milestone.price, [1] * count, count))]

    def bill_periods(self, milestone):
        if milestone.pricing != "recurring" or milestone.code not in self.plan.planned:
            return
        for day, part in self.period_parts(milestone):
            if day == self.today:
                self.periods_billed[milestone.code] = self.periods_billed.get(milestone.code, 0) + 1
                self.expected.append([Line(milestone, part, "period")])
                self.complete_if_done()
