"""One factory a model, without surprises. Files mirror the modules."""
