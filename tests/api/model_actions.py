"""What can be tried on the engagement of model.py: each action chooses what to try, says whether the model allows
it, and what follows. Those that cannot be tried yet, since there is nothing to try them on, raise Missing."""

import dataclasses
import datetime

from billing import CONSENT
from model import (AT_WORK, OPEN, WHOLE_PPM, Allocation, Claim, Dispute, Line, Money, Obligation, Order,
                   Reduction, Refund, Submission, Task, cents, euros)

ACTIONS = {}
# What engagements get on by, and without which there is little to try the others on.
OFTEN = ("start", "submit", "accept", "claim_progress", "propose_reduction", "compose_order", "propose_order",
         "sign_order", "pay")
REASON = {"reason": "So it is"}
NOTE = {"note": "So it is"}
OWNER, APPROVER, OTHER_APPROVER = PEOPLE = ("owner", "approver", "other_approver")
APPROVERS = (APPROVER, OTHER_APPROVER)


class Missing(Exception):
    """There is nothing to choose from."""


@dataclasses.dataclass
class Try:
    """follow(data of the answer) changes the model once it is done. Whoever may never do it is not_for."""
    allowed: bool
    who: str
    path: str
    body: dict
    follow: callable
    not_for: str = None


def action(function):
    ACTIONS[function.__name__] = function
    return function


def by_agency(allowed, path, body, follow):
    return Try(bool(allowed), OWNER, path, body, follow, APPROVER)


def by_client(allowed, who, path, body, follow):
    return Try(bool(allowed), who, path, body, follow, OWNER)


def turn_to(thing, state):
    def follow(_):
        thing.state = state
    return follow


# ---- work


@action
def start(model, pick):
    one = pick(model.milestones)
    return by_agency(model.is_at_work() and one.state == "ready", f"/milestones/{one.id}/start", None,
                     turn_to(one, "in_progress"))


@action
def submit(model, pick):
    one = pick(model.milestones)
    claimed = any(claim.milestone is one and claim.state == "claimed" for claim in model.claims)
    # One whose pricing no longer is progress does not mind its claims.
    allowed = model.is_at_work() and one.state in ("in_progress", "rework") and not claimed

    def follow(data):
        one.state = "submitted"
        model.submissions.append(Submission(data["id"], one))
    return by_agency(allowed, f"/milestones/{one.id}/submissions",
                     {"deliverables": [{"title": "page", "link": "https://example.org/"}]}, follow)


@action
def rework(model, pick):
    one = pick(model.milestones)
    return by_agency(model.is_at_work() and one.state == "rejected", f"/milestones/{one.id}/rework", None,
                     turn_to(one, "rework"))


@action
def withdraw_submission(model, pick):
    submission = pick(model.submissions)

    def follow(_):
        submission.state, submission.milestone.state = "withdrawn", "in_progress"
    return by_agency(submission.is_free(), f"/submissions/{submission.id}/withdraw", None, follow)


@action
def create_task(model, pick):
    one = pick([one for one in model.milestones if one.code == "M2"])
    due = model.today + datetime.timedelta(7)

    def follow(data):
        model.tasks.append(Task(data["id"], one, due))
    return by_agency(model.is_at_work() and one.state in OPEN, f"/milestones/{one.id}/tasks",
                     {"title": "Draw", "planned_due_day": due.isoformat()}, follow)


@action
def slip_task(model, pick):
    """Moves a task, and no signed day."""
    task = pick(model.tasks)
    due = task.due + datetime.timedelta(pick([-7, 0, 7, 14]))

    def follow(_):
        task.due = due
    return by_agency(model.is_at_work() and due > task.due, f"/tasks/{task.id}/slip",
                     {"planned_due_day": due.isoformat(), **REASON}, follow)


# ---- acceptance


def decision(criterion, met=True, **more):
    return {"criterion": criterion, "met": met, **more}


