"""What the public reads about the winners of a selection besides their places, and what they are given."""
