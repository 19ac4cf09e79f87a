"""The Operators page: the people of this laptop."""
