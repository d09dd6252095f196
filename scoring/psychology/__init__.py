"""Psychology: one module an instrument, and the battery that puts them together."""
