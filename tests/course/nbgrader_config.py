"""Configuration of the toy course."""

from autograder import bridge

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "toys"
bridge.configure(c)
