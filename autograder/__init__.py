"""layerwise: an auto-graded exercise kit for neural network layers."""

import sys

# Importing jsonschema, as nbformat does, loads this parser of internationalised addresses where it
# is installed. No notebook is checked with it, and it takes half of the time of every command.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
