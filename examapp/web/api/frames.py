"""Pictures from the camera. Written by the proctoring room."""
