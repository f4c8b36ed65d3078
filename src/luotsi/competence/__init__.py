"""What can be known or done: frameworks, their criteria, and assessments against them."""
