"""How questions are answered on the screen: one kind of editor a file."""
