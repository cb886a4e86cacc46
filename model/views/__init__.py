"""Views: results as people read them — the report page, its tables and its figures."""

from model.views.report import write_report

__all__ = ["write_report"]
