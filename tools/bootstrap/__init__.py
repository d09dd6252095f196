"""The steps from a bare machine to a running platform. Standard library only: nothing is installed yet."""
