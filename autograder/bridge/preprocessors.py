"""The steps of `nbgrader autograde` that are ours: grade, and flag for the instructor."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.bridge.page import fill
from autograder.submission import Submission, grade_id
from autograder.submission.markdown import harmless


class FillFromReport(NbGraderPreprocessor):
    """Fills the notebook with outputs and results, from the ledger or computed now."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take the place of nbgrader's Execute."""
        exporter, submission = self.parent, Submission.from_notebook(nb)
        fill(nb, exporter.books.recorded(exporter.grader, submission).report)
        return nb, resources


class FlagForInstructor(NbGraderPreprocessor):
    """Asks the instructor to look at a submission that could not be read."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Set what SaveAutoGrades resets, so this step comes after it."""
        names = resources["nbgrader"]
        flags = Submission.from_notebook(nb).flags
        key = names["notebook"], names["assignment"], names["student"]
        if flags:
            with Gradebook(names["db_url"]) as gradebook:
                grade = gradebook.find_submission_notebook(*key).grades[0]
                grade.needs_manual_grade = True
                comment = gradebook.find_comment(_first_answer(nb), *key)
                # Comments are shown as markdown, and a flag may quote the name of a file.
                comment.auto_comment = harmless(f"Not graded. {' '.join(flags)}", {})
                gradebook.db.commit()
        return nb, resources


def _first_answer(nb: NotebookNode) -> str:
    answers = (c for c in nb.cells if c.metadata.get("nbgrader", {}).get("solution"))
    return grade_id(next(answers))
