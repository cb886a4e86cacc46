"""Atlas: what each EPCI of an area gains with others, and with whom it should talk first."""

from model.atlas.atlas import FILE, Wanted, atlas, partners

__all__ = ["FILE", "Wanted", "atlas", "partners"]
