"""The shared face: layout, components, forms, charts. Draws what it is given, knows nobody."""
