"""``python -m silhouette_plan`` is ``silplan``."""

from silhouette_plan.cli.main import main

if __name__ == "__main__":
    main()
