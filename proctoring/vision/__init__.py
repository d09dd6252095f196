"""The only place that knows mediapipe and cv2."""
