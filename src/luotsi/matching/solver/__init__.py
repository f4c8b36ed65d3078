"""Who should mentor whom: a proven optimum with its reasons. Plain values in, plain values out; knows no Django."""
