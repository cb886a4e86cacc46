"""Certificates: renewable origin moved between partners, so that it is counted once.

    backed            Σ_{l out of n} z[l,y] − Σ_{l into n} z[l,y] ≤ Σ_offers production[n,y]
    granted           Σ_{l into n} z[l,y] − Σ_{l out of n} z[l,y]
    cost_certificates Σ_{l into n} θ[l] · z[l,y]

    z  certificate  GWh/yr    link, year  decided; ≤ certificate_limit
    certificate_limit  GWh/yr  link, vintage  0 where partners do not cooperate yet, else unlimited
    θ  link_toll    MEUR/GWh  link        inputs/cooperation_forms

A certificate is a guarantee of origin, for electricity, gas or heat alike. Production minus
what was certified away plus what was received is the `contractual` production of an EPCI: over
all partners it sums to the production on their soil.
"""

from __future__ import annotations

import pyomo.core as pyo

from model.blocks.protocol import need, offers
from model.data.assemble import Data


def add_certificates(m: pyo.ConcreteModel, data: Data) -> None:
    """Add block `m.certificates`, which offers `granted` [GWh/yr] and a cost [MEUR/yr]."""
    need(m, data.arrays, "link_toll", "certificate_limit")
    produced = offers(m, "production")
    b = m.certificates = pyo.Block(doc="Certificates of origin")
    b.certificate = pyo.Var(
        m.CERTIFICATE_LINK,
        m.VINTAGE,
        bounds=lambda b, i, y: (0, m.certificate_limit[i, y]),
        doc="Moved [GWh/yr]",
    )

    @b.Expression(m.EPCI, m.VINTAGE, doc="Certificates received minus given [GWh/yr]")
    def granted(b, n, y):
        received = sum(b.certificate[i, y] for i in m.CERTIFICATES_INTO[n])
        return received - sum(b.certificate[i, y] for i in m.CERTIFICATES_OUT_OF[n])

    @b.Constraint(m.EPCI, m.VINTAGE, doc="What is certified away was produced [GWh/yr]")
    def backed(b, n, y):
        return -b.granted[n, y] - sum(offer[n, y] for offer in produced) <= 0

    @b.Expression(m.EPCI, m.CONSUMER, m.VINTAGE, doc="Transaction cost [MEUR/yr]")
    def cost_certificates(b, n, a, y):
        return sum(m.link_toll[i] * b.certificate[i, y] for i in m.CERTIFICATES_INTO[n])
