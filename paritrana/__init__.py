"""The Paritrana Award portal: wiring, plumbing and accounts."""

__version__ = "0.2.0"
