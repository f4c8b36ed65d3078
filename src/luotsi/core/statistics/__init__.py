"""What the answers of many say: means, reliability, change, attrition, and what may be shown of them.

Arrays in, plain values out; knows no Django. Missing answers are NaN in the arrays. What is not defined is None in the
values, never NaN and never infinite; what cannot be right (an answer outside its scale) raises ValueError.
"""
