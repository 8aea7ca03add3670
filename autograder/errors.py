"""What a person can mend: in the course folder, in a suite."""


class CourseError(Exception):
    """Something in the course folder is missing or wrong; the message says what and where."""


class StorageError(CourseError):
    """The ledger can't be read or written, which concerns every student."""


class SuiteError(Exception):
    """A hidden suite of ours is broken; the message is for the instructor, in one line."""
