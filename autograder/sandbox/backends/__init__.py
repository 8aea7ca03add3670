"""The ways to start a worker, each behind the same call."""
