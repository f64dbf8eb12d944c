"""Benches: each prints its figures beside a baseline computed in the same run."""
