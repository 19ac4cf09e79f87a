"""What a fair hands in at the end of a day: the attendance list and the activity report."""