def can_carry(model, one, code):
    to = model.named(code)
    return bool(to and model.plan.terms["partial_acceptance"] == "by_criterion" and len(one.criteria) > 1
                and to.number > one.number and to.state in ("planned", "ready", "in_progress"))


def give_approval(model, one, approvals, who, said):
    """Whether somebody may approve beside those who did, and whether that is the last one that is needed."""
    if model.needed(one) < 2:
        return True, True
    allowed = all(other != who and what == said for other, what in approvals)
    return allowed, len(approvals) + 1 >= model.needed(one)


def decide_acceptance(model, pick, submission, decisions, is_good, reservations=None, carry_to=None):
    one, who = submission.milestone, pick(APPROVERS)
    said = {(each["criterion"], each["met"], each.get("severity"), each.get("carry_to")) for each in decisions}
    may_approve, is_last = give_approval(model, one, submission.approvals, who, said)

    def follow(data):
        submission.approvals.append((who, said))
        if not is_last:
            return
        submission.state = "accepted"
        model.accept(one)
        if carry_to and decisions[-1]["criterion"] not in model.named(carry_to).criteria:
            model.named(carry_to).criteria.append(decisions[-1]["criterion"])
        if one.billing == "billable" and not model.is_monthly():
            model.bill(data["invoice_id"], [Line(one, one.rest())])
    return by_client(model.can_decide() and submission.is_free() and is_good and may_approve, who,
                     f"/submissions/{submission.id}/accept", {"decisions": decisions, "reservations": reservations},
                     follow)


def all_met(submission):
    return [decision(criterion) for criterion in submission.milestone.criteria]


@action
def accept(model, pick):
    submission = pick(model.submissions)
    return decide_acceptance(model, pick, submission, all_met(submission), True)


@action
def accept_with_reservations(model, pick):
    submission, severity = pick(model.submissions), pick(["minor", "minor", "major"])
    decisions = all_met(submission)
    decisions[-1] = decision(decisions[-1]["criterion"], False, severity=severity)
    return decide_acceptance(model, pick, submission, decisions, severity == "minor", "To be mended")


@action
def accept_and_carry(model, pick):
    """All but one criterion, which another milestone takes over."""
    submission, code = pick(model.submissions), pick([one.code for one in model.milestones] + ["M99"])
    decisions = all_met(submission)
    decisions[-1] = decision(decisions[-1]["criterion"], False, severity="minor", remedy="carry", carry_to=code)
    return decide_acceptance(model, pick, submission, decisions, can_carry(model, submission.milestone, code),
                             carry_to=code)


@action
def reject(model, pick):
    submission, severity = pick(model.submissions), pick(["minor", "major", "critical"])
    remedy = pick([None, "rework", "drop"])
    decisions = [decision(submission.milestone.criteria[0], False, severity=severity, remedy=remedy)]
    is_good = severity != "minor" and (remedy != "drop" or model.plan.terms["partial_acceptance"] == "by_criterion")

    def follow(_):
        submission.state = submission.milestone.state = "rejected"
    return by_client(model.can_decide() and submission.is_free() and is_good, pick(APPROVERS),
                     f"/submissions/{submission.id}/reject",
                     {"decisions": decisions, "reason_code": "defect", **REASON}, follow)


@action
def open_dispute(model, pick):
    submission, who = pick(model.submissions), pick(PEOPLE)

    def follow(data):
        submission.dispute = Dispute(data["id"], submission, "agency" if who == OWNER else "client")
        model.disputes.append(submission.dispute)
    return Try(model.can_decide() and submission.is_free(), who, f"/submissions/{submission.id}/disputes", REASON,
               follow)


def end_dispute(dispute, state):
    dispute.state, dispute.submission.dispute = state, None


@action
def resolve_dispute(model, pick):
    dispute, who = pick(model.disputes), pick(PEOPLE)
    side = "agency" if who == OWNER else "client"

    def follow(_):
        dispute.said.add(side)
        if len(dispute.said) == 2:
            end_dispute(dispute, "resolved")
    return Try(dispute.state == "open" and side not in dispute.said, who, f"/disputes/{dispute.id}/resolve", NOTE,
               follow)


