"""Views: results as people read them — the report page, its tables and its figures."""
