"""Who is already here: how alike two people look, worked out without a database and told in words."""
