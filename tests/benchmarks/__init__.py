"""What a step costs, measured: `make bench`, or `python -m tests.benchmarks --only FIGURE … --quick`."""
