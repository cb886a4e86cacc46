"""Market: energy bought from and sold to the rest of the country, at given prices.

    rationed          Σ_t b[n,c,y,t] ≤ B[n,c]            where the purchase is limited
    yearly_rationed   b̂[n,c,y] ≤ B[n,c]
    joined            u[n,c,y] ≤ Σ_t b[n,c,y,t]          hourly carriers that are bought together
    yearly_joined     u[n,c,y] ≤ b̂[n,c,y]
    injection         b[n,c,y,t] − x[n,c,y,t]
    supply            b̂[n,c,y] − x̂[n,c,y]
    emissions         Σ_c e[c,y] · (Σ_t b[n,c,y,t] + b̂[n,c,y])
    avoided           Σ_c e[c,y] · (Σ_t x[n,c,y,t] + x̂[n,c,y])
    cost_purchase     Σ_c Σ_t p[c,y] · π[c,t] · b[n,c,y,t] + Σ_c p[c,y] · b̂[n,c,y]
    cost_rebate       − ρ · Σ_c p[c,y] · u[n,c,y]
    cost_sale         − Σ_c Σ_t q[c,y] · π[c,t] · x[n,c,y,t] − Σ_c q[c,y] · x̂[n,c,y]

    b  purchase         GWh/yr    epci, hourly carrier, year, step  decided
    u  together         GWh/yr    epci, carrier, vintage            decided: bought with partners
    ρ  purchase_rebate  1                                           inputs/cooperation_forms
    x  sale             GWh/yr    epci, hourly carrier, year, step  decided
    b̂  yearly_purchase  GWh/yr    epci, yearly carrier, year        decided
    x̂  yearly_sale      GWh/yr    epci, yearly carrier, year        decided
    p  purchase_price   MEUR/GWh  carrier, year                     inputs/prices
    q  sale_price       MEUR/GWh  carrier, year                     inputs/prices
    π  price_shape      1         carrier, step                     inputs/calendar; mean 1
    B  purchase_limit   GWh/yr    epci, carrier                     inputs/carriers
    e  purchase_emission  kt/GWh  carrier, year                     inputs/prices

The national market is large: it takes and gives any amount at its price, which no EPCI moves.
What is sold replaces what others would buy: it spares the carbon that a purchase costs, so that
energy which leaves by the market and comes back to a partner is the same to both as energy which
goes straight. The sale price is below the purchase price, so buying to sell never pays. Partners
who buy together pay less, on the mean price; whoever is alone does not.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need
from model.data.assemble import Data


def add_market(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.market`: injection, supply [GWh/yr], emissions, avoided [kt/yr], costs."""
    need(m, data.arrays, "purchase_price", "sale_price", "price_shape", "purchase_limit")
    need(m, data.arrays, "purchase_emission", "purchase_rebate")
    b = m.market = pyo.Block(doc="National market")
    free = {"within": pyo.NonNegativeReals}
    b.purchase = pyo.Var(m.EPCI, m.BOUGHT_HOURLY, m.YEAR, m.STEP, doc="Bought [GWh/yr]", **free)
    b.sale = pyo.Var(m.EPCI, m.SOLD_HOURLY, m.YEAR, m.STEP, doc="Sold [GWh/yr]", **free)
    b.yearly_purchase = pyo.Var(m.EPCI, m.BOUGHT_YEARLY, m.YEAR, doc="Bought [GWh/yr]", **free)
    b.yearly_sale = pyo.Var(m.EPCI, m.SOLD_YEARLY, m.YEAR, doc="Sold [GWh/yr]", **free)

    b.together = pyo.Var(m.EPCI, m.TOGETHER, m.VINTAGE, doc="Bought with partners [GWh/yr]", **free)

    @b.Constraint(m.EPCI, m.TOGETHER_HOURLY, m.VINTAGE, doc="Of what is bought [GWh/yr]")
    def joined(b, n, c, y):
        return b.together[n, c, y] - sum(b.purchase[n, c, y, t] for t in m.STEP) <= 0

    @b.Constraint(m.EPCI, m.TOGETHER_YEARLY, m.VINTAGE, doc="Of what is bought [GWh/yr]")
    def yearly_joined(b, n, c, y):
        return b.together[n, c, y] - b.yearly_purchase[n, c, y] <= 0

    @b.Expression(m.EPCI, m.CONSUMER, m.VINTAGE, doc="Minus the rebate [MEUR/yr]")
    def cost_rebate(b, n, a, y):
        return -m.purchase_rebate * sum(
            m.purchase_price[c, y] * b.together[n, c, y] for c in m.TOGETHER
        )

    @b.Constraint(m.RATIONED_HOURLY, m.YEAR, doc="No more than the share of the EPCI [GWh/yr]")
    def rationed(b, n, c, y):
        return sum(b.purchase[n, c, y, t] for t in m.STEP) <= m.purchase_limit[n, c]

    @b.Constraint(m.RATIONED_YEARLY, m.YEAR, doc="No more than the share of the EPCI [GWh/yr]")
    def yearly_rationed(b, n, c, y):
        return b.yearly_purchase[n, c, y] <= m.purchase_limit[n, c]

    @b.Expression(m.EPCI, m.HOURLY, m.YEAR, m.STEP, doc="Bought minus sold [GWh/yr]")
    def injection(b, n, c, y, t):
        bought = sum(b.purchase[n, d, y, t] for d in m.BOUGHT_AS[c])
        return bought - sum(b.sale[n, d, y, t] for d in m.SOLD_AS[c])

    @b.Expression(m.EPCI, m.YEARLY, m.YEAR, doc="Bought minus sold [GWh/yr]")
    def supply(b, n, c, y):
        bought = sum(b.yearly_purchase[n, d, y] for d in m.BOUGHT_AS[c])
        return bought - sum(b.yearly_sale[n, d, y] for d in m.SOLD_AS[c])

    @b.Expression(m.EPCI, m.YEAR, doc="Emissions of what is bought [kt/yr]")
    def emissions(b, n, y):
        hourly = sum(
            m.purchase_emission[c, y] * b.purchase[n, c, y, t]
            for c in m.BOUGHT_HOURLY
            for t in m.STEP
        )
        return hourly + sum(
            m.purchase_emission[c, y] * b.yearly_purchase[n, c, y] for c in m.BOUGHT_YEARLY
        )

    @b.Expression(m.EPCI, m.YEAR, doc="Emissions that what is sold spares [kt/yr]")
    def avoided(b, n, y):
        hourly = sum(
            m.purchase_emission[c, y] * b.sale[n, c, y, t] for c in m.SOLD_HOURLY for t in m.STEP
        )
        return hourly + sum(
            m.purchase_emission[c, y] * b.yearly_sale[n, c, y] for c in m.SOLD_YEARLY
        )

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Paid to the market [MEUR/yr]")
    def cost_purchase(b, n, a, y):
        hourly = sum(
            m.purchase_price[c, y] * m.price_shape[c, t] * b.purchase[n, c, y, t]
            for c in m.BOUGHT_HOURLY
            for t in m.STEP
        )
        return hourly + sum(
            m.purchase_price[c, y] * b.yearly_purchase[n, c, y] for c in m.BOUGHT_YEARLY
        )

    @b.Expression(m.EPCI, m.CONSUMER, m.YEAR, doc="Minus what the market pays [MEUR/yr]")
    def cost_sale(b, n, a, y):
        hourly = sum(
            m.sale_price[c, y] * m.price_shape[c, t] * b.sale[n, c, y, t]
            for c in m.SOLD_HOURLY
            for t in m.STEP
        )
        return -hourly - sum(m.sale_price[c, y] * b.yearly_sale[n, c, y] for c in m.SOLD_YEARLY)
