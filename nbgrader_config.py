"""Configuration of this nbgrader course: graded by layerwise, everything else is nbgrader's own."""

from autograder import bridge

c = get_config()  # noqa: F821  (given by nbgrader)

c.CourseDirectory.course_id = "layers"
bridge.configure(c)

# A gradebook on PostgreSQL, for more than one grader at a time:
# c.CourseDirectory.db_url = "postgresql+psycopg2://user:password@host/gradebook"
