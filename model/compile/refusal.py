"""Refusal: what the compiler cannot do is said, with the component and the reason."""

from __future__ import annotations


class NotCompilableError(ValueError):
    """A component that is not a linear template; `component` and `reason` say which and why."""

    def __init__(self, component: str, reason: str) -> None:
        self.component, self.reason = component, reason
        super().__init__(f"{component} cannot be compiled: {reason}")

    def __reduce__(self) -> tuple[type[NotCompilableError], tuple[str, str]]:
        return type(self), (self.component, self.reason)
