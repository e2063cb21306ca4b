"""The Paritrana Award portal: wiring, plumbing and accounts."""

__version__ = "0.1.0"
