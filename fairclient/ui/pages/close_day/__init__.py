"""The Close page: the sums, what is odd, the reports, the approval."""
