"""Traffic situations: described in TOML, drawn as our own SVG, and decided by the rules of the road."""
