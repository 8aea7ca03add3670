"""Lets `python -m autograder` be the command `layerwise`."""

from autograder.cli import main

if __name__ == "__main__":
    main()
