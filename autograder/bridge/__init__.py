"""Makes nbgrader grade with layerwise: `configure(c)` in nbgrader_config.py is all it takes."""

from __future__ import annotations

from typing import Any


def configure(c: Any) -> None:
    """Set nbgrader's autograde step to read and grade submissions with layerwise.

    Lists are assigned whole: nbgrader loads its configuration file twice.
    """
    c.Autograde.exporter_class = "autograder.bridge.exporter.SubmissionExporter"
    c.Autograde.autograde_preprocessors = [
        "autograder.bridge.preprocessors.FillFromReport",
        "nbgrader.preprocessors.SaveAutoGrades",
        "autograder.bridge.preprocessors.FlagForInstructor",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
