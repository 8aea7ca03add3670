"""Makes nbgrader grade with layerwise: `configure(c)` in nbgrader_config.py is all it takes."""

from __future__ import annotations

from typing import Any


def configure(c: Any) -> None:
    """Set nbgrader up to read and grade submissions with layerwise.

    Lists are assigned whole: nbgrader loads its configuration file twice.
    """
    # An author's text holds the mark schemes; nbgrader would copy it to the students.
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.md"]
    # The release is committed; without this nbgrader would skip it, and its gradebook stay empty.
    c.GenerateAssignment.force = True
    c.Autograde.exporter_class = "autograder.bridge.exporter.SubmissionExporter"
    # The exporter opens the instructor's notebook with the student's sources in it: outputs,
    # ids, kernel and metadata are in order, and looking again takes longer than all the rest.
    c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.OverwriteCells"]
    c.Autograde.autograde_preprocessors = [
        "autograder.bridge.preprocessors.FillFromReport",
        "nbgrader.preprocessors.SaveAutoGrades",
        "autograder.bridge.preprocessors.FlagForInstructor",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