@action
def withdraw_dispute(model, pick):
    dispute, who = pick(model.disputes), pick(PEOPLE)
    is_own = dispute.side == ("agency" if who == OWNER else "client")
    return Try(dispute.state == "open" and is_own, who, f"/disputes/{dispute.id}/withdraw", NOTE,
               lambda _: end_dispute(dispute, "withdrawn"))


def can_reduce(one, amount):
    return one.state in OPEN and one.pricing != "recurring" and 0 < amount <= one.price - one.claimed


@action
def propose_reduction(model, pick):
    one = pick(pick([model.milestones, [one for one in model.milestones if one.state in ("in_progress", "submitted")]]))
    amount = pick([1, 500, one.price // 3, one.price, one.price + 1])
    others = [each for each in model.reductions if each.milestone is one and each.state == "proposed"]

    def follow(data):
        model.reductions.append(Reduction(data["id"], one, amount))
    return by_agency(can_reduce(one, amount) and not others, f"/milestones/{one.id}/price-reductions",
                     {"amount": euros(amount), "reason": "The header"}, follow)


@action
def agree_reduction(model, pick):
    reduction = pick(model.reductions)
    one = reduction.milestone

    def follow(_):
        reduction.state, one.reduction = "agreed", reduction.amount
        for other in model.reductions:
            if other.milestone is one and other.state == "agreed" and other is not reduction:
                other.state = "superseded"
    return by_client(reduction.state == "proposed" and can_reduce(one, reduction.amount), pick(APPROVERS),
                     f"/price-reductions/{reduction.id}/agree", {}, follow)


@action
def decline_reduction(model, pick):
    reduction = pick(model.reductions)
    return by_client(reduction.state == "proposed", pick(APPROVERS), f"/price-reductions/{reduction.id}/decline", {},
                     turn_to(reduction, "declined"))


@action
def withdraw_reduction(model, pick):
    reduction = pick(model.reductions)
    return by_agency(reduction.state == "proposed", f"/price-reductions/{reduction.id}/withdraw", {},
                     turn_to(reduction, "withdrawn"))


# ---- progress


@action
def claim_progress(model, pick):
    one = pick([one for one in model.milestones if one.code in ("M1", "M4")])
    ppm = pick([one.claimed_ppm, one.claimed_ppm + 123456, one.claimed_ppm + 333333, WHOLE_PPM])
    others = [each for each in model.claims if each.milestone is one and each.state == "claimed"]
    net = model.net_of_claim(one, ppm)

    def follow(data):
        assert cents(data["net"]) == net
        model.claims.append(Claim(data["id"], one, ppm, net))
    return by_agency(model.is_at_work() and one.pricing == "progress" and one.state in AT_WORK
                     and one.claimed_ppm < ppm <= WHOLE_PPM and net > 0 and not others,
                     f"/milestones/{one.id}/progress-claims", {"percent_ppm": ppm}, follow)


@action
def accept_claim(model, pick):
    claim, who = pick(model.claims), pick(APPROVERS)
    one = claim.milestone
    may_approve, is_last = give_approval(model, one, claim.approvals, who, None)

    def follow(data):
        claim.approvals.append((who, None))
        if not is_last:
            return
        claim.state, claim.accepted_day = "accepted", model.today
        one.claimed, one.claimed_ppm = one.claimed + claim.net, claim.ppm
        if not model.is_monthly():
            claim.is_billed = True
            model.bill(data["invoice_id"], [Line(one, claim.net, "progress")])
    return by_client(model.can_decide() and claim.state == "claimed" and one.pricing == "progress"
                     and one.state in AT_WORK and model.net_of_claim(one, claim.ppm) == claim.net and may_approve,
                     who, f"/progress-claims/{claim.id}/accept", {}, follow)


@action
def reject_claim(model, pick):
    claim = pick(model.claims)
    return by_client(model.can_decide() and claim.state == "claimed", pick(APPROVERS),
                     f"/progress-claims/{claim.id}/reject", REASON, turn_to(claim, "rejected"))


@action
def withdraw_claim(model, pick):
    claim = pick(model.claims)
    return by_agency(model.can_decide() and claim.state == "claimed", f"/progress-claims/{claim.id}/withdraw", {},
                     turn_to(claim, "withdrawn"))


# ---- change orders: what they would change of a plan


def move_day(model, pick, plan):
    one = pick(list(plan.planned.values()))
    one.due += datetime.timedelta(pick([-7, 7, 14]))


def raise_price(model, pick, plan):
    pick([one for one in plan.planned.values() if one.pricing in ("fixed", "progress")]).price += pick([1, 1234])


def lower_price(model, pick, plan):
    one = pick([one for one in plan.planned.values() if one.pricing in ("fixed", "progress") and one.price > 1])
    one.price -= pick([1, one.price // 2, one.price])


def add_milestone(model, pick, plan):
    code = f"X{pick(range(1, 9))}"
    if code in plan.planned:
        raise Missing
    one = dataclasses.replace(plan.planned["M2"], code=code, pricing="fixed", price=pick([1, 5005]), ppm=None,
                              settled=None, after=pick([(), tuple(list(plan.planned)[:1])]))
    one.due = max([one.due] + [plan.planned[after].due for after in one.after])
    plan.planned[code] = one


def drop_milestone(model, pick, plan):
    code = pick([one.code for one in plan.planned.values() if one.pricing != "percentage"])
    del plan.planned[code]
    for one in plan.planned.values():
        one.after = tuple(after for after in one.after if after != code)


def need_other_approvals(model, pick, plan):
    plan.terms["approvers_needed"] = 1 if plan.terms["approvers_needed"] == 2 else 2


def change_nothing(model, pick, plan):
    pass


CHANGES = (move_day, move_day, raise_price, lower_price, add_milestone, drop_milestone, need_other_approvals,
           change_nothing)


def changed_plan(model, pick):
    plan = model.plan.copy()
    for _ in range(pick([1, 1, 2])):
        pick(CHANGES)(model, pick, plan)
    plan.set_total()
    model.settle_shares(plan)
    plan.set_shares()
    if pick([False] * 9 + [True]):
        plan.total += 1
    return plan, model.is_at_work() and all(one.price >= 0 for one in plan.planned.values())


@action
def preview_order(model, pick):
    """Nothing is saved, and what is to be credited is told."""
    plan, allowed = changed_plan(model, pick)

    def follow(data):
        assert [{name: each[name] for name in ("milestone", "invoice_id", "net")} for each in data["credits"]] == \
            model.credits_needed(plan)
    return by_agency(allowed, "/change-orders/preview", {"plan": plan.body()}, follow)


@action
def compose_order(model, pick):
    plan, allowed = changed_plan(model, pick)
    credits = [] if pick([False, False, True]) else model.credits_needed(plan)
    last_day = model.today + datetime.timedelta(pick([2, 9, 30]))

    def follow(data):
        model.orders.append(Order(data["id"], data["number"], 1, plan, credits, model.applied, last_day))
    return by_agency(allowed, "/change-orders", {
        "title": "A change", "plan": plan.body(), "credits": credits, "currency": "EUR",
        "valid_until_day": last_day.isoformat()}, follow)


@action
def propose_order(model, pick):
    order = pick(model.orders)

    def follow(_):
        order.state = "proposed"
        for other in model.orders:
            if other.number == order.number and other.revision < order.revision and other.is_open():
                other.state = "superseded"
    return by_agency(order.state == "draft" and model.holds(order) and model.today <= order.last_day,
                     f"/change-orders/{order.id}/propose", {"signers": "signers"}, follow)


@action
def sign_order(model, pick):
    order, who = pick(model.orders), pick(PEOPLE)
    turn = {"proposed": OWNER, "partly_signed": APPROVER}.get(order.state)
    is_read = pick([True, True, True, False])

    def follow(_):
        if who == OWNER:
            order.state = "partly_signed"
        else:
            model.apply(order, model.ids())
    return Try(who == turn and is_read and model.holds(order), who, f"/change-orders/{order.id}/sign",
               {"document_hash": "hash" if is_read else "0" * 64, "consent": CONSENT}, follow)


@action
def decline_order(model, pick):
    order, who = pick(model.orders), pick(PEOPLE)
    allowed = {"proposed": (OWNER, APPROVER), "partly_signed": (APPROVER,)}.get(order.state, ())
    return Try(who in allowed, who, f"/change-orders/{order.id}/decline", REASON, turn_to(order, "declined"))


@action
def withdraw_order(model, pick):
    order = pick(model.orders)
    return by_agency(order.is_open(), f"/change-orders/{order.id}/withdraw", None, turn_to(order, "withdrawn"))


@action
def revise_order(model, pick):
    """The same on the contract as it is now; only while nothing else was agreed since."""
    order = pick([each for each in model.orders if each.based_on == model.applied])
    later = [each for each in model.orders if each.number == order.number and each.revision > order.revision]
    plan = order.plan.copy()
    model.settle_shares(plan)

    def follow(data):
        model.orders.append(Order(data["id"], order.number, order.revision + 1, plan, order.credits, model.applied,
                                  order.last_day))
        if order.state == "draft":
            order.state = "superseded"
    return by_agency(model.is_at_work() and order.state not in ("applied", "superseded") and not later,
                     f"/change-orders/{order.id}/revise", None, follow)


# ---- what the client owes, and rests


@action
def ask_of_client(model, pick):
    """Milestones that come after others wait with these."""
    waiting = [pick([one for one in model.milestones if not one.planned.after and one.code != "M2"])]
    due = model.today + datetime.timedelta(pick([-1, 0, 1, 3]))

    def follow(data):
        model.obligations.append(Obligation(data["id"], waiting, due, due))
    return by_agency(model.is_at_work() and due >= model.today and waiting[0].state in OPEN, "/obligations", {
        "text": "The logo", "due_day": due.isoformat(),
        "milestones": [{"milestone_id": one.id} for one in waiting]}, follow)


@action
def fulfil(model, pick):
    one = pick(model.obligations)
    return Try(model.can_decide() and one.state == "open", pick(PEOPLE), f"/obligations/{one.id}/fulfil", NOTE,
               turn_to(one, "fulfilled"))


@action
def waive(model, pick):
    one = pick(model.obligations)
    return by_agency(model.can_decide() and one.state == "open", f"/obligations/{one.id}/waive", NOTE,
                     turn_to(one, "waived"))


@action
def reopen(model, pick):
    """It was owed all the time."""
    one = pick(model.obligations)

    def follow(_):
        one.state = "open"
        model.count_late(one)
    return by_agency(model.can_decide() and one.state != "open", f"/obligations/{one.id}/reopen", NOTE, follow)


@action
def suspend(model, pick):
    return by_agency(model.state == "active", "/suspend", REASON, turn_to(model, "suspended"))


@action
def resume(model, pick):
    return by_agency(model.state == "suspended", "/resume", None, turn_to(model, "active"))


# ---- money


def some_of(pick, most):
    """Of an amount: all, a part, a cent, nothing and more."""
    return pick([most, most, most // 2, 1, 0, most + 1])


@action
def pay(model, pick):
    invoice = pick(model.invoices)
    amount = some_of(pick, invoice.outstanding())

    def follow(data):
        payment = Money(data["id"], amount, applied=amount)
        model.payments.append(payment)
        model.allocations.append(Allocation(data["allocations"][0]["id"], payment, invoice, amount))
        invoice.paid += amount
        model.settle(invoice)
    return by_agency(0 < amount <= invoice.outstanding(), "/payments", {
        "client_id": "client", "amount": euros(amount), "received_day": model.today.isoformat(),
        "allocations": [{"invoice_id": invoice.id, "amount": euros(amount)}]}, follow)


@action
def take_off(model, pick):
    """A payment off its invoice: what credit notes have left steps in."""
    allocation = pick(model.allocations)
    money, invoice = allocation.money, allocation.invoice

    def follow(_):
        allocation.is_active = False
        money.applied -= allocation.amount
        invoice.paid -= allocation.amount
        for note in invoice.notes:
            model.lower(invoice, note)
        model.settle(invoice)
    return by_agency(allocation.is_active, f"/allocations/{allocation.id}/reverse", REASON, follow)


@action
def apply_left(model, pick):
    """What is left of a payment, to another invoice."""
    payment, invoice = pick(model.payments), pick(model.invoices)
    amount = some_of(pick, min(payment.left(), invoice.outstanding()))

    def follow(data):
        known = {each.id for each in model.allocations}
        (id,) = {each["id"] for each in data["allocations"]} - known
        model.allocations.append(Allocation(id, payment, invoice, amount))
        payment.applied += amount
        invoice.paid += amount
        model.settle(invoice)
    return by_agency(0 < amount <= min(payment.left(), invoice.outstanding()), f"/payments/{payment.id}/allocate",
                     {"allocations": [{"invoice_id": invoice.id, "amount": euros(amount)}]}, follow)


@action
def reverse_payment(model, pick):
    payment = pick(model.payments)
    return by_agency(payment.state == "confirmed" and not payment.applied and not payment.refunded,
                     f"/payments/{payment.id}/reverse", REASON, turn_to(payment, "reversed"))


@action
def credit(model, pick):
    """Takes an invoice back in full."""
    invoice = pick(model.invoices)
    taken = [line.net - line.taken for line in invoice.lines]
    return by_agency(sum(taken) > 0, f"/invoices/{invoice.id}/credit-notes", REASON,
                     lambda data: model.credit(invoice, data["id"], taken))


@action
def credit_in_part(model, pick):
    invoice = pick(model.invoices)
    number = pick(range(len(invoice.lines)))
    most = invoice.lines[number].net - invoice.lines[number].taken
    net = some_of(pick, most)
    taken = [net if i == number else 0 for i in range(len(invoice.lines))]
    return by_agency(0 < net <= most, f"/invoices/{invoice.id}/credit-notes",
                     {**REASON, "lines": [{"number": number + 1, "net": euros(net)}]},
                     lambda data: model.credit(invoice, data["id"], taken))


@action
def bill_again(model, pick):
    one = pick(model.milestones)

    def follow(data):
        model.bill(data["id"], [Line(one, one.rest())])
    return by_agency(one.billing == "credited" and one.rest() > 0, f"/milestones/{one.id}/invoice", None, follow)


@action
def ask_refund(model, pick):
    notes = [note for invoice in model.invoices for note in invoice.notes]
    money = pick(model.payments + notes)
    amount = some_of(pick, money.left())
    name = "credit_note_id" if money in notes else "payment_id"

    def follow(data):
        money.refunded += amount
        if name == "payment_id" and money.refunded == money.amount:
            money.state = "refunded"
        model.refunds.append(Refund(data["id"], money, amount))
    return by_agency(0 < amount <= money.left(), "/refunds", {name: money.id, "amount": euros(amount), **REASON},
                     follow)


@action
def pay_refund(model, pick):
    refund = pick(model.refunds)
    return by_agency(refund.state == "requested", f"/refunds/{refund.id}/pay",
                     {"paid_day": model.today.isoformat()}, turn_to(refund, "paid"))


@action
def return_refund(model, pick):
    refund = pick(model.refunds)
    return by_agency(refund.state == "paid", f"/refunds/{refund.id}/return", REASON, turn_to(refund, "requested"))


@action
def cancel_refund(model, pick):
    refund = pick(model.refunds)

    def follow(_):
        refund.state, refund.money.state = "cancelled", "confirmed"
        refund.money.refunded -= refund.amount
    return by_agency(refund.state == "requested", f"/refunds/{refund.id}/cancel", REASON, follow)
