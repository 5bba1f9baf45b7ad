"""Explanations held against the answers that they explain: a number's name is its place in the answer."""
import decimal
import re


# What the answer does not say itself, from what it does.
DERIVED = {"outstanding": ("total", "paid", "credited"), "rest": ("total", "paid")}


def at(answer, name):
    for part in name.split("/"):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def derived(answer, name):
    first, *less = (decimal.Decimal(answer[part]["amount"]) for part in DERIVED[name])
    return {"amount": str(first - sum(less)), "currency": answer["currency"]}


def told(number):
    """Its value, as the answer has it; None where it has none."""
    values = [number[kind] for kind in ("amount", "ratio_ppm", "minutes", "day") if number.get(kind) is not None]
    assert len(values) <= 1, number
    return values[0] if values else None


def shown(answer, name):
    try:
        return at(answer, name)
    except KeyError:
        return derived(answer, name)


def differences(answer, explanation):
    """What does not hold, in words; an explanation of nothing has no numbers."""
    found = []
    for number in explanation["numbers"]:
        if told(number) != shown(answer, number["name"]):
            found.append(f"{number['name']} is {shown(answer, number['name'])}, told as {told(number)}")
        if not number["is_sound"]:
            found.append(f"{number['name']} does not follow from {number['inputs']}")
    names = [number["name"] for number in explanation["numbers"]]
    if len(set(names)) != len(names):
        found.append(f"told twice: {names}")
    return found


def explained_path(path):
    """The address of what an explanation explains."""
    return path.removesuffix("/explanation")
