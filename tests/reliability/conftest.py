"""The target of the reliability tests."""

from reliability.targets import target_fixture

__all__ = ["target_fixture"]
