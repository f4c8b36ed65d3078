"""Forms of core.questions as pages ask them: fields, what is wrong in words, and answers in words."""
