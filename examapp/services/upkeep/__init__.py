"""What nobody asks for but time: the jobs left behind, and the periodic round."""
