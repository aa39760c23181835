"""Speed, memory and size of salesdocs beside docxtpl, measured in one run on the same data."""
