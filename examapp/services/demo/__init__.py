"""The demonstration: people, items and sittings to look at, made through the services that real ones go through."""
