"""Trade: what goes between partners, and to and from the outside."""
