"""Names: what the labels that every case has are called, kind by kind."""

from __future__ import annotations

from model.words.catalogue import Words, mark

FIXED: dict[str, dict[str, str]] = {
    "item": {
        "investment": mark("Investment, as annuities"),
        "upkeep": mark("Upkeep"),
        "operation": mark("Operation"),
        "network": mark("Networks"),
        "devices": mark("Devices"),
        "measures": mark("Saving measures"),
        "exchange": mark("Exchange between EPCI"),
        "purchase": mark("Energy bought"),
        "sale": mark("Energy sold"),
        "carbon": mark("Carbon"),
        "certificates": mark("Certificates of origin"),
        "agreements": mark("Agreements between partners"),
        "order": mark("Capital spared by long orders"),
        "staff": mark("Staff"),
        "restoration": mark("Land set aside by partners"),
        "aid": mark("Aid of funders"),
        "rebate": mark("Rebate on group purchases"),
        "excess": mark("Excess of operating expenditure"),
        "penalty": mark("Value of what is missing to the targets"),
    },
    "status": {
        "observed": mark("observed"),
        "published": mark("published"),
        "estimated": mark("estimated"),
        "illustrative": mark("illustrative"),
    },
    "kind": {
        "efficiency": mark("Efficiency"),
        "shift": mark("Shift of modes"),
        "sobriety": mark("Sobriety"),
    },
    "type": {
        "urban": mark("urban"),
        "intermediate": mark("intermediate"),
        "rural": mark("rural"),
    },
    "subject": {
        "consumption": mark("Consumption"),
        "production": mark("Production"),
        "potential": mark("Potential"),
    },
    "quantity": {
        "production": mark("local production"),
        "local-share": mark("local share"),
        "consumption": mark("consumption"),
        "emissions": mark("emissions"),
        "land": mark("land"),
        "built": mark("power built"),
    },
    "rule": {
        "as-it-falls": mark("Costs as they fall"),
        "marginal-price": mark("Marginal prices"),
        "fair-price": mark("Fairest marginal prices"),
        "nucleolus": mark("Nucleolus"),
        "nucleolus-per-inhabitant": mark("Nucleolus per inhabitant"),
        "shapley": mark("Shapley value"),
        "gately": mark("Gately point"),
        "least-core": mark("Least core"),
        "nash": mark("Nash bargaining"),
        "equal-gain": mark("Equal gains"),
        "gain-by-population": mark("Gain by inhabitant"),
        "gain-by-equity": mark("Gain by equity"),
        "cost-by-population": mark("Bill by inhabitant"),
        "cost-by-demand": mark("Bill by consumption"),
        "cost-by-investment": mark("Bill by investment"),
    },
    "rule-words": {
        "as-it-falls": mark("Every cost stays where it falls; nobody pays anybody."),
        "marginal-price": mark(
            "Energy, potential, staff and links are paid at the price that the common plan gives "
            "them."
        ),
        "fair-price": mark(
            "Of all the prices that the common plan allows, those with the largest least gain per "
            "inhabitant."
        ),
        "nucleolus": mark(
            "The most tempted group is made as content as can be, then the next: the most stable."
        ),
        "nucleolus-per-inhabitant": mark(
            "The group that is most tempted per inhabitant is made as content as can be, then the "
            "next."
        ),
        "shapley": mark("What each brings, averaged over all orders of joining."),
        "gately": mark("Nobody has more reason than another to break the agreement."),
        "least-core": mark("The most tempted group is made as content as can be."),
        "nash": mark("Equal gains, as far as no group objects."),
        "equal-gain": mark("Every partner gains the same sum."),
        "gain-by-population": mark("The same gain per inhabitant."),
        "gain-by-equity": mark("As the dividends of a company: by the capital brought."),
        "cost-by-population": mark("The common bill is split by inhabitants."),
        "cost-by-demand": mark("The common bill is split by the consumption of the base year."),
        "cost-by-investment": mark("The common bill is split by what is built on each soil."),
    },
    "quota": {
        "majority": mark("Simple majority"),
        "two-thirds": mark("Two thirds"),
    },
    "resource": {
        "staff": mark("Staff lent"),
        "land": mark("Land for partners"),
        "ceded": mark("Hectares set aside"),
    },
    "schedule": {
        "horizon": mark("Constant sum"),
        "mandate": mark("By mandate"),
        "ppa": mark("By purchase agreement"),
    },
    "flow": {
        "outside": mark("Outside, net"),
        "surplus": mark("Surplus"),
        "certificate": mark("Certificates of origin"),
        "other": mark("Other"),
    },
    "balance": {
        "made": mark("Made on the soil"),
        "bought": mark("Bought outside"),
        "received": mark("Received from partners"),
        "lost": mark("Lost on the way"),
        "lost_in_stores": mark("Lost in stores"),
        "used": mark("Used"),
        "turned": mark("Turned by plants"),
        "sent": mark("Sent to partners"),
        "sold": mark("Sold outside"),
        "let_go": mark("Let go"),
    },
    "bilan": {
        "flows": mark("Flows"),
        "stocks": mark("Stocks"),
        "like": mark("Beside its like"),
    },
    "stock": {
        "capacity": mark("Capacity in service"),
        "land": mark("Land taken"),
        "staff": mark("Engineers at work"),
    },
    "state": {
        "solved": mark("solved"),
        "infeasible": mark("infeasible"),
        "limit": mark("solver limit"),
        "refused": mark("bad input"),
        "machine": mark("machine refused"),
        "failed": mark("failed"),
        "done": mark("done already"),
        "stale": mark("stale"),
        "missing": mark("not run"),
        "orphan": mark("no scenario"),
    },
    "limit": {
        "potential": mark("potentials used up"),
        "land": mark("land set aside is taken"),
        "build-rate": mark("built as fast as trades can"),
        "builder": mark("nobody may build"),
        "device-ceiling": mark("devices wherever they suit"),
        "saving": mark("savings used up"),
        "saving-pace": mark("savings as fast as they can go"),
        "staff": mark("engineers all at work"),
        "hiring": mark("no more engineers can be hired"),
        "lending": mark("no more engineers can be lent"),
        "budget": mark("investment budget spent"),
        "capital": mark("equity and debt of the company spent"),
        "in-house": mark("the company must work for its shareholders first"),
        "purchase": mark("purchases at their limit"),
        "link": mark("links full"),
        "need": mark("needs to be met"),
        "target": mark("targets to be kept"),
        "record": mark("recorded production"),
        "agreement": mark("volumes agreed"),
        "own-production": mark("the sender's own production"),
        "no-return": mark("what is delivered must not come back"),
        "participation": mark("nobody may be worse off than alone"),
        "transfer": mark("payments between partners at their limit"),
    },
    "choice": {
        "must": mark("in every plan"),
        "choice": mark("a choice"),
        "never": mark("in no plan"),
    },
    "front": {
        "local": mark("More local production"),
        "emissions": mark("Fewer emissions"),
        "land": mark("Less land"),
        "imports": mark("Fewer imports"),
        "poorest": mark("More for who gains least, without payments"),
    },
    "figure": {
        "discounted_cost": mark("cost of the whole path"),
        "cost_per_inhabitant": mark("cost by inhabitant"),
        "final_consumption": mark("consumption"),
        "local_production": mark("local production"),
        "local_share.soil": mark("local share, soil"),
        "local_share.contractual": mark("with certificates"),
        "emissions": mark("emissions"),
    },
    "headline": {
        "gain": mark("Gain of cooperation"),
        "bill": mark("Bill of the whole path"),
        "local_production": mark("Local production, last year"),
        "final_consumption": mark("Consumption, last year"),
        "emissions": mark("Emissions, last year"),
        "share:soil": mark("Local share, on the soil"),
        "share:contractual": mark("Local share, with certificates"),
        "missed": mark("Missing to the targets"),
    },
    "fraction": {
        "almost all": mark("almost all"),
        "nine tenths": mark("nine tenths"),
        "three quarters": mark("three quarters"),
        "two thirds": mark("two thirds"),
        "half": mark("half"),
        "a third": mark("a third"),
        "a quarter": mark("a quarter"),
        "a fifth": mark("a fifth"),
        "a tenth": mark("a tenth"),
    },
}
"""Names by kind of thing and by label."""


def named(words: Words, kind: str, label: str) -> str:
    """The name of a label in a language; one that has none is its own name."""
    return words.gettext(FIXED[kind].get(label, label))
