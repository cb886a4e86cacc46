"""Means: the staff and the money without which nothing is built, and what each keeps."""
