"""The Find page: a person by name, document, telephone or slip."""
