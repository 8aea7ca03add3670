"""Configuration of the course under attack."""

from autograder import bridge

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "attacked"
bridge.configure(c)
