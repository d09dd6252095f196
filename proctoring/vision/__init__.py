"""The only place that knows LiteRT and OpenCV."""
