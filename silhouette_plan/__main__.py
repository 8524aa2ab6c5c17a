"""``silplan``, and ``python -m silhouette_plan``: the way into the command line."""

from __future__ import annotations

import signal


def main() -> None:
    """Loads the command line and runs it. Until it is there to answer Ctrl-C, that ends the process without a word."""
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeds:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from silhouette_plan.cli.main import main as command_line

    if heeds:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command_line()


if __name__ == "__main__":
    main()
