"""The law that keys rest on: citations as items write them, and the acts that the platform ships with."""
